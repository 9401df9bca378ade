"""Errors that say where, what was found, what was expected and what can be done.

Error messages are part of the public interface: a `Fault` has a stable ``code``, and its sentence
is written for the officer who has to mend the matter, not for the programmer.
"""

from __future__ import annotations

import difflib
from bisect import bisect
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a file; ``line`` and ``column`` count from 1, 0 means unknown."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.file, *(str(each) for each in (self.line, self.column) if each)]
        return ":".join(parts)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where, what was found, what was expected, what can be done.

    ``rule`` is the article that the fault offends, ``act`` the act it was found in.
    """

    code: str
    found: str
    expected: str = ""
    advice: str = ""
    place: Place | None = None
    rule: str = ""
    act: str = ""

    def __str__(self) -> str:
        where = str(self.place) if self.place else self.act
        sentence = f"{where}: {self.found}" if where else self.found
        sentence = sentence.rstrip(".") + "."
        if self.rule:
            sentence = f"{sentence[:-1]} ({self.rule})."
        if self.expected:
            sentence += f" Expected: {self.expected.rstrip('.')}."
        if self.advice:
            sentence += f" {self.advice}"
        return sentence


class ComityError(Exception):
    """The root of all errors raised on purpose; carries one or more faults, all found at once."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(*faults)
        self.faults: tuple[Fault, ...] = faults

    @property
    def code(self) -> str:
        """The code of the first fault."""
        return self.faults[0].code if self.faults else "error"

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


class DataError(ComityError):
    """A file or a value cannot be read as what it should be."""


class UnknownName(ComityError):
    """A question names a party, body, status, right, article or organisation that is not there."""


class Refusal(ComityError):
    """An act that the rules forbid; nothing was changed."""


class IntegrityError(ComityError):
    """The record is not what its log or its signature says it is."""


_COMPARED = 1000


def did_you_mean(found: str, known: Iterable[str]) -> str:
    """Return the sentence ``Did you mean "...?"`` for the nearest known word, or ``""``.

    >>> did_you_mean("dialog_partner", ["member", "dialogue_partner"])
    'Did you mean "dialogue_partner"?'
    """
    near = nearest(found, known, count=1)
    return f'Did you mean "{near[0]}"?' if near else ""


def nearest(found: str, known: Iterable[str], *, count: int = 3) -> list[str]:
    """Return the known words most like the one found, the nearest first; case does not matter.

    >>> nearest("belarrus", ["Belarus", "Algeria", "BY"])
    ['Belarus']
    """
    by_folded = {each.casefold(): each for each in known}
    if len(by_folded) > _COMPARED:  # comparing takes long: only those that begin alike
        ordered = sorted(by_folded)
        at = bisect(ordered, found.casefold())
        around = ordered[max(0, at - _COMPARED // 2) : at + _COMPARED // 2]
        by_folded = {each: by_folded[each] for each in around}
    close = difflib.get_close_matches(found.casefold(), by_folded, n=count, cutoff=0.5)
    return [by_folded[each] for each in close]


def unknown(
    kind: str, found: str, known: Iterable[str], *, place: Place | None = None, act: str = ""
) -> Fault:
    """Return the fault for a name that is not defined, listing what is and the nearest to it.

    >>> print(unknown("status", "membr", ["observer", "member"]))
    no status "membr". Expected: one of member, observer. Did you mean "member"?
    """
    names = sorted(known)
    shown = ", ".join(names[:12]) + (f" and {len(names) - 12} more" if len(names) > 12 else "")
    return Fault(
        code=f"unknown_{kind.replace(' ', '_')}",
        found=f'no {kind} "{found}"',
        expected=f"one of {shown}" if names else f"none is defined here: define the {kind} first",
        advice=did_you_mean(found, names),
        place=place,
        act=act,
    )


def check_known(kind: str, name: str, known: Iterable[str]) -> None:
    """Raise `UnknownName` with what is defined, unless ``name`` is among it."""
    if name not in known:
        raise UnknownName(unknown(kind, name, known))
