"""A second program: it confirms a certificate from the rules as data and the acts, by itself.

It imports nothing of the engine, counts days one by one, and knows only what the page on treaties
says. `objections` yields every sentence of a certificate that it cannot confirm.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

Data = dict[str, Any]


def objections(rules: Data, treaty: Data, acts: list[Data], certificate: Data) -> Iterator[str]:
    """Yield what is wrong with a certificate, given a file of treaties, one of these, its acts."""
    known = {each["id"]: each for each in acts}
    yield from _consents(certificate, known)
    entry = treaty.get("enters_into_force")
    if entry is None:
        return
    day = _day(certificate["met_on"]) or _day(certificate["on"])
    assert day is not None
    yield from _tests(rules, treaty, entry, certificate, certificate["tests"], day)
    if certificate["met_on"]:
        if not _holds(entry["when"], iter(certificate["tests"])):
            yield "the condition is not met on the day named"
        before = certificate["tests_before"]
        adopted = next((_day(each["on"]) for each in acts if each["kind"] == "adopted"), None)
        if _holds(entry["when"], iter(before)) and day != adopted:
            yield "the condition was met the day before already"
        yield from _tests(rules, treaty, entry, certificate, before, day - timedelta(days=1))
        yield from _date(rules, treaty, entry, certificate)
        yield from _founders(treaty, certificate, day)
    for who, bonds in certificate["parties"].items():
        for each in bonds:
            yield from (f"{who}: {said}" for said in _steps(rules, each["steps"]))


def _consents(certificate: Data, known: dict[str, Data]) -> Iterator[str]:
    for each in certificate["consents"]:
        act = known.get(each["act"])
        days = {str(other["on"]) for other in known.values() if other.get("of") == each["party"]}
        if act is None or act["party"] != each["party"] or str(act["on"]) > each["on"]:
            yield f"no consent of {each['party']} on {each['on']}"
        elif each["on"] not in days | {str(act["on"])}:  # it may count from an acceptance on
            yield f"the consent of {each['party']} is of another day than {each['on']}"
    for one in certificate["consents"]:
        for other in certificate["consents"]:
            if one is not other and one["party"] == other["party"] and _overlap(one, other):
                yield f"{one['party']} is counted twice"


def _overlap(one: Data, other: Data) -> bool:
    return one["on"] < (other["until"] or "9999") and other["on"] < (one["until"] or "9999")


# Conditions: the tests stand in the order in which the tree names them.


def _leaves(condition: Data) -> list[Data]:
    for key in ("all", "any"):
        if key in condition:
            return [leaf for each in condition[key] for leaf in _leaves(each)]
    return _leaves(condition["not"]) if "not" in condition else [condition]


def _holds(condition: Data, tests: Iterator[Data]) -> bool:
    for key, join in (("all", all), ("any", any)):
        if key in condition:
            return join([_holds(each, tests) for each in condition[key]])
    if "not" in condition:
        return not _holds(condition["not"], tests)
    return bool(next(tests)["met"])


def _tests(
    rules: Data, treaty: Data, entry: Data, certificate: Data, tests: list[Data], day: date
) -> Iterator[str]:
    standing = {
        each["party"]: each
        for each in certificate["consents"]
        if each["on"] <= str(day) and (each["until"] is None or str(day) < each["until"])
    }
    for leaf, test in zip(_leaves(entry["when"]), tests, strict=True):
        counted = set(test["parties"])
        if not counted <= set(standing):
            yield f"counted without consent: {sorted(counted - set(standing))}"
            continue
        if leaf.get("kinds") and any(standing[who]["kind"] not in leaf["kinds"] for who in counted):
            yield "counted in spite of its kind"
        named = _named(rules, treaty, leaf.get("consents", leaf.get("every")))
        if named is not None and not counted <= named:
            yield f"counted, and not of the class: {sorted(counted - named)}"
        if "consents" in leaf:
            yield from _numbers(leaf, test)
            if leaf["consents"] == "all" and not leaf.get("without") and not leaf.get("kinds"):
                left_out = set(standing) - counted
                if left_out:
                    yield f"consented, and not counted: {sorted(left_out)}"
        elif "every" in leaf and test["met"] != (not test["absent"] and bool(counted)):
            yield "everybody is there or not, and the certificate says the contrary"


def _numbers(leaf: Data, test: Data) -> Iterator[str]:
    counted, required = Fraction(test["counted"]), Fraction(test["required"])
    if "weight" not in leaf and counted != len(test["parties"]):
        yield "heads do not add up"
    if "weight" in leaf and counted != sum(map(Fraction, test["parties"].values())):
        yield "weights do not add up"
    amount = _number(leaf.get("at_least", leaf.get("more_than")))
    if "of" in leaf and "rounded" not in leaf:
        amount *= Fraction(test["base"])
    if "rounded" not in leaf and amount + _number(leaf.get("plus", 0)) != required:
        yield f"required are {amount}, not {required}"
    enough = counted > required if "more_than" in leaf else counted >= required
    of_nothing = "of" in leaf and Fraction(test["base"]) == 0
    if test["met"] != (enough and counted > 0 and not of_nothing):
        yield "the test is said to be met, or not, against its numbers"


def _named(rules: Data, treaty: Data, name: str) -> set[str] | None:
    """Return a class that is a plain list of names; of any other it is not known here."""
    classes = {**rules.get("classes", {}), **treaty.get("classes", {})}
    found = classes.get(name) or {}
    return set(found["parties"]) if set(found) - {"names"} == {"parties"} else None


def _number(written: Any) -> Fraction:
    text = str(written).replace(" ", "")
    return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)


# Dates


def _date(rules: Data, treaty: Data, entry: Data, certificate: Data) -> Iterator[str]:
    met, computed = _day(certificate["met_on"]), _day(certificate["computed"])
    yield from _steps(rules, certificate["steps"])
    if set(entry) & {"earliest", "latest", "cases", "on", "not_before", "lapses", "since"}:
        return
    day = met
    for step, taken in zip(entry.get("after", []), certificate["steps"], strict=True):
        if taken["from"] != str(day):
            yield "a step does not begin where the one before ended"
        if step.get(taken["unit"]) != taken["number"]:
            yield f"the rule has the step {step}"
        if step.get("counting", treaty.get("counting", "")) != taken["counting"]:
            yield f"the rule counts {step} in another way"
        day = _day(taken["to"])
    if day != computed:
        yield f"the steps lead to {day}, not to {computed}"


def _steps(rules: Data, steps: list[Data]) -> Iterator[str]:
    for each in steps:
        how = {"days": "nth", "months": "anniversary", "month_end": "clamp"}
        how |= rules.get("countings", {}).get(each["counting"], {})
        start, end = _day(each["from"]), _day(each["to"])
        assert start is not None
        if each["unit"] in ("days", "months", "years") and _later(start, each, how) != end:
            yield f"{each['number']} {each['unit']} from {start} do not end on {end}"
        if each["unit"] == "first_of_month" and (end is None or end.day != 1 or end < start):
            yield f"{end} is no first of a month after {start}"


def _later(start: date, step: Data, how: Data) -> date:
    if step["unit"] == "days":
        day = start
        for _ in range(step["number"] + (how["days"] == "clear")):
            day += timedelta(days=1)
        return day
    year, month, day_of_month = start.year, start.month, start.day
    for _ in range(step["number"] * (12 if step["unit"] == "years" else 1)):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    longest = calendar.monthrange(year, month)[1]
    end = date(year, month, min(day_of_month, longest))
    if day_of_month > longest and how["month_end"] == "roll_over":
        end += timedelta(days=1)
    return end + timedelta(days=1) if how["months"] == "day_after" else end


def _founders(treaty: Data, certificate: Data, met: date) -> Iterator[str]:
    """Whoever consented by the day the condition was met is bound on the day of entry."""
    if any(
        "consented" in way or way.get("waits") is False for way in treaty.get("for_parties", [])
    ):
        return
    for each in certificate["consents"]:
        bonds = certificate["parties"].get(each["party"], [])
        first = bonds[0] if bonds else None
        founder = each["on"] <= str(met) and each["until"] is None
        if (
            founder
            and first
            and not first["determined"]
            and first["since"] != certificate["enters_on"]
        ):
            yield f"{each['party']} consented in time, and is bound from {first['since']}"
        succeeds = each["kind"] == "succession"  # it may be bound from the day of succession
        if first and first["since"] < each["on"] and not first["determined"] and not succeeds:
            yield f"{each['party']} is bound before it consented"


def _day(text: Any) -> date | None:
    return date.fromisoformat(str(text)) if text else None
