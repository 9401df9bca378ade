"""Numbers of articles and days as they are written: in digits, in Roman and in Chinese numerals."""

from __future__ import annotations

import re

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_IS_ROMAN = re.compile("(?=.)m{0,3}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})", re.ASCII)
_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_LONGEST_RANGE = 100
HAN_DIGITS = "".join([*_DIGITS, *_POWERS])


def number(text: str) -> int | None:
    """Read a whole number in any of the three ways, or ``None``.

    >>> [number(each) for each in ("13", "XXVIII", "二十三", "一百零二", "十", "二〇一七", "bis")]
    [13, 28, 23, 102, 10, 2017, None]
    """
    folded = text.casefold()
    if re.fullmatch("[0-9]{1,9}", folded):
        return int(folded)
    if _IS_ROMAN.fullmatch(folded):
        return _roman(folded)
    return _han(folded) if folded and not folded.strip(HAN_DIGITS) else None


def numbers(text: str) -> set[int]:
    """Return every number in the number of an article; a letter is a paragraph, not a numeral.

    >>> numbers("126 and 127 (A)"), numbers("7(C)"), numbers("XXVIII"), numbers("164 to 166")
    ({126, 127}, {7}, {28}, {164, 165, 166})
    """
    if len(text) > 1 and (roman := number(text)) is not None:
        return {roman}
    found = {int(each) for each in re.findall("[0-9]{1,9}", text)}
    for first, last in re.findall("([0-9]{1,9}) to ([0-9]{1,9})", text):
        found |= set(range(int(first), min(int(last), int(first) + _LONGEST_RANGE)))
    return found


def _roman(text: str) -> int:
    values = [_ROMAN[each] for each in text]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-one if one < following else one for one, following in pairs)


def _han(text: str) -> int:
    """Read 二十三 by its powers of ten, 二〇一七 digit by digit."""
    if not any(each in _POWERS for each in text):
        return int("".join(str(_DIGITS[each]) for each in text))
    total = digit = 0
    for each in text:
        if each in _POWERS:
            total += (digit or 1) * _POWERS[each]
            digit = 0
        else:
            digit = _DIGITS[each]
    return total + digit
