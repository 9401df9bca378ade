"""Fold Chinese at the width of a terminal: there are no spaces at which to break a line.

No line begins with a mark that closes or ends with one that opens, and no Latin word is broken.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

CLOSING = frozenset("、，。；：！？）》〉」』”’…%,.;:!?)")
OPENING = frozenset("（《〈「『“‘(")
_WIDE = 2


def fold(words: str, width: int) -> Iterator[str]:
    """Yield lines of at most ``width`` cells; what cannot be broken is cut where it must be.

    >>> list(fold("反对者：Netherlands、中国、印度", 14))
    ['反对者：', 'Netherlands、', '中国、印度']
    """
    line = ""
    for piece in _pieces(words):
        if line and cell_len((line + piece).rstrip()) > width:
            yield line.rstrip()
            line = ""
        line += piece
        while cell_len(line.rstrip()) > width:
            cut = next(n for n in range(len(line), 0, -1) if cell_len(line[:n]) <= width or n == 1)
            yield line[:cut]
            line = line[cut:]
    if line.rstrip():
        yield line.rstrip()


def _pieces(words: str) -> Iterator[str]:
    """Yield what stays together, with the spaces after it."""
    start = 0
    for at in range(1, len(words)):
        if _may_break(words[at - 1], words[at]):
            yield words[start:at]
            start = at
    yield words[start:]


def _may_break(before: str, after: str) -> bool:
    if after in CLOSING or before in OPENING or after == " ":
        return False
    return before == " " or _WIDE in (cell_len(before), cell_len(after))
