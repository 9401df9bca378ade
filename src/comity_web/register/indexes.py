"""Indexes of acts, kept in this process: of each state of a record that was asked about lately."""

from __future__ import annotations

from comity.register.browsing import Index
from comity.register.register import OrganisationRecord
from comity.wording.act_words import texts_of

_MOST = 16
_Kept = tuple[OrganisationRecord, int, Index]
_KEPT: list[_Kept] = []


def index_of(record: OrganisationRecord, known: int) -> Index:
    """Return the index of the first ``known`` acts, grown from a smaller one where there is one."""
    global _KEPT  # replaced as a whole: other threads read the one or the other
    ours = [each for each in _KEPT if each[0] is record]
    index = next((each[2] for each in ours if each[1] == known), None)
    if index is None:
        smaller = [each for each in ours if each[1] < known]
        before = max(smaller, key=lambda each: each[1])[2] if smaller else Index(texts_of(record))
        index = before.grown(record, known)
    others = [each for each in _KEPT if each[0] is not record or each[1] != known]
    _KEPT = [(record, known, index), *others[: _MOST - 1]]
    return index
