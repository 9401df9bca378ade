"""How wide a text is, which letter stands for a name, and where labels have room.

Widths are estimates on the safe side for the faces readers have: no font is measured.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

_WIDE = 0x1100  # from here on: Hangul, kana, Han
_NARROW = frozenset("iljtfrI.,:;'|!()[]-–·’ ")
_BROAD = frozenset("mwMWЖШЩЮМФжшщюмф@%—…")


@lru_cache(maxsize=4096)
def text_width(text: str, size: float) -> float:
    """Return about how wide a text is at a size of type, in the same unit, rather too much.

    >>> text_width("Ill", 10) < text_width("MOM", 10) < text_width("上海合", 10)
    True
    """
    return sum(map(_em, text)) * size


def _em(mark: str) -> float:
    if ord(mark) >= _WIDE:
        return 1.0
    if mark in _NARROW:
        return 0.36
    if mark in _BROAD:
        return 0.95
    return 0.7 if mark.isupper() else 0.6


def shortened(text: str, width: float, size: float) -> str:
    """Return a text, cut with an ellipsis where it is wider than there is room for.

    >>> shortened("Democratic Republic", 60, 10)
    'Democrat…'
    """
    if text_width(text, size) <= width:
        return text
    room = width - text_width("…", size)
    kept = 0
    while kept < len(text) and text_width(text[: kept + 1], size) <= room:
        kept += 1
    return text[:kept].rstrip(" -–,") + "…"


def lines(text: str, width: float, size: float) -> list[str]:
    """Break a text into lines, at blanks or between characters of Chinese.

    >>> lines("The map has coastlines and no borders", 120, 10)
    ['The map has', 'coastlines and no', 'borders']
    """
    found = [""]
    for piece in re.findall(r"\s*[⺀-鿿，。、；：]|\s*[^\s⺀-鿿，。、；：]+", text):
        longer = found[-1] + piece
        if found[-1] and text_width(longer, size) > width and piece not in "，。、；：":
            found.append(piece.lstrip())
        else:
            found[-1] = longer
    return found


def letters(names: Iterable[str]) -> tuple[str, ...]:
    """Return a letter for each name: of its first word whose letter no name before has.

    >>> letters(["member State", "observer", "dialogue partner", "member of the League"])
    ('M', 'O', 'D', 'L')
    >>> letters(["государство-член", "государство-наблюдатель"]), letters(["成员国", "成员"])
    (('Г', 'Н'), ('成', '员'))
    """
    taken: list[str] = []
    for number, name in enumerate(names, start=1):
        words = sorted(_words(name), key=_is_particle)
        free = (word[0] for word in words if word[0] not in taken)
        taken.append(next(free, str(number)))
    return tuple(taken)


def _words(name: str) -> list[str]:
    """The words of a name in capitals; in Chinese each character is one."""
    return [word.upper() for word in re.findall(r"[⺀-鿿]|[^\W\d_⺀-鿿]+", name)] or ["?"]


def _is_particle(word: str) -> bool:
    return len(word) <= 3 and ord(word[0]) < _WIDE


def levels(
    boxes: Sequence[tuple[float, float]], most: int, order: Sequence[int] | None = None
) -> list[int | None]:
    """Put boxes, each from a left to a right edge, on levels so that none meets another.

    Boxes come in ``order`` (left to right if none is given), each on the lowest level that has
    room; one for which none of ``most`` levels has is left out.

    >>> levels([(0, 4), (3, 6), (5, 9), (5, 6)], 2)
    [0, 1, None, 0]
    """
    placed: list[list[tuple[float, float]]] = [[] for _ in range(most)]
    found: list[int | None] = [None] * len(boxes)
    for index in order or sorted(range(len(boxes)), key=lambda each: boxes[each]):
        left, right = boxes[index]
        for level, beside in enumerate(placed):
            if all(right <= other[0] or other[1] <= left for other in beside):
                beside.append((left, right))
                found[index] = level
                break
    return found


def still_apart(
    boxes: Sequence[tuple[float, float]], on: Sequence[int | None], order: Sequence[int]
) -> list[bool]:
    """Return which boxes, left on the levels they are on, do not meet: some stay, some give way.

    This is for a narrower plate, on which the same boxes are wider. They come in ``order``.

    >>> still_apart([(0, 4), (3, 6), (5, 9)], [0, 0, 1], [0, 1, 2])
    [True, False, True]
    """
    stay = [False] * len(boxes)
    for level in {each for each in on if each is not None}:
        among = [index for index in order if on[index] == level]
        found = levels([boxes[index] for index in among], 1, range(len(among)))
        for index, place in zip(among, found, strict=True):
            stay[index] = place is not None
    return stay
