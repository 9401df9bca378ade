"""What positions, provisions and the rest of decision rules are called, and what has no name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from comity.decision.model import Names, PositionTable, Rule
from comity.decision.other_rules import Missing
from comity.decision.rules import Rules
from comity.kernel.errors import Fault
from comity.wording.catalogue import known, listed, text
from comity.wording.decisions import named


def position_name(position: str, table: PositionTable, language: str) -> str:
    """Return what a position is called."""
    effect = table.positions.get(position)
    default = known(language, f"decision_position.{position}", position.replace("_", " "))
    return named(effect.names if effect else {}, language, default)


def rule_name(rule: str, rules: Rules, language: str) -> str:
    """Return what a rule is called, in its last version."""
    versions = rules.versions.get(rule)
    return named(versions[-1].names if versions else {}, language, rule.replace("_", " "))


def missing_reason(missing: Missing, rule: Rule, rules: Rules, language: str) -> str:
    """Return why another rule than ``rule``, to which positions were put, cannot be asked."""
    if not missing.names:
        return text(language, f"decision.missing_{missing.kind}")
    names = (_missing_name(missing.kind, each, rule, rules, language) for each in missing.names)
    return text(language, f"decision.missing_{missing.kind}_named", names=listed(language, names))


def _missing_name(kind: str, name: str, rule: Rule, rules: Rules, language: str) -> str:
    if kind == "earlier_decision":
        return rule_name(name, rules, language)
    if kind == "positions":
        return position_name(name, rule.positions, language)
    weights = rules.weights.get(name)
    names = rules.groups.get(name, {}) if kind == "groups" else weights.names if weights else {}
    return named(names, language, name.replace("_", " "))


def provision_name(article: str, rules: Rules, language: str) -> str:
    """Return how a provision is cited; what the file does not define is cited as it is written."""
    provision = rules.articles.get(article)
    return named(provision.names if provision else {}, language, article)


def unnamed(rules: Rules, languages: Iterable[str], *, alone: str = "") -> tuple[Fault, ...]:
    """Return a fault for whatever decision rules name and has no name in one of the languages.

    A position, class or outcome whose word the catalogues know needs none. ``alone`` is the
    organisation whose rules stand without a charter, which then needs names of its own.
    """
    wanted = tuple(languages)
    organisation = [("organisation", alone, rules.names)] if alone else []
    return tuple(
        Fault(
            "name_missing",
            f'the {kind.replace("_", " ")} "{name}" has no name in {", ".join(missing)}',
            f"a name in {', '.join(wanted)}",
        )
        for kind, name, names in (*organisation, *_named(rules))
        if (missing := [each for each in wanted if not _has(kind, name, names, each)])
    )


def _has(kind: str, name: str, names: Names, language: str) -> bool:
    return language in names or bool(known(language, f"decision_{kind}.{name}", ""))


def _named(rules: Rules) -> Iterator[tuple[str, str, Names]]:
    """Yield what has a name: its kind, its identifier and its names."""
    for table in rules.tables.values():
        classes = {each.counts_as for each in table.positions.values()} - {""}
        yield from (("position", name, each.names) for name, each in table.positions.items())
        yield from (("class", name, table.classes.get(name, {})) for name in sorted(classes))
    yield from (("outcome", name, names) for name, names in rules.outcome_names.items())
    yield from (("group", name, names) for name, names in rules.groups.items())
    yield from (("role", name, names) for name, names in rules.roles.items())
    yield from (("body", name, names) for name, names in rules.bodies.items())
    yield from (("weight", name, each.names) for name, each in rules.weights.items())
    yield from (("article", name, each.names) for name, each in rules.articles.items())
    for versions in rules.versions.values():
        for rule in versions:
            yield "rule", rule.id, rule.names
            if rule.chosen_by is not None:
                yield "question", rule.id, rule.chosen_by.question
