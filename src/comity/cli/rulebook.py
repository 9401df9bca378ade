"""The decision rules that a command asks, of an organisation or of a file, and their names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from comity.cli.context import Session, party_code, read_record
from comity.decision.counting import units_asked
from comity.decision.model import HEADS, Rule, WeightTable
from comity.decision.read import read_file
from comity.decision.rules import Rules
from comity.kernel.canonical import JSON
from comity.kernel.errors import DataError, Fault, UnknownName, unknown
from comity.procedure.model import Procedures
from comity.procedure.read import read_file as read_procedures
from comity.register.register import OrganisationRecord
from comity.register.rules import find_rules, procedures_in, rules_in, stands_alone
from comity.register.situation import Situation
from comity.wording import names
from comity.wording.catalogue import LANGUAGES, text
from comity.wording.data import grounds_data
from comity.wording.decision_names import provision_name
from comity.wording.decisions import named
from comity.wording.grounds import lines_of


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Decision rules on a day; ``record`` and ``folder`` are there where they belong to one.

    ``strangers`` are members whom the record does not know: they are what they are called.
    """

    id: str
    rules: Rules
    on: date
    record: OrganisationRecord | None = None
    folder: Path | None = None
    strangers: frozenset[str] = frozenset()

    @property
    def situation(self) -> Situation | None:
        """The situation on the day, of an organisation with a record."""
        return self.record.situation(on=self.on) if self.record else None

    def code(self, member: str) -> str:
        """Return the code of a member; without a record a member is what it is called."""
        if self.record is None or member in self.strangers:
            return member
        try:
            return party_code(self.record, member)
        except UnknownName:
            if found := self._called(member):
                return found
            raise

    def _called(self, member: str) -> str | None:
        """Return who is called so on the day, by an act that changed a name."""
        situation = self.situation
        if situation is None:
            return None
        folded = member.casefold()
        for party in situation.charter.parties:
            called = (names.party_name(situation, party, each) for each in LANGUAGES)
            if folded in (each.casefold() for each in called):
                return party
        return None

    def with_strangers(self, members: Iterable[str]) -> Rulebook:
        """Return the rules beside members of whom some may not be in the record."""
        return replace(self, strangers=frozenset(each for each in members if not self._has(each)))

    def _has(self, member: str) -> bool:
        try:
            return bool(self.code(member))
        except UnknownName:
            return False

    def members(self) -> tuple[str, ...]:
        """Return who decides by the record: holders of its first status who are in the base."""
        situation = self.situation
        if situation is None:
            return ()
        roster = situation.roster(next(iter(situation.charter.statuses)))
        return tuple(each.party for each in roster if situation.in_base(each.party).value)

    def weights(self, rule: Rule) -> frozenset[str]:
        """Return the weights in which a rule counts, of those that its file declares."""
        counted = {weight for _, weight in units_asked(rule)} - {HEADS}
        return frozenset(each for each in counted if each in rule.weights)

    def tables(self, rule: Rule) -> dict[str, WeightTable]:
        """Return the tables in force on the day of the weights in which a rule counts."""
        found = {name: rule.weights[name].on(self.on) for name in sorted(self.weights(rule))}
        return {name: table for name, table in found.items() if table is not None}

    def name(self, member: str, language: str) -> str:
        """Return what a member is called."""
        situation = self.situation
        if situation is None or member in self.strangers:
            return member
        return names.party_name(situation, member, language)

    def title(self, language: str) -> str:
        """Return what the organisation is called; without a name, as its folder or file is."""
        if self.record:
            return names.organisation_name(self.record.charter, language)
        return named(self.rules.names, language, self.id)

    def grounds(self, articles: Iterable[str], language: str) -> list[JSON]:
        """Return articles as plain data."""
        situation = self.situation
        of_charter, others = self._apart(articles)
        found = grounds_data(of_charter, situation, language) if situation else []
        return [*found, *map(dict, self._provisions(others, language))]

    def ground_lines(self, articles: Iterable[str], language: str) -> Iterator[tuple[str, str]]:
        """Yield articles in words: how each is cited, and where it is from or what it says."""
        situation = self.situation
        of_charter, others = self._apart(articles)
        if situation is not None:
            for line in lines_of(of_charter, situation, language):
                yield f"{line.summary}  [{line.id}]", line.body
        for each in self._provisions(others, language):
            confidence = names.confidence_name(str(each["confidence"]), language)
            said = text(language, "label.bracketed", words=confidence)
            known = "" if each["confidence"] == "high" else said
            yield f"{each['name']}{known}", str(each["source"] or "")

    def _apart(self, articles: Iterable[str]) -> tuple[list[str], list[str]]:
        """Return the articles that the charter has, and those that rules or procedures define."""
        every = [*articles]
        known = self.record.charter.articles if self.record else {}
        return [each for each in every if each in known], [
            each for each in every if each not in known
        ]

    def _provisions(
        self, articles: Iterable[str], language: str
    ) -> Iterator[Mapping[str, str | None]]:
        for each in articles:
            found = self.rules.articles.get(each)
            yield {
                "id": each,
                "name": provision_name(each, self.rules, language),
                "source": found.source if found else None,
                "confidence": found.confidence if found else "high",
            }


def open_rulebook(session: Session, name: str, on: date) -> Rulebook:
    """Open the rules of an organisation, or those in a file.

    Raises `UnknownName` with the nearest organisation, `DataError` where rules cannot be read.
    """
    if _is_file(name):
        return Rulebook(Path(name).stem, read_file(Path(name)), on)
    folder = _folder(session, name)
    if stands_alone(folder):
        return Rulebook(folder.name, rules_in(folder), on, folder=folder)
    record = read_record(folder)
    rules = record.charter.decisions or rules_in(folder)
    return Rulebook(folder.name, rules, on, record, folder)


def open_procedures(session: Session, name: str, on: date) -> tuple[Rulebook, Procedures]:
    """Open the procedures of an organisation, or those in a file, with the rules they decide by.

    Raises `UnknownName` with the nearest organisation, `DataError` where there are none, or where
    they cannot be read.
    """
    record = None
    if _is_file(name):
        found, id = read_procedures(Path(name)), Path(name).stem
    else:
        folder = _folder(session, name)
        record = None if stands_alone(folder) else read_record(folder)
        found = (record.charter.procedures if record else None) or procedures_in(folder)
        id = folder.name
    rules = replace(found.rules, articles=found.articles)
    return Rulebook(id, rules, on, record), found


def _is_file(name: str) -> bool:
    return name.endswith((".yaml", ".yml"))


def _folder(session: Session, name: str) -> Path:
    folders = {each.name: each for each in find_rules(session.root)}
    folder = folders.get(name) or folders.get(name.casefold())
    if folder is None:
        if not folders:
            expected = "folders with a decisions.yaml, or a file of decision rules"
            raise DataError(Fault("no_data", f"no decision rules in {session.root}", expected))
        raise UnknownName(unknown("organisation", name, folders))
    return folder
