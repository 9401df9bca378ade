"""Exact numbers: whole ones and fractions, read as they are written, never rounded unasked."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeAlias

from comity.kernel.errors import DataError, Fault

Number: TypeAlias = int | Fraction
Rounding = Literal["up", "down", "half_up"]

_DECIMAL = r"-?\d{1,30}(?:\.\d{1,30})?"
_WRITTEN = re.compile(rf"({_DECIMAL})(?:\s*/\s*(\d{{1,30}}))?\s*(%?)", re.ASCII)
_EXPECTED = 'a number such as 9, 2/3, 58.10 or "55 %"'


def exact(value: object) -> Number:
    """Read a number exactly; raises `DataError`.

    A float, which only a caller in Python can hand over, is taken as its shortest decimal writing:
    73.94 is 7394/100.

    >>> exact("2/3"), exact("55 %"), exact("58.10"), exact(73.94), exact("4/2")
    (Fraction(2, 3), Fraction(11, 20), Fraction(581, 10), Fraction(3697, 50), 2)
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal | Fraction):
        raise DataError(_malformed(value))
    if isinstance(value, int):
        return value
    if isinstance(value, Fraction):
        return plain(value)
    if isinstance(value, float):
        value = Decimal(str(value))  # 1e+16 and 1e-07 are written out
    return _written(format(value, "f") if isinstance(value, Decimal) else value.strip())


def not_negative(value: object, what: str) -> Number:
    """Read what somebody weighs, or how many there are; raises `DataError` below nothing."""
    number = exact(value)
    if number < 0:
        raise DataError(Fault("out_of_range", f"{what}: {number}", "at least 0"))
    return number


def _written(text: str) -> Number:
    match = _WRITTEN.fullmatch(text)
    if not match or (match[2] and int(match[2]) == 0):
        raise DataError(_malformed(text))
    number = Fraction(match[1]) / int(match[2] or 1)
    return plain(number / 100 if match[3] else number)


def _malformed(value: object) -> Fault:
    return Fault("malformed_number", f'"{str(value)[:80]}" is not a number', _EXPECTED)


def plain(number: Number) -> Number:
    """Return a whole number as an ``int``."""
    return number.numerator if number.denominator == 1 else number


def rounded(number: Number, way: Rounding | None) -> Number:
    """Round as a rule says, or not at all.

    >>> rounded(Fraction(5, 2), "half_up"), rounded(Fraction(5, 2), "down"), rounded(7, "up")
    (3, 2, 7)
    """
    if way is None:
        return number
    if way == "half_up":
        return math.floor(number + Fraction(1, 2))
    return math.ceil(number) if way == "up" else math.floor(number)


def text_of(number: Number) -> str:
    """Write a number as a decimal where it ends within six places, else as a fraction.

    >>> text_of(Fraction(297, 20)), text_of(Fraction(2, 3)), text_of(15)
    ('14.85', '2/3', '15')
    """
    if number.denominator == 1:
        return str(number)
    if 10**6 % number.denominator:
        return f"{number.numerator}/{number.denominator}"
    digits = f"{abs(number.numerator) * 10**6 // number.denominator:07d}"
    sign = "-" if number < 0 else ""
    return f"{sign}{digits[:-6]}.{digits[-6:]}".rstrip("0")
