"""Taking organisations in from their folders: rules and acts, once each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from comity.charter.model import Charter
from comity.kernel.act import Act
from comity.kernel.dates import PartialDate
from comity.kernel.errors import DataError, Fault, UnknownName
from comity.register.reading import find_organisations, read_organisation
from comity.register.records import to_record
from comity.register.register import OrganisationRecord, Register
from comity_web.register.editions import RULES_RECORDED, current_charters, digest_in_use, keep
from comity_web.register.head import Head
from comity_web.register.selectors import present
from comity_web.register.services import append


@dataclass(frozen=True, slots=True)
class Imported:
    """What one organisation brought: how many acts, and whether its rules were new."""

    organisation: str
    acts: int
    new_rules: bool


def import_organisations(path: Path, *, acting_user: str, acting_for: str) -> list[Imported]:
    """Record the organisations in the folders at or below ``path``.

    What the register has already is left alone, so a second import changes nothing. An act that
    stands in the register with other words is an error: it has to be corrected by an act.
    Raises `DataError` or `Refusal`; then nothing of that organisation was recorded.
    """
    folders = find_organisations(path)
    if not folders:
        found = f"no organisation in {path}"
        raise DataError(Fault("no_organisation", found, "folders with a charter.yaml"))
    return [_import(each, acting_user, acting_for) for each in folders]


def _import(folder: Path, acting_user: str, acting_for: str) -> Imported:
    charter, acts = read_organisation(folder)
    with transaction.atomic():
        record = _recorded(charter.id)
        new = _not_yet_recorded(acts, record)
        new_rules = digest_in_use(charter.id) != charter.digest
        if new_rules:
            keep(charter)
            new.insert(0, _rules_recorded(charter, acts))
        if new:
            append(
                new,
                head=_head_with(charter),
                acting_user=acting_user,
                acting_for=acting_for,
                as_recorded=record is None,
            )
    return Imported(charter.id, len(new) - new_rules, new_rules)


def _recorded(organisation: str) -> OrganisationRecord | None:
    try:
        return present().register.organisation(organisation)
    except UnknownName:
        return None


def _not_yet_recorded(acts: Sequence[Act], record: OrganisationRecord | None) -> list[Act]:
    if record is None:
        return list(acts)
    changed = [act for act in acts if act.id in record and _differs(act, record)]
    if changed:
        raise DataError(*(_changed(act) for act in changed))
    return [act for act in acts if act.id not in record]


def _differs(act: Act, record: OrganisationRecord) -> bool:
    now, then = to_record(act), to_record(record.recorded_act(act.id))
    return now | {"recorded_at": ""} != then | {"recorded_at": ""}


def _changed(act: Act) -> Fault:
    return Fault(
        "act_differs",
        f'the act "{act.id}" is recorded already, with other words',
        "the act as it was recorded",
        'Write a new act of the kind "corrected" or "annulled".',
        act=act.id,
    )


def _rules_recorded(charter: Charter, acts: Sequence[Act]) -> Act:
    """Return the act that names the edition of the rules; it goes before the acts made under it."""
    moments = [act.recorded_at for act in acts]
    moment = min([charter.recorded_at or timezone.now(), *moments])
    return Act(
        id=f"rules-{charter.digest.removeprefix('sha256:')[:16]}",
        organisation=charter.id,
        kind=RULES_RECORDED,
        effective_on=PartialDate.of(moment.date()),
        recorded_at=moment,
        details={"digest": charter.digest},
    )


def _head_with(charter: Charter) -> Head[Register]:
    """Return a head that knows the new rules, which the register names only after this import."""
    others = [each for each in current_charters() if each.id != charter.id]
    return Head(lambda: Register([*others, charter]))
