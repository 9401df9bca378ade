from __future__ import annotations

import pytest

from comity.kernel.remembering import remembered


class Clerk:
    def __init__(self) -> None:
        self.asked: list[tuple[int, int]] = []

    @remembered
    def quotient(self, dividend: int, by: int = 1) -> float:
        """Divide."""
        self.asked.append((dividend, by))
        return dividend / by


def test_the_same_question_is_worked_out_once() -> None:
    clerk = Clerk()
    assert [clerk.quotient(6, 3), clerk.quotient(6, 3), clerk.quotient(6, 2)] == [2, 2, 3]
    assert clerk.asked == [(6, 3), (6, 2)]


def test_arguments_may_be_named() -> None:
    clerk = Clerk()
    assert [clerk.quotient(6, by=3), clerk.quotient(6, by=2), clerk.quotient(6, by=2)] == [2, 3, 3]
    assert clerk.asked == [(6, 3), (6, 2)]


def test_each_object_remembers_for_itself() -> None:
    one, other = Clerk(), Clerk()
    assert (one.quotient(4), other.quotient(5), one.quotient(4)) == (4, 5, 4)
    assert (one.asked, other.asked) == ([(4, 1)], [(5, 1)])


def test_a_question_that_failed_is_worked_out_again() -> None:
    clerk = Clerk()
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            clerk.quotient(1, 0)
    assert clerk.asked == [(1, 0), (1, 0)]


def test_a_method_keeps_its_name_and_its_words() -> None:
    assert (Clerk.quotient.__name__, Clerk.quotient.__doc__) == ("quotient", "Divide.")
