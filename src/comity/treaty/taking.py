"""Take the acts of a party one after another: what each does, or why it is not taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from comity.kernel.dates import Period
from comity.treaty.admitting import Gate
from comity.treaty.binding import bond_of
from comity.treaty.course import Course, Given
from comity.treaty.dates import Starts
from comity.treaty.entering import UNKNOWN
from comity.treaty.leaving import denounce, extend, rescind, withdraw
from comity.treaty.record import Act
from comity.treaty.reserving import reserve, withdraw_reservation
from comity.treaty.status import Bound, Refused

# Kinds of act that are taken in the same way whether or not the treaty is in force.
_TIMELESS = frozenset(
    ("signed", "confirmed", "consented", "reserved", "reservation_withdrawn", "declared",
     "declaration_withdrawn")
)  # fmt: skip


def take_again(course: Course, gate: Gate, starts: Starts) -> Course:
    """Return a course as it is once the day of entry into force is known.

    Where nothing was refused and no act depends on that day, only the bonds are added.
    """
    acts = course.record.by(course.name)
    if course.refused or any(each.kind not in _TIMELESS for each in acts):
        return take_all(Course(course.name, course.treaty, gate, starts, course.record))
    course.gate, course.starts = gate, starts
    for each in course.given:
        each.bound = bond_of(course, each)
    return course


def take_all(course: Course) -> Course:
    """Take every act of the party of a course; those not taken are its ``refused``."""
    for act in course.record.by(course.name):
        take = TAKES.get(act.kind)
        reason = take(course, act) if take else None
        if reason is not None:
            course.refused.append(reason)
    return course


def _sign(course: Course, act: Act) -> Refused | None:
    refused = course.gate.signature(act)
    if refused is None and course.signature is not None:
        refused = Refused(act.id, "already_signed", str(act.on), course.signature.id)
    if refused is not None:
        return refused
    course.signature = act
    refused = _give(course, act, "definitive_signature") if act.mode == "definitive" else None
    if refused is not None:
        course.signature = None
    return refused


def _confirm(course: Course, act: Act) -> Refused | None:
    if course.signature is None or course.signature.mode != "ad_referendum":
        return Refused(act.id, "not_ad_referendum", str(act.on))
    course.signature = replace(course.signature, mode="simple")
    return None


def _consent(course: Course, act: Act) -> Refused | None:
    return _give(course, act, act.consent)


def _give(course: Course, act: Act, kind: str) -> Refused | None:
    way, refused = course.gate.consent(act, kind, signed=course.signature is not None)
    last = course.last
    if refused is None and last is not None and last.stands(act.on) and last.notice is None:
        refused = Refused(act.id, "already_consented", kind or act.kind, last.act.id)
    if refused is not None:
        return refused
    given = Given(act, kind, way)
    if course.entering is not UNKNOWN:
        given.bound = bond_of(course, given)
    course.given.append(given)
    return None


def _revoke(course: Course, act: Act) -> Refused | None:
    last = course.last
    if last is None or not last.stands(act.on):
        return Refused(act.id, "no_consent", str(act.on))
    if last.bound is not None and last.bound.since <= act.on:
        return Refused(act.id, "in_effect", str(act.on), str(last.bound.since))
    last.revoked, last.bound = act, None
    return None


def _determine(course: Course, act: Act) -> Refused | None:
    last = course.last
    if last is None or last.revoked is not None or act.day is None:
        return Refused(act.id, "no_consent", str(act.on))
    last.bound = Bound(act.day, acts=(last.act.id, act.id), determined=True)
    return None


def _declare(course: Course, act: Act) -> Refused | None:
    course.declared[act.topic] = act
    return None


def _withdraw_declaration(course: Course, act: Act) -> Refused | None:
    if course.declared.pop(act.topic, None) is None:
        return Refused(act.id, "no_such_declaration", act.topic, ", ".join(course.declared))
    return None


def _suspend(course: Course, act: Act) -> Refused | None:
    if course.binding(act.on) is None:
        return Refused(act.id, "not_party", str(act.on))
    course.suspended.append(Period(act.on))
    return None


def _resume(course: Course, act: Act) -> Refused | None:
    if not course.suspended or course.suspended[-1].end is not None:
        return Refused(act.id, "not_suspended", str(act.on))
    course.suspended[-1] = Period(course.suspended[-1].start, act.on)
    return None


TAKES: Mapping[str, Callable[[Course, Act], Refused | None]] = {
    "signed": _sign,
    "confirmed": _confirm,
    "consented": _consent,
    "revoked": _revoke,
    "determined": _determine,
    "denounced": denounce,
    "extended": extend,
    "rescinded": rescind,
    "withdrew": withdraw,
    "reserved": reserve,
    "reservation_withdrawn": withdraw_reservation,
    "declared": _declare,
    "declaration_withdrawn": _withdraw_declaration,
    "suspended": _suspend,
    "resumed": _resume,
}
