"""A register remembers what it folded, the newest of it, and answers the same without."""

from __future__ import annotations

from comity.membership.history import History
from comity.register.memory import Histories


def test_the_oldest_are_forgotten_first() -> None:
    memory = Histories(limit=2)
    for party in ("AA", "BB", "CC"):
        memory.keep(party, History(party, {}))
    assert memory.get("AA") is None
    assert [each.party for each in (memory.get("BB"), memory.get("CC")) if each] == ["BB", "CC"]


def test_what_is_kept_is_given_back() -> None:
    memory = Histories()
    history = History("AA", {})
    assert memory.keep("key", history) is history
    assert memory.get("key") is history
    assert memory.get("other") is None
