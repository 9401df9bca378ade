"""A register remembers what it folded, the newest of it, and answers the same without."""

from __future__ import annotations

from comity.register.memory import Folded


def test_what_is_remembered_is_not_folded_again() -> None:
    memory: Folded[list[str]] = Folded(limit=2)
    first = memory.get("AA", lambda: ["history"])
    assert memory.get("AA", lambda: ["another"]) is first
    assert memory.get("BB", lambda: ["another"]) == ["another"]


def test_the_oldest_is_forgotten_first() -> None:
    memory: Folded[str] = Folded(limit=2)
    for party in ("AA", "BB", "CC"):
        memory.get(party, lambda: "before")
    again = {party: memory.get(party, lambda: "after") for party in ("BB", "CC", "AA")}
    assert again == {"BB": "before", "CC": "before", "AA": "after"}


def test_what_is_forgotten_is_folded_again() -> None:
    folded: Folded[str] = Folded(2)
    assert folded.get("a", lambda: "first") == "first"
    folded.forget()
    assert folded.get("a", lambda: "second") == "second"
