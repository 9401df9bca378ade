"""Is an act taken? If not, the first reason against it, in one fixed order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from comity.treaty.entering import Entering
from comity.treaty.holding import Holding
from comity.treaty.model import SIGNATORIES, Consent, Signature
from comity.treaty.record import Act
from comity.treaty.status import Refused

# In the order of precedence.
REFUSALS = (
    "not_existing",
    "not_adopted",
    "kind_not_provided",
    "not_entitled",
    "not_open_yet",
    "closed",
    "not_signatory",
    "not_in_force_yet",
    "already_signed",
    "not_ad_referendum",
    "already_consented",
    "no_consent",
    "in_effect",
    "not_party",
    "no_withdrawal",
    "already_denounced",
    "locked_in",
    "outside_window",
    "no_notice",
    "not_rescindable",
    "not_later",
    "prohibited",
    "other_article",
    "no_such_reservation",
    "own_reservation",
    "too_late",
    "no_such_accession",
    "no_such_declaration",
    "not_suspended",
)


@dataclass(frozen=True, slots=True)
class Gate:
    """Decides who may sign and consent, from the treaty and the classes of the day."""

    holding: Holding
    entering: Entering

    def signature(self, act: Act) -> Refused | None:
        """Return why a signature is not taken."""
        return next(self._of_signature(act), None)

    def consent(
        self, act: Act, kind: str, *, signed: bool
    ) -> tuple[Consent | None, Refused | None]:
        """Return the way on which a consent comes, or why it is not taken.

        Where a treaty says nothing of ways, every kind is taken from anyone. A consent of which the
        kind is not known may have come on any of the ways.
        """
        refused = self._of_form(act)
        ways = self.holding.treaty.consents
        if refused or not ways:
            return None, refused
        fitting = [each for each in ways if not kind or kind in each.kinds]
        if not fitting:
            kinds = ", ".join(dict.fromkeys(name for each in ways for name in each.kinds))
            return None, Refused(act.id, "kind_not_provided", kind, kinds)
        reasons = [next(self._of_way(act, each, signed), None) for each in fitting]
        for way, reason in zip(fitting, reasons, strict=True):
            if reason is None:
                return way, None
        found = [each for each in reasons if each is not None]
        return None, max(found, key=lambda each: REFUSALS.index(each.code))

    def _of_form(self, act: Act) -> Refused | None:
        exists = self.holding.around.exists.get(act.party)
        if exists is not None and not any(act.on in each for each in exists):
            spells = "; ".join(map(str, exists))
            return Refused(act.id, "not_existing", f"{act.party} on {act.on}", spells)
        adopted = self.holding.record.first_day("adopted")
        if adopted is not None and act.on < adopted:
            return Refused(act.id, "not_adopted", str(act.on), str(adopted))
        return None

    def _of_signature(self, act: Act) -> Iterator[Refused]:
        if (refused := self._of_form(act)) is not None:
            yield refused
        opened = self.holding.treaty.signature or Signature()
        if opened.by and not self._among(opened.by, act):
            yield Refused(act.id, "not_entitled", act.party, ", ".join(opened.by), opened.article)
        closed = [opened.end, self.holding.record.first_day("closed")]
        end = min((each for each in closed if each is not None), default=None)
        yield from _in_time(act, opened.start, end, opened.article)

    def _of_way(self, act: Act, way: Consent, signed: bool) -> Iterator[Refused]:
        classes = tuple(each for each in way.by if each != SIGNATORIES)
        if classes and not self._among(classes, act) and not (SIGNATORIES in way.by and signed):
            yield Refused(act.id, "not_entitled", act.party, ", ".join(way.by), way.article)
        yield from _in_time(act, way.start, way.end, way.article)
        if way.by == (SIGNATORIES,) and not signed:
            yield Refused(act.id, "not_signatory", act.party, SIGNATORIES, way.article)
        if way.from_entry:
            enters = self.entering.enters_on
            if enters is None or act.on < enters:
                yield Refused(
                    act.id, "not_in_force_yet", str(act.on), str(enters or ""), way.article
                )

    def _among(self, classes: tuple[str, ...], act: Act) -> bool:
        return any(act.on in each for name in classes for each in self.holding.of(name, act.party))


def _in_time(act: Act, start: date | None, end: date | None, article: str) -> Iterator[Refused]:
    if start is not None and act.on < start:
        yield Refused(act.id, "not_open_yet", str(act.on), str(start), article)
    if end is not None and act.on > end:
        yield Refused(act.id, "closed", str(act.on), str(end), article)
