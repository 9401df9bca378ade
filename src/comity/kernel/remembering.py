"""Remembering: what an object that never changes has answered, it need not work out again."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

S = TypeVar("S")
P = ParamSpec("P")
T = TypeVar("T")


def remembered(answer: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
    """Let a method work out the answer to the same question only once for each object.

    For objects that live as long as one question and never change: what they remember goes with
    them. Arguments must be hashable, and answers values that nobody changes.

    >>> class Sum:
    ...     @remembered
    ...     def of(self, one: int, other: int) -> int:
    ...         print("adding")
    ...         return one + other
    >>> found = Sum()
    >>> found.of(1, 2), found.of(1, 2)
    adding
    (3, 3)
    """
    place = f"_answers_of_{answer.__name__}"

    @wraps(answer)
    def ask(self: S, /, *arguments: P.args, **named: P.kwargs) -> T:
        question: Hashable = (arguments, *named.items()) if named else arguments
        answers: dict[Hashable, T] | None = vars(self).get(place)
        if answers is None:
            answers = vars(self).setdefault(place, {})
        elif question in answers:
            return answers[question]
        found = answers[question] = answer(self, *arguments, **named)
        return found

    return ask
