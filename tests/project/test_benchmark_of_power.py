"""The benchmark of power: its tasks, what peers are given, and what is made of their answers."""

from __future__ import annotations

import json
import subprocess
import sys
from fractions import Fraction

import pytest

from benchmarks import power_peer
from benchmarks.power import (
    BOTH,
    Measured,
    Peer,
    Task,
    as_data,
    ask_peer,
    column,
    measure,
    of_measured,
    of_peers,
    tasks,
)
from comity.power.game import Game, Threshold

SMALL = Task("three", Game(("A", "B", "C"), Threshold((2, 1, 1), 3)), BOTH, 5)


def test_the_tasks_have_the_sizes_that_are_asked_for() -> None:
    every = list(tasks())
    assert {len(task.game.players) for task in every} == {15, 27, 190}
    assert sum(column("imf-2022.csv", "votes")) == 5_039_930
    assert min(task.most_seconds for task in every) == 0.5


def test_a_peer_is_given_the_same_rule() -> None:
    double = next(task for task in tasks() if len(task.game.players) == 27)
    data = as_data(double)
    assert [sum(test["weights"]) for test in data["tests"]] == [27, 10_001]
    assert [test["quota"] for test in data["tests"]] == [15, 6501]
    assert [test["quota"] for test in data["or_tests"]] == [24]
    json.dumps(data)


def test_what_was_measured_is_told_with_its_method() -> None:
    found = measure(SMALL, rounds=1)
    text = "\n".join(of_measured([found]))
    assert "three: banzhaf and shapley" in text
    assert "enumeration" in text
    assert "MISSED" not in text
    late = Measured(SMALL, found.answer, 6.0)
    assert "MISSED" in "\n".join(of_measured([late]))


def test_a_peer_that_is_not_there_or_cannot_say_it_is_told() -> None:
    found = measure(SMALL, rounds=1)
    missing = ask_peer(sys.executable, "powerindices", found, limit=60)
    assert missing.seconds is None
    assert missing.failed == "not installed"
    asked = json.dumps(as_data(next(task for task in tasks() if len(task.game.players) == 27)))
    with pytest.raises(power_peer.CannotSay):
        power_peer._weighted(json.loads(asked))


def test_the_ratio_is_that_of_peer_to_own() -> None:
    found = Measured(SMALL, measure(SMALL, rounds=1).answer, 0.5)
    rows = list(of_peers(found, [Peer("one", 5.0, "", 1e-16), Peer("two", None, "fails", None)]))
    assert rows[0][2:] == ("5 s", "10 ×", "1.0e-16")
    assert rows[1][2:] == ("fails", "", "")


def test_a_peer_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("peer", 1)

    monkeypatch.setattr(subprocess, "run", slow)
    assert ask_peer("python", "powerindex", measure(SMALL, rounds=1), 1).failed == "more than 1 s"


def test_values_are_compared_as_shares(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = {"version": "1", "seconds": 1.0, "banzhaf": [0.75, 0.25, 0.25], "shapley": [1, 0, 0]}

    def answered(*_: object, **__: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess([], 0, json.dumps(answer), "")

    monkeypatch.setattr(subprocess, "run", answered)
    found = ask_peer("python", "powerindex", measure(SMALL, rounds=1), 1)
    assert found.differs_by == pytest.approx(float(Fraction(1, 3)))
