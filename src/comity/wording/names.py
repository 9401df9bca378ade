"""The names of what a charter defines, on a day and in a language.

Where a name is missing in the language, the first given is used; where there is none at all, the
identifier stands for it.
"""

from __future__ import annotations

from datetime import date

from comity.charter import queries
from comity.charter.model import ALL, Charter, Count, Names, Status
from comity.register.situation import Situation, in_language
from comity.wording.catalogue import capital, known, text


def _or(names: Names, language: str, identifier: str) -> str:
    return in_language(names, language) or identifier


def organisation_name(charter: Charter, language: str, *, short: bool = False) -> str:
    """Return the name of the organisation, or its short name where it has one."""
    full = _or(charter.names, language, charter.id)
    return _or(charter.short_names, language, full) if short else full


def party_name(situation: Situation, party: str, language: str, *, on: date | None = None) -> str:
    """Return the name of a party on the day of the situation, or on another."""
    if on is None or on == situation.on:
        return situation.name(party, language).value
    then = Situation(situation.record, on=on, known=situation.known, basis=situation.basis)
    return then.name(party, language).value


def status_name(charter: Charter, status: str | None, on: date, language: str) -> str:
    """Return the name of a status on a day; ``None`` is no status."""
    if status is None:
        return text(language, "status.none")
    versions = charter.statuses.get(status)
    return _or(versions.nearest(on).names, language, status) if versions else status


def status_heading(charter: Charter, status: str, number: int, on: date, language: str) -> str:
    """Return the name of a status over its holders or beside their number, with a capital."""
    versions = charter.statuses.get(status)
    return _heading(versions.nearest(on), number, language) if versions else status


def count_heading(charter: Charter, count: str, number: int, on: date, language: str) -> str:
    """Return the name of a count beside its number, with a capital."""
    versions = charter.counts.get(count)
    return _heading(versions.nearest(on), number, language) if versions else count


def _heading(named: Status | Count, number: int, language: str) -> str:
    """One holder is named in the singular; where no plural is given, so are several."""
    plural = named.plural_names.get(language, "") if number != 1 else ""
    return capital(plural or _or(named.names, language, named.id))


def body_name(charter: Charter, body: str, on: date, language: str) -> str:
    """Return the name of a body on a day; ``all`` is every body."""
    if body == ALL and body not in charter.bodies:
        return text(language, "all.bodies")
    versions = charter.bodies.get(body)
    return _or(versions.nearest(on).names, language, body) if versions else body


def office_name(charter: Charter, office: str, on: date, language: str) -> str:
    """Return the name of an office on a day."""
    versions = charter.offices.get(office)
    return _or(versions.nearest(on).names, language, office) if versions else office


def right_name(charter: Charter, right: str, language: str) -> str:
    """Return the name of a right; ``all`` is all rights."""
    if right == ALL and right not in charter.rights:
        return text(language, "all.rights")
    return _or(charter.rights[right].names, language, right) if right in charter.rights else right


def basis_name(charter: Charter, basis: str, language: str) -> str:
    """Return the name of a basis of counting."""
    return _or(charter.bases[basis].names, language, basis) if basis in charter.bases else basis


def facet_name(charter: Charter, facet: str, language: str) -> str:
    """Return the name of a facet."""
    return _or(charter.facets[facet].names, language, facet) if facet in charter.facets else facet


def instrument_name(charter: Charter, instrument: str, language: str) -> str:
    """Return the name of an instrument."""
    found = charter.instruments.get(instrument)
    return _or(found.names, language, instrument) if found else instrument


def territory_name(charter: Charter, territory: str, language: str) -> str:
    """Return the name of a territory."""
    found = charter.territories.get(territory)
    return _or(found.names, language, territory) if found else territory


def stage_name(charter: Charter, status: str, stage: str, on: date, language: str) -> str:
    """Return the name of a stage on the path to a status."""
    paths = [queries.path_to(charter, status, on)]
    paths += [each for each in charter.paths if each.status == status]
    stages = [each for path in paths if path for each in path.stages if each.id == stage]
    return _or(stages[0].names, language, stage) if stages else stage


def life_stage_name(stage: str | None, language: str) -> str:
    """Return the name of a stage in the life of a body; ``None`` is before it began."""
    return known(language, f"life.{stage or 'none'}", stage or "")


def manner_name(manner: str, language: str) -> str:
    """Return how a status ended."""
    return known(language, f"manner.{manner}", manner)


def answer_name(answer: str, language: str) -> str:
    """Return yes, no or conditional."""
    return known(language, f"answer.{answer}", answer)


def confidence_name(confidence: str, language: str) -> str:
    """Return how sure the sources of a statement make it."""
    return known(language, f"confidence.{confidence}", confidence)


def section_name(section: str, language: str) -> str:
    """Return the name of a section of the charter."""
    return known(language, f"section.{section}", section)
