"""Whether an act says what its kind and the charter let it say, before any rule of law is asked.

Every name an act uses must be defined; every field must be one its kind knows. The situation (has
the party something to withdraw from?) is judged by the fold, not here.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace

from comity.charter.model import Charter
from comity.kernel.act import Act
from comity.kernel.dates import PartialDate, parse_day
from comity.kernel.errors import DataError, Fault, Place, did_you_mean, unknown
from comity.kernel.kinds import ActKind, Field
from comity.register.kinds import KINDS

_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,119}", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]+)?", re.ASCII)


def validity_faults(
    act: Act, *, charter: Charter, known_acts: Container[str], place: Place | None = None
) -> tuple[Fault, ...]:
    """Return every fault of one act; ``known_acts`` are the identifiers it may refer to."""
    found = _Checks(act, charter, known_acts).faults()
    return tuple(replace(fault, place=place, act=act.id) for fault in found)


class _Checks:
    def __init__(self, act: Act, charter: Charter, known_acts: Container[str]) -> None:
        self.act = act
        self.charter = charter
        self.known_acts = known_acts

    def faults(self) -> Iterator[Fault]:
        kind = KINDS.get(self.act.kind)
        if not _ID.fullmatch(self.act.id):
            yield Fault(
                "malformed_id",
                f'the identifier "{self.act.id[:60]}"',
                "lower-case letters, digits, dots, dashes and underscores",
            )
        if kind is None:
            yield unknown("kind of act", self.act.kind, KINDS)
            return
        yield from self._envelope(kind)
        wrong = list(self._details(kind))
        yield from wrong or self._term()

    def _envelope(self, kind: ActKind) -> Iterator[Fault]:
        act, charter = self.act, self.charter
        if act.organisation != charter.id:
            yield unknown("organisation", act.organisation, [charter.id])
        yield from self._parties(act.parties)
        if kind.about == "none" and act.parties:
            yield Fault("too_many_parties", f"{kind.name} names a party", "no party")
        if kind.about == "one" and len(act.parties) != 1:
            yield Fault("wrong_parties", f"{len(act.parties)} parties", "exactly one party")
        if kind.about == "some" and not act.parties:
            yield Fault("wrong_parties", "no party", "at least one party")
        if len({self._present(each) for each in act.parties}) < len(act.parties):
            yield Fault("wrong_parties", "a party named twice", "each party once")
        yield from self._defined("body", act.authority.body, charter.bodies)
        yield from self._defined("article", act.authority.article, charter.articles)
        for source in act.sources:
            yield from self._defined("source", source, charter.sources)
        for alternative in act.alternatives:
            for source in alternative.sources:
                yield from self._defined("source", source, charter.sources)
        if act.decided_on and act.decided_on.first > act.effective_on.last:
            yield Fault(
                "impossible_date",
                f"decided on {act.decided_on}, in effect from {act.effective_on}",
                "a decision no later than its effect, or decided_on left out",
            )

    def _term(self) -> Iterator[Fault]:
        """What holds ``until`` a day must have held on the day before."""
        until, start = self.act.detail("until"), self.act.effective_on
        if until and PartialDate.parse(until).first <= start.first:
            found = f"until {until}, in effect from {start}"
            advice = '"until" is the first day on which it no longer holds.'
            yield Fault("period_reversed", found, f"a day after {start.first}", advice)

    def _details(self, kind: ActKind) -> Iterator[Fault]:
        names = [field.name for field in kind.fields]
        for name in self.act.details:
            if name not in names:
                near = did_you_mean(name, names)
                known = ", ".join(names) or "none"
                yield Fault("unknown_field", f'{kind.name} has no field "{name}"', known, near)
        for field in kind.fields:
            value = self.act.details.get(field.name)
            if value is None:
                if field.required:
                    yield Fault("missing_field", f'{kind.name} without "{field.name}"', field.holds)
            else:
                yield from self._value(field, value)

    def _value(self, field: Field, value: object) -> Iterator[Fault]:
        """Check one detail; what it must hold decides how."""
        if field.holds == "integer":
            if isinstance(value, bool) or not isinstance(value, int):
                yield self._wrong_type(field, value, "a whole number")
        elif field.holds == "names":
            yield from self._names(field, value)
        elif field.holds == "mapping":
            if not isinstance(value, Mapping):
                yield self._wrong_type(field, value, "fields with values")
        elif field.holds in ("parties", "statuses", "rights"):
            yield from self._list(field, value)
        elif not isinstance(value, str) or not value:
            yield self._wrong_type(field, value, field.holds)
        else:
            yield from self._word(field, value)

    def _word(self, field: Field, value: str) -> Iterator[Fault]:
        if field.choices and value not in field.choices:
            yield unknown(field.name, value, field.choices)
        elif field.holds == "day":
            yield from _date_faults(value, exact=True)
        elif field.holds == "date":
            yield from _date_faults(value, exact=False)
        elif field.holds == "act":
            if value not in self.known_acts:
                expected = "an act of the same organisation, recorded before or with this one"
                yield Fault("unknown_act", f'no act "{value}"', expected)
        elif field.holds == "party":
            yield from self._parties([value])
        elif field.holds in _CODELISTS:
            yield from self._defined(
                field.holds, value, getattr(self.charter, _CODELISTS[field.holds])
            )

    def _list(self, field: Field, value: object) -> Iterator[Fault]:
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list | tuple) or not all(isinstance(each, str) for each in items):
            yield self._wrong_type(field, value, "a list of identifiers")
            return
        if field.holds == "parties":
            yield from self._parties(items)
            return
        for each in items:
            if field.holds == "statuses":
                yield from self._defined("status", each, self.charter.statuses)
            elif each != "all":
                yield from self._defined("right", each, self.charter.rights)

    def _names(self, field: Field, value: object) -> Iterator[Fault]:
        good = isinstance(value, Mapping) and bool(value)
        if not good or not all(
            isinstance(key, str) and _LANGUAGE.fullmatch(key) and isinstance(text, str) and text
            for key, text in (value.items() if isinstance(value, Mapping) else ())
        ):
            yield self._wrong_type(field, value, "text by language, such as {en: …, ru: …}")

    def _parties(self, codes: Iterable[str]) -> Iterator[Fault]:
        for code in codes:
            yield from self._defined("party", self._present(code), self.charter.parties)

    def _present(self, code: str) -> str:
        """A party may be named by a former code: what was recorded under it stays as it is."""
        if code in self.charter.parties:
            return code
        parties = self.charter.parties.values()
        return next((each.code for each in parties if code in each.former_codes), code)

    @staticmethod
    def _defined(kind: str, name: str, known: Mapping[str, object]) -> Iterator[Fault]:
        if name and name not in known:
            yield unknown(kind, name, known)

    @staticmethod
    def _wrong_type(field: Field, value: object, expected: str) -> Fault:
        shown = repr(value) if isinstance(value, str | int) else f"a {type(value).__name__}"
        return Fault("wrong_type", f'"{field.name}" is {shown:.60}', expected)


_CODELISTS = {
    "status": "statuses",
    "body": "bodies",
    "office": "offices",
    "instrument": "instruments",
    "territory": "territories",
}


def _date_faults(text: str, *, exact: bool) -> Iterator[Fault]:
    try:
        parse_day(text) if exact else PartialDate.parse(text)
    except DataError as error:
        yield from error.faults
