"""Conditions of entry into force in words, and the classes and weights that they name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from comity.decision.model import HEADS
from comity.decision.numbers import text_of
from comity.kernel.dates import Period
from comity.treaty.model import (
    ALL,
    CONSENTS,
    SIGNATORIES,
    TOTAL,
    Certified,
    Class,
    Condition,
    Every,
    InForce,
    Not,
    Test,
    Together,
    Treaty,
    WeightTable,
    leaves_of,
)
from comity.wording.catalogue import listed, plural
from comity.wording.dates import period_text
from comity.wording.decisions import share_text
from comity.wording.treaty_names import Voice, readable


def condition_text(condition: Condition, voice: Voice, *, inside: bool = False) -> str:
    """Return what a condition asks for; its article is said where it is not that of the entry."""
    entry = voice.treaty.entry
    own = condition.article if entry is None or condition.article != entry.article else ""
    if isinstance(condition, Not):
        said = voice.shared("not", condition=condition_text(condition.condition, voice))
    elif isinstance(condition, Together):
        word = voice.shared("or" if condition.any else "and")
        said = word.join(condition_text(each, voice, inside=True) for each in condition.conditions)
        said = voice.shared("bracket", condition=said) if inside or own else said
    else:
        said = leaf_text(condition, voice)
    return said + voice.cited(own)


def leaf_text(leaf: Test | Every | Certified | InForce, voice: Voice) -> str:
    """Return what a single test asks for."""
    if isinstance(leaf, Certified):
        return voice.say("certified", what=readable(leaf.what))
    if isinstance(leaf, InForce):
        return voice.say("in_force", treaty=voice.title(leaf.treaty))
    if isinstance(leaf, Every):
        key, values = _form("every", leaf, voice)
        return voice.say(key, who=voice.group(leaf.among), without=_without(leaf, voice), **values)
    if leaf.weight != HEADS:
        return _weighed(leaf, voice)
    return _share_of_heads(leaf, voice) if leaf.amount.of else _number(leaf, voice)


def _number(test: Test, voice: Voice) -> str:
    number = text_of(test.amount.number) + _extra(test, voice)
    form = plural(voice.language, test.amount.number + test.amount.plus)
    amount = voice.shared(test.comparator, amount=number)
    instruments = voice.instruments(test.kinds)
    if instruments:
        said = voice.say(f"deposited_{form}", amount=amount, kinds=instruments)
    else:
        said = voice.say(f"consented_{form}", amount=amount) + _by_kinds(test, voice)
    return said + _among(test, voice) + _without(test, voice)


def _share_of_heads(test: Test, voice: Voice) -> str:
    values = {
        "share": _share(test, voice),
        "base": _base(test, voice),
        "extra": _extra(test, voice),
        "without": _without(test, voice),
    }
    alike = test.amount.of == test.among
    key, form = _form("share" if alike else "number", test, voice)
    among = {} if alike else {"among": _among(test, voice)}
    return voice.say(key, **values, **form, **among)


def _weighed(test: Test, voice: Voice) -> str:
    instruments = voice.instruments(test.kinds) if test.kinds else ""
    kinds = {"kinds": instruments} if instruments else {"by_kinds": _by_kinds(test, voice)}
    among = voice.say("of_these", who=voice.group(test.among)) if test.among != ALL else ""
    key = "depositors" if instruments else "consenters"
    who = voice.say(key, among=among, without=_without(test, voice), **kinds)
    weight = voice.weight(test.weight)
    return voice.say("weighed", who=who, weight=weight, amount=_weight(test, voice))


def _weight(test: Test, voice: Voice) -> str:
    amount = test.amount
    if not amount.of:
        number = text_of(amount.number) + _extra(test, voice)
        return voice.say("weigh_number", amount=voice.shared(test.comparator, amount=number))
    values = {"share": _share(test, voice), "extra": _extra(test, voice)}
    if amount.of == TOTAL:
        return voice.say("weigh_total", **values)
    if amount.of == CONSENTS:
        weight = voice.weight(amount.of_weight or test.weight)
        return voice.say("weigh_consents", weight=weight, **values)
    without = _without(test, voice)
    return voice.say("weigh_class", base=_base(test, voice), without=without, **values)


def _form(key: str, leaf: Test | Every, voice: Voice) -> tuple[str, dict[str, str]]:
    """Return whether instruments are spoken of or consents, and of which kinds."""
    instruments = voice.instruments(leaf.kinds)
    if instruments:
        return f"{key}_deposited", {"kinds": instruments}
    return f"{key}_consented", {"by_kinds": _by_kinds(leaf, voice)}


def _by_kinds(leaf: Test | Every, voice: Voice) -> str:
    return voice.say("by_kinds", kinds=voice.kinds(leaf.kinds)) if leaf.kinds else ""


def _among(test: Test, voice: Voice) -> str:
    return voice.say("among", who=voice.group(test.among)) if test.among != ALL else ""


def _without(leaf: Test | Every, voice: Voice) -> str:
    return voice.say("without", who=voice.groups(leaf.without)) if leaf.without else ""


def _base(test: Test, voice: Voice) -> str:
    if test.amount.of in (ALL, CONSENTS, TOTAL):
        return voice.say("consenting")
    return voice.group(test.amount.of)


def _share(test: Test, voice: Voice) -> str:
    share = share_text(test.amount.number, voice.language)
    return voice.shared(test.comparator, amount=share)


def _extra(test: Test, voice: Voice) -> str:
    amount = test.amount
    said = voice.shared(f"rounded_{amount.rounded}") if amount.rounded and amount.of else ""
    return said + (voice.shared("plus", number=text_of(amount.plus)) if amount.plus else "")


def class_sentences(voice: Voice) -> Iterator[str]:
    """Yield who is meant by every class that the rules of a treaty name, in the order named."""
    classes = voice.treaty.classes
    for name in _closed(_named(voice.treaty), classes.keys() - {ALL, SIGNATORIES}, voice.treaty):
        found = classes[name]
        size = voice.say("counted_as", number=found.size) if found.size is not None else ""
        yield voice.say(
            "defined",
            name=voice.group(name),
            what=_what(found, voice) + size,
            without=voice.say("but_not", who=voice.groups(found.without)) if found.without else "",
            at=_at(found, voice),
        )


def weight_sentences(voice: Voice) -> Iterator[str]:
    """Yield the total of every table of the weights that the rules of a treaty name."""
    for name in _weights(voice.treaty):
        weights = voice.treaty.weights.get(name)
        for table in weights.tables if weights else ():
            yield _table(name, table, voice)


def _table(name: str, table: WeightTable, voice: Voice) -> str:
    certified = table.certified
    return voice.say(
        "table",
        weight=voice.weight(name),
        total=text_of(table.total),
        period=_during("table_during", table.period, voice),
        certified=voice.say("table_certified", day=voice.day(certified)) if certified else "",
    )


def _what(found: Class, voice: Voice) -> str:
    if found.parties_of:
        return voice.say("parties_of", treaty=voice.title(found.parties_of))
    if found.members_of:
        return voice.say("members_of", body=voice.name(found.members_of))
    if found.having:
        own = found.having
        amount = voice.shared(own.comparator, amount=text_of(own.number))
        return voice.say("having", weight=voice.weight(own.weight), amount=amount)
    if found.largest:
        most = found.largest
        values = {"number": most.number, "weight": voice.weight(most.weight)}
        if most.among == ALL:
            return voice.say("largest", **values)
        return voice.say("largest_among", who=voice.group(most.among), **values)
    return _stated(found, voice)


def _stated(found: Class, voice: Voice) -> str:
    members = [_member(who, periods, voice) for who, periods in found.spells.items()]
    said = [listed(voice.language, members)] if members else []
    if found.any_of:
        said.append(voice.say("any_of", who=voice.groups(found.any_of)))
    return voice.series(said or [voice.say("tagged")])


def _member(who: str, periods: Iterable[Period], voice: Voice) -> str:
    limited = [each for each in periods if each != Period()]
    if not limited:
        return voice.name(who)
    period = voice.series(period_text(each, voice.language) for each in limited)
    return voice.say("member_during", name=voice.name(who), period=period)


def _during(key: str, period: Period, voice: Voice) -> str:
    return voice.say(key, period=period_text(period, voice.language)) if period != Period() else ""


def _at(found: Class, voice: Voice) -> str:
    if found.at is None:
        return ""
    if isinstance(found.at, str):
        return voice.say(f"at_{found.at}")
    return voice.say("at_day", day=voice.day(found.at))


def _named(treaty: Treaty) -> Iterator[str]:
    """Yield every class that the rules of a treaty name."""
    for leaf in leaves_of(treaty.entry.when) if treaty.entry else ():
        if isinstance(leaf, Test):
            yield from (leaf.among, leaf.amount.of, *leaf.without)
        elif isinstance(leaf, Every):
            yield from (leaf.among, *leaf.without)
    yield from treaty.signature.by if treaty.signature else ()
    for consent in treaty.consents:
        yield from (*consent.by, consent.accepted_by)
    for way in treaty.ways:
        yield from (way.among, *way.without)
    yield treaty.binds
    yield treaty.provisional.by if treaty.provisional else ""
    yield treaty.withdrawal.with_class if treaty.withdrawal else ""


def _closed(names: Iterable[str], known: set[str], treaty: Treaty) -> tuple[str, ...]:
    """Return classes and those that they are defined by, each once."""
    found: dict[str, None] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop(0)
        if name in known and name not in found:
            found[name] = None
            own = treaty.classes[name]
            waiting += [*own.any_of, *own.without, *([own.largest.among] if own.largest else [])]
    return tuple(found)


def _weights(treaty: Treaty) -> tuple[str, ...]:
    leaves = leaves_of(treaty.entry.when) if treaty.entry else ()
    tests = [each for each in leaves if isinstance(each, Test)]
    named = [name for each in tests for name in (each.weight, each.amount.of_weight)]
    for name in _closed(_named(treaty), set(treaty.classes), treaty):
        own = treaty.classes[name]
        named += [each.weight for each in (own.having, own.largest) if each]
    return tuple(dict.fromkeys(name for name in named if name in treaty.weights))
