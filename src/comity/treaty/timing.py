"""Check dates, steps and periods: each in one form, reckoned from a day that is known there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from comity.decision.tables import day_in, faults_of_periods
from comity.decision.tree import Tree
from comity.kernel.errors import Fault
from comity.kernel.trees import Path, find, mapping
from comity.treaty.references import DECLARED
from comity.treaty.tree import FORMS, UNITS, dates, starts, steps, treaties

_NEEDS_ENTRY = ("met", "entry")
_COUNTED = ("days", "months", "years")


def _forms(tree: Tree) -> Iterator[Fault]:
    for path, found, spot, _ in dates(tree):
        forms = [key for key in FORMS if key in found]
        if "since" in found and "after" not in forms:
            forms.insert(0, "since")
        root = len(path) == 2 + len(spot.key)
        if len(forms) == 1 or (not forms and root and spot.may_lack in found):
            continue
        what = f"{' and '.join(forms)} in one date" if forms else "a date that is not said"
        advice = "Write after: [] for the very day." if not forms else "Keep one of them."
        yield tree.wrong("date_unclear", what, f"one of {', '.join(FORMS)}", advice, *path)


def _cases(tree: Tree) -> Iterator[Fault]:
    for path, found, _, _ in dates(tree):
        cases = found.get("cases")
        for number, case in enumerate(cases if isinstance(cases, list) else ()):
            last = number == len(cases or ()) - 1
            if isinstance(case, dict) and ("met_by" in case) == last:
                what = "the last case has met_by" if last else "a case that always applies"
                yield tree.wrong(
                    "cases_incomplete", what, "met_by in every case but the last",
                    "What applies otherwise stands last, alone.", *path, "cases", number,
                )  # fmt: skip
        yield from _out_of_order(tree, found, path)


def _out_of_order(tree: Tree, found: dict[str, Any], path: Path) -> Iterator[Fault]:
    earlier = None
    for below, text in find(found, "cases.[].met_by"):
        day = day_in(text)
        if day is None:
            continue
        if earlier is not None and day <= earlier:
            yield tree.wrong(
                "case_never_reached", f"met_by {day} after met_by {earlier}",
                "cases from the earliest day to the latest",
                "What is met by then has found its case before.", *path, *below,
            )  # fmt: skip
        earlier = day


def _starts(tree: Tree) -> Iterator[Fault]:
    for path, since, spot, treaty in starts(tree):
        known = spot.starts
        if "enters_into_force" not in treaty:
            known = known - {*_NEEDS_ENTRY}
        if isinstance(since, str) and since not in known:
            yield tree.wrong(
                "start_unknown", f'a date reckoned from "{since}", which is not known there',
                f"one of {', '.join(sorted(known))}, or in_force", "", *path,
            )  # fmt: skip
        elif mapping(since).get("in_force") == path[1]:
            yield tree.wrong(
                "circular_reference", f'a date reckoned from when "{path[1]}" is itself in force',
                "another treaty", "The entry of this treaty is called entry.", *path,
            )  # fmt: skip
    for path, _, spot, treaty in dates(tree):
        met = "met" in spot.starts and "enters_into_force" in treaty
        if path[-2:] == ("cases", 0) and not met:
            yield tree.wrong(
                "start_unknown", "cases where no condition is met", "a date of another form", "",
                *path[:-1],
            )  # fmt: skip


def _steps(tree: Tree) -> Iterator[Fault]:
    for path, step in steps(tree):
        units = [key for key in UNITS if key in step]
        if len(units) != 1:
            what = f"{' and '.join(units)} in one step" if units else "a step without a unit"
            advice = "Two steps follow one another in a list." if units else ""
            yield tree.wrong("step_unclear", what, f"one of {', '.join(UNITS)}", advice, *path)
            continue
        for key, needed in (
            ("gap", ("first_of_month",)), ("or_same", ("next",)), ("counting", _COUNTED),
        ):  # fmt: skip
            if key in step and units[0] not in needed:
                yield tree.wrong(
                    "step_unclear", f'the key "{key}" beside "{units[0]}"',
                    f'"{key}" with {" or ".join(needed)} only', "", *path, key,
                )  # fmt: skip


def _open(tree: Tree) -> Iterator[Fault]:
    """Signature and consent have a last day, which may be the first."""
    for path, treaty in treaties(tree):
        for pattern in ("signature", "consents.[]"):
            for below, found in find(treaty, pattern):
                start, end = (day_in(mapping(found).get(key)) for key in ("from", "until"))
                if start and end and end < start:
                    yield tree.wrong(
                        "period_reversed", f"closed on {end} before it opens on {start}",
                        "a last day not before the first", "", *path, *below, "until",
                    )  # fmt: skip


def _periods(tree: Tree) -> Iterator[Fault]:
    yield from faults_of_periods(tree, "classes.*.spells.*", "periods")
    yield from faults_of_periods(tree, "weights.*.tables", "tables")


def _provisional(tree: Tree) -> Iterator[Fault]:
    for path, treaty in treaties(tree):
        rule = mapping(treaty.get("provisional"))
        if rule.get("by") == DECLARED and "from" in rule:
            yield tree.wrong(
                "date_unclear", "from beside by: declared", "by: declared alone",
                "It begins with the declaration.", *path, "provisional", "from",
            )  # fmt: skip


TIMING = (_forms, _cases, _starts, _steps, _open, _periods, _provisional)
