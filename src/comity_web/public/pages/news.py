"""What changed last by the day, and what was then under way and not yet settled."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice

from comity.kernel.act import Act
from comity.wording.acts import act_sentence
from comity_web.public.pages.reader import Page, Reader, capital
from comity_web.public.pages.ways import ways

_SHOWN = 6
# What is said about the record itself is no change in the organisation.
_REMARKS = frozenset({"noted", "corrected", "annulled", "rules_recorded"})


def latest(reader: Reader) -> list[Page]:
    """Return the acts that took effect last by the day, last first."""
    return [_act(reader, each) for each in islice(_effective(reader), _SHOWN)]


def _effective(reader: Reader) -> Iterator[Act]:
    acts = reader.record.standing(reader.situation.known)
    begun = bisect_right(acts, reader.question.on, key=lambda act: act.effective_on.first)
    return (acts[place] for place in range(begun)[::-1] if acts[place].kind not in _REMARKS)


def _act(reader: Reader, act: Act) -> Page:
    label = capital(act_sentence(act, reader.situation, reader.language))
    return {
        "label": label,
        "url": reader.address("acts", act.id),
        "on_in_words": reader.day(act.effective_on),
    }


def pending(reader: Reader) -> dict[str, list[Page]]:
    """Return ways to a status that are not at their end, departures, and bodies in formation."""
    parties = reader.situation.order(reader.record.parties())
    return {
        "ways": [way for code in parties for way in _ways(reader, code)],
        "departures": [each for code in parties for each in _departure(reader, code)],
        "bodies": list(_in_formation(reader)),
    }


def _ways(reader: Reader, code: str) -> Iterator[Page]:
    for way in ways(reader, code):
        # The overview names the status and the stage, where a page of a party has identifiers too.
        yield {
            **way,
            "party": reader.party(code),
            "status": way["name"],
            "stage": way["stage_name"],
        }


def _departure(reader: Reader, code: str) -> Iterator[Page]:
    if not reader.situation.folded(code).notices:
        return
    finding = reader.situation.pending_departure(code)
    if finding.value is not None:
        on = reader.day(finding.value)
        yield {
            "party": reader.party(code),
            "on_in_words": on,
            **reader.reasons(finding, "departure", code),
        }


def _in_formation(reader: Reader) -> Iterator[Page]:
    for body in reader.charter.bodies:
        finding = reader.situation.body(body)
        if finding.value == "in_formation":
            yield {
                "id": body,
                "name": reader.body_name(body),
                **reader.reasons(finding, "body", body),
            }
