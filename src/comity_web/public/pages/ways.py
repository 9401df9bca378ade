"""The ways that a party is on: how far it has come, what is still to be reached, and what ended."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext

from comity.membership.ways import stages_left
from comity_web.public.pages.reader import Page, Reader


def ways(reader: Reader, party: str) -> list[Page]:
    """Return every way to a status that is not at its end, with the last stage reached.

    ``ended`` says what is pending and what ended, where the status can no longer be held.
    """
    return [
        {
            "status": status,
            "name": reader.status_name(status),
            "stage": found.value,
            "stage_name": reader.stage_name(status, found.value or "", reader.question.on),
            "ended": reader.spaced(_ended(reader, party, status)),
            **reader.reasons(found, "stage", party, status),
        }
        for status, found in reader.situation.under_way(party)
    ]


def _ended(reader: Reader, party: str, status: str) -> Iterator[str]:
    last = reader.charter.statuses[status].items[-1]
    end = last.period.end
    if end is None or end > reader.question.on:
        return
    left = _stages_left(reader, party, status)
    if left:
        yield gettext("Not yet reached: %(stages)s.") % {"stages": reader.listed(left)}
    said = {"status": reader.status_name(status), "day": reader.day(end)}
    if last.merged_into:
        into = reader.status_name(last.merged_into)
        text = gettext("The status “%(status)s” itself is no more (%(day)s): now “%(into)s”.")
        yield text % {**said, "into": into}
    else:
        yield gettext("The status “%(status)s” itself is no more (%(day)s).") % said


def _stages_left(reader: Reader, party: str, status: str) -> list[str]:
    history = reader.situation.folded(party)
    day = reader.question.on
    stages = stages_left(history, charter=reader.charter, day=day, status=status)
    return [reader.stage_name(status, each.id, day) for each in stages]
