"""The course of one party: what it did in the order of days, what was taken, and what binds it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from comity.kernel.dates import Period
from comity.treaty.admitting import Gate, Refused
from comity.treaty.conditions import Standing
from comity.treaty.counting import end_of, reckon
from comity.treaty.dates import Starts, dated
from comity.treaty.entering import Entering
from comity.treaty.model import ALL, Consent, Treaty, Way, Windows
from comity.treaty.record import Act, Record
from comity.treaty.status import Bound, Party


@dataclass(slots=True)
class Given:
    """A consent that was taken, and what became of it."""

    act: Act
    kind: str
    way: Consent | None
    revoked: Act | None = None
    bound: Bound | None = None
    notice: Act | None = None
    ends: date | None = None


@dataclass(slots=True)
class Course:
    """Reads the acts of one party; `party` and `standing` are what comes of them."""

    name: str
    gate: Gate
    starts: Starts
    record: Record
    on: date
    signature: Act | None = None
    given: list[Given] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    reserved: dict[str, Act] = field(default_factory=dict)
    declared: dict[str, Act] = field(default_factory=dict)
    suspended: list[Period] = field(default_factory=list)

    @property
    def treaty(self) -> Treaty:
        """The treaty that the acts are about."""
        return self.gate.holding.treaty

    @property
    def entering(self) -> Entering:
        """When the treaty enters into force."""
        return self.gate.entering

    def read(self) -> Course:
        """Take every act of the party in turn."""
        for act in self.record.by(self.name):
            take = TAKES.get(act.kind)
            reason = take(self, act) if take else None
            if reason is not None:
                self.refused.append(reason)
        return self

    @property
    def last(self) -> Given | None:
        """The consent that stands, or stood last."""
        return self.given[-1] if self.given else None

    def standing(self) -> Iterator[Standing]:
        """Yield the consents that count, with the periods in which they do."""
        for each in self.given:
            end = each.revoked.on if each.revoked else None
            if end is None or end > each.act.on:
                period = (Period(each.act.on, end),)
                yield Standing(self.name, each.kind, each.act.id, period)

    def party(self) -> Party:
        """Return what the party did and what binds it."""
        last = self.last
        stands = last is not None and last.revoked is None
        bound = tuple(self._ended(each) for each in self.given if each.bound is not None)
        return Party(
            party=self.name,
            signed=self.signature.on if self.signature else None,
            consent=last.act.id if last and stands else "",
            consented=last.act.on if last and stands else None,
            kind=last.kind if last and stands else "",
            bound=tuple(each for each in bound if each.until is None or each.since < each.until),
            provisional=self._provisional(),
            reservations=tuple(self.reserved),
            declarations=tuple(self.declared),
            notice=last.notice.id if last and last.notice else "",
            suspended=tuple(self.suspended),
        )

    # What each kind of act does: why it is not taken, or nothing.

    def sign(self, act: Act) -> Refused | None:
        refused = self.gate.signature(act)
        if refused is None and self.signature is not None:
            refused = Refused(act.id, "already_signed", str(act.on), self.signature.id)
        if refused is not None:
            return refused
        self.signature = act
        return self._consents(act, "definitive_signature") if act.mode == "definitive" else None

    def confirm(self, act: Act) -> Refused | None:
        if self.signature is None or self.signature.mode != "ad_referendum":
            return Refused(act.id, "not_ad_referendum", str(act.on))
        self.signature = replace(self.signature, mode="simple")
        return None

    def consent(self, act: Act) -> Refused | None:
        return self._consents(act, act.consent)

    def _consents(self, act: Act, kind: str) -> Refused | None:
        way, refused = self.gate.consent(act, kind, signed=self.signature is not None)
        last = self.last
        if refused is None and last is not None and self._stands(last, act.on):
            refused = Refused(act.id, "already_consented", kind, last.act.id)
        if refused is not None:
            return refused
        given = Given(act, kind, way)
        given.bound = self._bound(given)
        self.given.append(given)
        return None

    def revoke(self, act: Act) -> Refused | None:
        last = self.last
        if last is None or not self._stands(last, act.on):
            return Refused(act.id, "no_consent", str(act.on))
        if last.bound is not None and last.bound.since <= act.on:
            return Refused(act.id, "in_effect", str(act.on), str(last.bound.since))
        last.revoked, last.bound = act, None
        return None

    def denounce(self, act: Act) -> Refused | None:
        rule, last = self.treaty.withdrawal, self.last
        if last is None or last.bound is None or not self._binds(last, act.on):
            return Refused(act.id, "not_party", str(act.on))
        if rule is None:
            return Refused(act.id, "no_withdrawal", str(act.on))
        if last.notice is not None:
            return Refused(act.id, "already_denounced", str(act.on), last.notice.id, rule.article)
        starts = self._own_starts(last).adding("notice", notice=act.on)
        locked = dated(rule.locked, starts) if rule.locked else None
        if locked is not None and act.on < locked.day:
            return Refused(act.id, "locked_in", str(act.on), str(locked.day), rule.article)
        if rule.windows and not _inside(rule.windows, last.bound.since, act.on, self.treaty):
            return Refused(act.id, "outside_window", str(act.on), "", rule.article)
        ends = dated(rule.date, starts)
        last.notice = act
        last.ends = max(ends.day, act.says or ends.day) if ends else act.says
        return None

    def extend(self, act: Act) -> Refused | None:
        last = self._noticed(act)
        if last is None:
            return Refused(act.id, "no_notice", str(act.on))
        assert act.until is not None
        if last.ends is not None and act.until <= last.ends:
            return Refused(act.id, "not_later", str(act.until), str(last.ends))
        last.ends = act.until
        return None

    def rescind(self, act: Act) -> Refused | None:
        rule, last = self.treaty.withdrawal, self._noticed(act)
        if last is None:
            return Refused(act.id, "no_notice", str(act.on))
        if rule is not None and not rule.rescindable:
            return Refused(act.id, "not_rescindable", str(act.on), "", rule.article)
        last.notice = last.ends = None
        return None

    def withdraw(self, act: Act) -> Refused | None:
        last = self.last
        if last is None or last.bound is None or not self._binds(last, act.on):
            return Refused(act.id, "not_party", str(act.on))
        last.notice, last.ends = act, act.on
        return None

    def reserve(self, act: Act) -> Refused | None:
        rule = self.treaty.reservations
        if rule is not None and not rule.allowed:
            return Refused(act.id, "prohibited", act.text, "", rule.article)
        other = sorted(set(act.articles) - set(rule.articles)) if rule and rule.articles else []
        if rule is not None and (other or (rule.articles and not act.articles)):
            found, allowed = ", ".join(other), ", ".join(rule.articles)
            return Refused(act.id, "other_article", found, allowed, rule.article)
        self.reserved[act.id] = act
        return None

    def unreserve(self, act: Act) -> Refused | None:
        if self.reserved.pop(act.to, None) is None:
            return Refused(act.id, "no_such_reservation", act.to, ", ".join(self.reserved))
        return None

    def declare(self, act: Act) -> Refused | None:
        self.declared[act.topic] = act
        return None

    def undeclare(self, act: Act) -> Refused | None:
        if self.declared.pop(act.topic, None) is None:
            return Refused(act.id, "no_such_declaration", act.topic, ", ".join(self.declared))
        return None

    def suspend(self, act: Act) -> Refused | None:
        if self.last is None or not self._binds(self.last, act.on):
            return Refused(act.id, "not_party", str(act.on))
        self.suspended.append(Period(act.on))
        return None

    def resume(self, act: Act) -> Refused | None:
        if not self.suspended or self.suspended[-1].end is not None:
            return Refused(act.id, "not_suspended", str(act.on))
        self.suspended[-1] = Period(self.suspended[-1].start, act.on)
        return None

    def determine(self, act: Act) -> Refused | None:
        last = self.last
        if last is None or last.revoked is not None:
            return Refused(act.id, "no_consent", str(act.on))
        assert act.day is not None
        acts = (last.act.id, act.id)
        last.bound = Bound(act.day, acts=acts, determined=True)
        return None

    # From when a consent binds

    def _bound(self, given: Given) -> Bound | None:
        own = self._own_starts(given)
        founder = self.entering.met_on is not None and given.act.on <= self.entering.met_on
        way = next((each for each in self.treaty.ways if self._fits(each, given, founder)), None)
        enters = self.entering.enters_on
        if founder and (way is None or way.consented is None) and enters is not None:
            return Bound(enters, acts=(given.act.id,), article=_article(self.treaty))
        if self.treaty.entry is not None and enters is None and (way is None or way.waits):
            return None
        if way is None:
            since, steps, article = own.days["consent"], (), ""
        else:
            found = dated(way.date, own)
            if found is None:
                return None
            since, steps, article = found.day, found.steps, way.article
        if enters is not None and (way is None or way.waits):
            since = max(since, enters)
        accepted = self._accepting(given) if way is not None and way.towards_accepting else None
        return Bound(since, None, steps, (given.act.id,), article, towards=accepted)

    def _fits(self, way: Way, given: Given, founder: bool) -> bool:
        if way.kinds and given.kind not in way.kinds:
            return False
        if way.among != ALL and not self._among(way.among, given.act.on):
            return False
        if any(self._among(each, given.act.on) for each in way.without):
            return False
        enters = self.entering.enters_on
        match way.consented:
            case None:
                return True
            case "before_met":
                return founder
            case "after_met":
                return not founder
            case "before_entry":
                return enters is None or given.act.on < enters
            case "after_entry":
                return enters is not None and given.act.on >= enters

    def _among(self, name: str, day: date) -> bool:
        return any(day in each for each in self.gate.holding.of(name, self.name))

    def _own_starts(self, given: Given) -> Starts:
        consent = max(given.act.on, self._accepted(given) or given.act.on)
        effect = given.bound.since if given.bound else None
        return self.starts.adding(
            "consent",
            consent=consent,
            succession=given.act.effective_from or given.act.on,
            signature=self.signature.on if self.signature else None,
            effect=effect,
        )

    def _accepted(self, given: Given) -> date | None:
        """Return the day from which enough have accepted an accession that needs it."""
        way = given.way
        if way is None or not way.accepted_by:
            return None
        wanted = self.gate.holding.among(way.accepted_by) or {}
        there = sorted(
            each.on
            for each in self.record.of_kind("accepted_accession")
            if each.of == self.name and each.party in wanted
        )
        number = way.acceptances or len(wanted)
        return there[number - 1] if 0 < number <= len(there) else date.max

    def _accepting(self, given: Given) -> frozenset[str]:
        return frozenset(
            each.party
            for each in self.record.of_kind("accepted_accession")
            if each.of == self.name and each.on >= given.act.on
        )

    # Until when

    def _ended(self, given: Given) -> Bound:
        bound, rule = given.bound, self.treaty.withdrawal
        assert bound is not None
        end, acts = given.ends, bound.acts
        if given.notice is not None:
            acts = (*acts, given.notice.id)
        if rule is not None and rule.with_class:
            left = self._left(rule.with_class, bound.since)
            if left is not None and (end is None or left < end):
                end = left
        if end is None:
            return bound
        after = rule.survives if rule else ()
        survives = end_of(after, end, self.treaty.counting) if after else None
        return replace(bound, until=end, acts=acts, survives_until=survives)

    def _left(self, name: str, since: date) -> date | None:
        spells = self.gate.holding.of(name, self.name)
        held = next((each for each in spells if since in each), None)
        return held.end if held else None

    def _stands(self, given: Given, day: date) -> bool:
        return given.revoked is None and (given.ends is None or day < given.ends)

    def _binds(self, given: Given, day: date) -> bool:
        if given.bound is None or given.bound.since > day:
            return False
        return given.ends is None or day < given.ends

    def _noticed(self, act: Act) -> Given | None:
        last = self.last
        if last is None or last.notice is None or last.ends is None or act.on >= last.ends:
            return None
        return last

    # Before entry into force

    def _provisional(self) -> tuple[Period, ...]:
        rule = self.treaty.provisional
        if rule is None or not self._applies_before(rule.by, rule.unless_declared):
            return ()
        own = self.starts.adding(
            "signature", signature=self.signature.on if self.signature else None
        )
        declared = self.declared.get("provisional")
        since = declared.on if declared and rule.by == "declared" else None
        if since is None:
            found = dated(rule.date, own)
            since = found.day if found else None
        if since is None:
            return ()
        ends = [rule.end, *(each.bound.since for each in self.given if each.bound)]
        ended = self.declared.get("provisional_ended")
        if ended is not None and rule.ended_by_notice is not None:
            found = dated(rule.ended_by_notice, own.adding("notice", notice=ended.on))
            ends.append(found.day if found else None)
        end = min((each for each in ends if each is not None), default=None)
        return (Period(since, end),) if end is None or since < end else ()

    def _applies_before(self, by: str, unless_declared: bool) -> bool:
        if unless_declared and "not_provisional" in self.declared:
            return False
        if by == "declared":
            return "provisional" in self.declared
        if by == "signatories":
            return self.signature is not None
        return bool(self.gate.holding.of(by, self.name))


def _article(treaty: Treaty) -> str:
    return treaty.entry.article if treaty.entry else ""


def _inside(windows: Windows, effect: date, day: date, treaty: Treaty) -> bool:
    """Whether a day lies in one of the periods in which notice may be given."""
    start = end_of((windows.after,), effect, treaty.counting)
    while start <= day:
        if day < end_of((windows.lasts,), start, treaty.counting):
            return True
        later = end_of((windows.every,), start, treaty.counting)
        if later <= start:
            return False
        start = later
    return False


TAKES: Mapping[str, Callable[[Course, Act], Refused | None]] = {
    "signed": Course.sign,
    "confirmed": Course.confirm,
    "consented": Course.consent,
    "revoked": Course.revoke,
    "denounced": Course.denounce,
    "extended": Course.extend,
    "rescinded": Course.rescind,
    "withdrew": Course.withdraw,
    "reserved": Course.reserve,
    "reservation_withdrawn": Course.unreserve,
    "declared": Course.declare,
    "declaration_withdrawn": Course.undeclare,
    "suspended": Course.suspend,
    "resumed": Course.resume,
    "determined": Course.determine,
}
