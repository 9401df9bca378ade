"""Carrying a record on: what organisations' files hold beyond a record that was kept before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from comity.charter.model import Charter
from comity.kernel.act import Act
from comity.register.reading import not_recorded_yet
from comity.register.register import Register

Organisation = tuple[Charter, list[Act]]


def acts_beyond(earlier: Register, organisations: Iterable[Organisation]) -> list[Act]:
    """Return the acts to append to ``earlier``, in order, so that it holds the organisations.

    A new edition of rules counts as one. Acts are recorded no earlier than what is recorded
    already. Raises `DataError` where an act was rewritten, `Refusal` where one has no footing.
    """
    known = list(organisations)
    last = max((act.recorded_at for act in earlier.acts), default=None)
    fresh = [
        _no_earlier(act, last)
        for charter, acts in known
        for act in not_recorded_yet(earlier, charter, acts)
    ]
    fresh.sort(key=lambda act: act.recorded_at)
    charters = {record.charter.id: record.charter for record in earlier.organisations}
    charters |= {charter.id: charter for charter, _ in known}
    Register(charters.values(), earlier.acts).append(fresh)
    return fresh


def _no_earlier(act: Act, last: datetime | None) -> Act:
    return replace(act, recorded_at=last) if last and act.recorded_at < last else act
