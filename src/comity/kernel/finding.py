"""The form of every answer: a value, the grounds it rests on, and what is in doubt about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)
U = TypeVar("U")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A reason to read an answer with care.

    Codes: ``imprecise_date`` (the day falls inside a date known only to the month or year),
    ``disputed_date`` (sources disagree, and the other date would change the answer),
    ``low_confidence`` / ``medium_confidence`` (of an act or article the answer rests on),
    ``other_basis`` (on another basis of counting the answer differs; ``detail`` says how),
    ``holidays_unknown`` (a period ends on a day of which a calendar does not say if the office
    works), ``undecided`` (a decision that was due could not be asked; ``detail`` says why).
    """

    code: str
    ground: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Finding(Generic[T_co]):
    """An answer and why: ``grounds`` are identifiers of articles and acts, articles first.

    A "no" and a "not yet" carry grounds too: the rule that would have to be met.
    """

    value: T_co
    grounds: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    def map(self, change: Callable[[T_co], U]) -> Finding[U]:
        """Return the same finding with its value changed; grounds and doubts stay."""
        return Finding(change(self.value), self.grounds, self.doubts)

    def because(self, *grounds: str) -> Finding[T_co]:
        """Return the same finding resting on further grounds, each named once."""
        return replace(self, grounds=unique(self.grounds + grounds))


def unique(grounds: tuple[str, ...]) -> tuple[str, ...]:
    """Return ``grounds`` in order, without empty ones and repetitions."""
    return tuple(dict.fromkeys(each for each in grounds if each))


def merged(*groups: Iterable[Doubt]) -> tuple[Doubt, ...]:
    """Return the doubts of all groups in order, each once."""
    return tuple(dict.fromkeys(doubt for group in groups for doubt in group))
