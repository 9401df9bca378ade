"""Look-ups in a charter for a day."""

from __future__ import annotations

from datetime import date

from comity.charter.model import Charter, Ending, Grant, Path, SuspensionRule, WithdrawalRule


def path_to(charter: Charter, status: str, on: date) -> Path | None:
    return next((p for p in charter.paths if p.status == status and on in p.period), None)


def suspension_rule(charter: Charter, status: str, on: date) -> SuspensionRule | None:
    return next((r for r in charter.suspension if status in r.statuses and on in r.period), None)


def withdrawal_rule(charter: Charter, status: str, on: date) -> WithdrawalRule | None:
    return next((r for r in charter.withdrawal if status in r.statuses and on in r.period), None)


def ending_rule(charter: Charter, status: str, manner: str, on: date) -> Ending | None:
    return next(
        (r for r in charter.endings if status in r.statuses and r.manner == manner and on in r.period),
        None,
    )


def grant_for(charter: Charter, status: str, right: str, body: str, on: date) -> Grant | None:
    fitting = [
        g
        for g in charter.grants
        if status in g.statuses
        and right in g.rights
        and on in g.period
        and (body in g.bodies or "all" in g.bodies)
    ]
    return max(
        fitting,
        key=lambda g: (body in g.bodies, g.period.start or date.min),
        default=None,
    )
