"""Decision rules and their reckonings as sentences; the same tree is walked in every language."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from comity.decision.model import (
    ALL,
    ALL_MEMBERS,
    BASES,
    PARTICIPANTS,
    All,
    Amount,
    Any,
    Comparator,
    Condition,
    Entry,
    FewestWith,
    Names,
    Next,
    Not,
    Rule,
    Test,
)
from comity.decision.needed import Needed
from comity.decision.numbers import Number, text_of
from comity.decision.reckoning import Reckoning
from comity.decision.rules import Rules
from comity.decision.stages import Elects
from comity.wording.catalogue import capital, known, text

# At most so large is the denominator of a share that is said as a fraction, not in per cent.
_FRACTION = 9


def rule_sentences(rule: Rule, rules: Rules, language: str) -> list[str]:
    """Return what a rule says: who decides, the quorum, then every outcome in order.

    ``rules`` give what groups, roles, weights, bodies and other rules are called.
    """
    voice = _Voice(rule, rules, language)
    return [capital(each) for each in voice.sentences()]


def reckoning_sentence(reckoning: Reckoning, rule: Rule, rules: Rules, language: str) -> str:
    """Return what was counted, of how much, and what was needed: "in favour: 15 of 27; …"."""
    return capital(_Voice(rule, rules, language).reckoned(reckoning))


def needed_sentence(needed: Needed, rule: Rule, rules: Rules, language: str) -> str:
    """Return what was counted, and the amounts with which it would have come out otherwise."""
    voice = _Voice(rule, rules, language)
    counted = reckoning_sentence(needed.reckoning, rule, rules, language)
    return voice.needed(needed, counted)


def outcome_name(outcome: str, rules: Rules, language: str) -> str:
    """Return what an outcome is called."""
    default = known(language, f"decision_outcome.{outcome}", _readable(outcome))
    return named(rules.outcome_names.get(outcome, {}), language, default)


def named(names: Names, language: str, default: str) -> str:
    """Return a name in the language, else in English, else the default."""
    return names.get(language) or names.get("en") or default


def share_text(number: Number, language: str) -> str:
    """Return a share as a fraction where that is short, else in per cent, always exactly.

    >>> from fractions import Fraction
    >>> share_text(Fraction(2, 3), "en"), share_text(Fraction(11, 20), "zh")
    ('2/3', '55%')
    """
    if number == 1 or (number.denominator > _FRACTION and 10_000 % number.denominator == 0):
        return text(language, "decision.per_cent", number=text_of(number * 100))
    return f"{number.numerator}/{number.denominator}"


def _readable(identifier: str) -> str:
    return identifier.replace("_", " ")


class _Voice:
    """One rule in one language."""

    def __init__(self, rule: Rule, rules: Rules, language: str) -> None:
        self.rule = rule
        self.rules = rules
        self.language = language

    def say(self, key: str, **values: object) -> str:
        return text(self.language, f"decision.{key}", **values)

    def sentences(self) -> Iterator[str]:
        if self.rule.chosen_by is not None:
            yield from self.chosen()
            return
        yield self.electorate()
        if self.rule.quorum is not None:
            yield self.say("quorum", condition=self.condition(self.rule.quorum.when))
        if self.rule.without_quorum is not None:
            yield self.follows("without_quorum", self.rule.without_quorum)
        for entry in self.rule.decide:
            yield self.entry(entry)
        if self.rule.binds == (PARTICIPANTS,):
            yield self.say("binds_participants")
        elif self.rule.binds != ALL_MEMBERS:
            yield self.say("binds_classes", who=self.classes(self.rule.binds))
        if self.rule.elects is not None:
            yield self.elects(self.rule.elects)

    def elects(self, elects: Elects) -> str:
        first, *later = elects.stages
        said = [self.say("ballots_of_all", number=first.ballots)]
        for each in later:
            key = "ballots_of_one" if each.candidates == 1 else "ballots_of_some"
            said.append(self.say(key, number=each.ballots, candidates=each.candidates))
        outcome = outcome_name(elects.otherwise, self.rules, self.language)
        return self.say("elects", stages=self.say("ballots_then").join(said), outcome=outcome)

    def chosen(self) -> Iterator[str]:
        chosen = self.rule.chosen_by
        assert chosen is not None
        question = named(chosen.question, self.language, "…")
        yield self.say("chosen", question=question, rule=self.rule_name(chosen.rule))
        for outcome, rule in chosen.outcomes.items():
            name = outcome_name(outcome, self.rules, self.language)
            yield self.say("chosen_if", outcome=name, rule=self.rule_name(rule))
        yield self.say("chosen_otherwise", rule=self.rule_name(chosen.otherwise))

    def electorate(self) -> str:
        who = self.rule.electorate
        among = self.say("everyone") if who.among == ALL else self.group(who.among)
        said = self.say("electorate", who=among)
        if who.without:
            roles = (self.role(each) for each in who.without)
            said += self.say("without", roles=self.joined(roles))
        if who.only_participants:
            said += self.say("only_participants")
        return said + self.say("stop")

    def entry(self, entry: Entry) -> str:
        outcome = outcome_name(entry.outcome, self.rules, self.language)
        if entry.when is None:
            said = self.say("otherwise", outcome=outcome)
        else:
            said = self.say("if", outcome=outcome, condition=self.condition(entry.when))
        if entry.binds:
            said += self.binding(entry.binds)
        if entry.then is not None:
            said += self.follows("then", entry.then)
        return said + self.say("stop")

    def binding(self, binds: tuple[str, ...]) -> str:
        if binds == ALL_MEMBERS:
            return self.say("binding_members")
        if binds == (PARTICIPANTS,):
            return self.say("binding_participants")
        return self.say("binding_classes", who=self.classes(binds))

    def follows(self, key: str, then: Next) -> str:
        if then.rule:
            return self.say(f"{key}_rule", name=self.rule_name(then.rule))
        return self.say(f"{key}_body", name=self.body(then.body))

    def condition(self, condition: Condition, *, inside: bool = False) -> str:
        if isinstance(condition, Test):
            return self.test(condition)
        if isinstance(condition, Not):
            return self.say("not", condition=self.condition(condition.condition))
        each = [self.condition(below, inside=True) for below in condition.conditions]
        if isinstance(condition, Any) and condition.at_least > 1:
            listed = text(self.language, "list.pairs").join(each)
            said = self.say("so_many", number=condition.at_least, of=listed)
        else:
            said = self.say("and" if isinstance(condition, All) else "or").join(each)
        return self.say("bracket", condition=said) if inside else said

    def test(self, test: Test) -> str:
        return self.say("test", who=self.who(test), amount=self.compared(test))

    def compared(self, test: Test) -> str:
        """Return what a test asks for; the commonest numbers have words of their own."""
        asked = (test.comparator, test.amount.number)
        plain = test.amount == Amount(test.amount.number) and not test.weight
        if plain and asked in (("at_most", 0), ("less_than", 1)):
            return self.say("nobody")
        if plain and asked in (("at_least", 1), ("more_than", 0)):
            return self.say("somebody")
        return self.comparison(test.comparator, self.amount(test))

    def comparison(self, comparator: Comparator, amount: str) -> str:
        return self.say(comparator, amount=amount)

    def amount(self, test: Test) -> str:
        amount = test.amount
        if amount.fewest_with is not None:
            said = self.fewest(amount.fewest_with)
        elif amount.of:
            said = self.share(amount.number, amount.of, amount.of_group)
            if amount.rounded:
                said += self.say(f"rounded_{amount.rounded}")
        else:
            said = text_of(amount.number)
        return said + (self.say("plus", number=text_of(amount.plus)) if amount.plus else "")

    def share(self, number: Number, of: tuple[str, ...], group: str) -> str:
        if of[0] in BASES and not group:
            key = f"whole_{of[0]}" if number == 1 else f"share_{of[0]}"
            return self.say(
                key, **({} if number == 1 else {"share": share_text(number, self.language)})
            )
        base = self.classes(of)
        if group == ALL:
            base = self.say("in_all", who=base)
        elif group:
            base = self.say("in_group", who=base, group=self.group(group))
        if number == 1:
            return self.say("whole", base=base)
        return self.say("share", share=share_text(number, self.language), base=base)

    def fewest(self, fewest: FewestWith) -> str:
        share = self.share(fewest.share, fewest.of, fewest.group if fewest.group != ALL else "")
        asked = self.comparison(fewest.comparator, share)
        return self.say("fewest", weight=self.weight(fewest.weight), amount=asked)

    def who(self, test: Test) -> str:
        said = self.classes(test.votes)
        if test.excluding:
            said = self.say("other_than", who=said)
        if test.group != ALL:
            said = self.say("in_group", who=said, group=self.group(test.group))
        if test.weight:
            said = self.say("by_weight", who=said, weight=self.weight(test.weight))
        return said

    def classes(self, classes: tuple[str, ...]) -> str:
        return self.say("both").join(self.class_name(each) for each in classes)

    def class_name(self, name: str) -> str:
        if name in BASES:
            return self.say(f"base_{name}")
        default = known(self.language, f"decision_class.{name}", _readable(name))
        return named(self.rule.positions.classes.get(name, {}), self.language, default)

    def reckoned(self, reckoning: Reckoning) -> str:
        test = reckoning.test
        base = reckoning.base
        counted = text_of(reckoning.counted)
        if base is not None:
            counted = self.say("of", counted=counted, base=text_of(base))
        key = "needed" if test.from_below else "allowed"
        said = self.say(
            f"{key}_for" if self.prevents(reckoning) else key,
            who=self.who(test),
            counted=counted,
            number=_bound(reckoning),
            outcome=self.outcome_of(reckoning),
        )
        return said + self.say("met" if reckoning.met else "missed") + self.say("stop")

    def prevents(self, reckoning: Reckoning) -> bool:
        """Whether a test is one for an outcome that is no decision: met, it stands in the way."""
        if reckoning.entry < 0 or self.rule.decide[reckoning.entry].carries:
            return False
        when = self.rule.decide[reckoning.entry].when
        return when is not None and reckoning.test in _asked_for(when)

    def outcome_of(self, reckoning: Reckoning) -> str:
        outcome = self.rule.decide[reckoning.entry].outcome if reckoning.entry >= 0 else ""
        return outcome_name(outcome, self.rules, self.language)

    def needed(self, needed: Needed, counted: str) -> str:
        test = needed.test
        amount = self.amount(test)
        if test.amount.of or test.amount.fewest_with:
            amount = self.say("comes_to", amount=amount, number=text_of(needed.comes_to))
        asked = self.comparison(test.comparator, amount)
        return self.say(
            "needed_missed" if needed.reckoning.met else "needed_met",
            reckoning=counted,
            amount=self.say(f"needed_{needed.relation}", amount=asked),
            rule=self.compared(needed.reckoning.test),
        )

    def joined(self, names: Iterable[str]) -> str:
        return text(self.language, "list.separator").join(names)

    def group(self, name: str) -> str:
        return self.quoted(self.rules.groups.get(name, {}), name)

    def role(self, name: str) -> str:
        return self.quoted(self.rules.roles.get(name, {}), name)

    def body(self, name: str) -> str:
        return self.quoted(self.rules.bodies.get(name, {}), name)

    def weight(self, name: str) -> str:
        weights = self.rules.weights.get(name)
        return self.quoted(weights.names if weights else {}, name)

    def rule_name(self, name: str) -> str:
        versions = self.rules.versions.get(name)
        return self.quoted(versions[-1].names if versions else {}, name)

    def quoted(self, names: Names, name: str) -> str:
        return named(names, self.language, _readable(name))


def _asked_for(condition: Condition) -> Iterator[Test]:
    """Yield the tests of a condition that it does not negate."""
    if isinstance(condition, Test):
        yield condition
    elif not isinstance(condition, Not):
        for each in condition.conditions:
            yield from _asked_for(each)


def _bound(reckoning: Reckoning) -> str:
    """Return what was needed or allowed: of whole numbers the first or last that will do."""
    required = reckoning.required
    comparator = reckoning.test.comparator
    exactly = {"at_least": math.ceil(required), "more_than": math.floor(required) + 1}
    exactly |= {"at_most": math.floor(required), "less_than": math.ceil(required) - 1}
    base = reckoning.base if reckoning.base is not None else 0
    if reckoning.counted.denominator == base.denominator == 1:
        return str(exactly[comparator])
    sign = {"more_than": "> ", "less_than": "< "}.get(comparator, "")
    return f"{sign}{text_of(required)}"
