"""Build the charter in memory from data that has passed the checks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar

from comity.charter import model
from comity.charter.checks import REFERENCES
from comity.charter.model import Charter, Names, Versions
from comity.charter.parts import TRANSLATIONS
from comity.charter.structure import parse_month_day, parse_position
from comity.kernel.dates import PartialDate, Period, parse_day, parse_instant
from comity.kernel.trees import find

T = TypeVar("T")
Data = Mapping[str, Any]
Reader = Callable[[Any], Any]


def build(tree: Data, *, extra_parties: Iterable[str] = ()) -> Charter:
    """Return the charter that a checked tree describes; its digest is still empty."""
    organisation = tree["organisation"]
    facets = _entries(model.Facet, tree.get("facets") or {"membership": {}})
    bases = tree.get("bases") or {"effect": {}}
    main_facet = next(iter(facets))
    return Charter(
        **_fields(Charter, organisation),
        statuses=_versions(model.Status, tree["statuses"], facet=main_facet),
        languages=_rules(model.Language, tree, "languages"),
        order_of_states=_rules(model.OrderOfStates, tree, "order_of_states"),
        instruments=_entries(model.Instrument, tree.get("instruments", {})),
        articles=_versions(model.Article, _defined(tree, "articles")),
        bases=_entries(model.Basis, bases),
        default_basis=next(
            (id for id, each in bases.items() if each.get("default")), next(iter(bases))
        ),
        facets=facets,
        counts=_versions(model.Count, tree.get("counts", {})),
        paths=_rules(model.Path, tree, "paths"),
        bodies=_versions(model.Body, _defined(tree, "bodies")),
        rights=_entries(model.Right, _defined(tree, "rights")),
        grants=_rules(model.Grant, tree, "grants"),
        suspension=_rules(model.SuspensionRule, tree, "suspension"),
        withdrawal=_rules(model.WithdrawalRule, tree, "withdrawal"),
        endings=_rules(model.Ending, tree, "endings"),
        offices=_versions(model.Office, tree.get("offices", {})),
        parties=_parties(tree, extra_parties),
        territories=_entries(model.Territory, tree.get("territories") or {}, key="code"),
        sources=_entries(model.Source, _defined(tree, "sources")),
        translations=_translations(tree),
    )


def _defined(tree: Data, section: str) -> Data:
    """Return a section's entries; where it is left out, the entries that rules name.

    Only self-contained cases get here with names that no section defines.
    """
    if tree.get(section):
        return dict(tree[section])
    patterns = [pattern for pattern, kind in REFERENCES if kind == section]
    names = [name for pattern in patterns for _, name in find(tree, pattern)]
    return {name: {} for name in names if name != model.ALL}


def _parties(tree: Data, extra: Iterable[str]) -> Mapping[str, model.Party]:
    given = tree.get("parties") or {}
    absent: Data = {code: {} for code in sorted(set(extra) - set(given))}
    return _entries(model.Party, {**given, **absent}, key="code")


def _translations(tree: Data) -> Mapping[str, Mapping[str, str]]:
    given = tree.get(TRANSLATIONS) or {}
    return MappingProxyType(
        {language: MappingProxyType(dict(given[language])) for language in given}
    )


def _rules(kind: Callable[..., T], tree: Data, section: str) -> tuple[T, ...]:
    return tuple(kind(**_fields(kind, each)) for each in tree.get(section, ()))


def _entries(kind: Callable[..., T], section: Data, *, key: str = "id") -> Mapping[str, T]:
    return MappingProxyType(
        {name: kind(**{key: name}, **_fields(kind, each)) for name, each in section.items()}
    )


def _versions(kind: Callable[..., Any], section: Data, **defaults: str) -> Mapping[str, Any]:
    return MappingProxyType(
        {name: _version(kind, name, each, defaults) for name, each in section.items()}
    )


def _version(
    kind: Callable[..., Any], name: str, data: Any, defaults: dict[str, str]
) -> Versions[Any]:
    several = data if isinstance(data, list) else [data]
    items = [kind(id=name, **{**defaults, **_fields(kind, each)}) for each in several]
    return Versions(tuple(sorted(items, key=_start)))


def _start(rule: Any) -> date:
    return rule.period.start or date.min


def _fields(kind: Any, data: Data) -> dict[str, Any]:
    """Return the fields of a rule: each key read as its field's meaning asks."""
    result = {
        key: _READERS.get((kind, key), _READERS.get(key, _plain))(value)
        for key, value in data.items()
        if key not in ("from", "until", "default")
    }
    if "from" in data or "until" in data:
        result["period"] = Period(_day(data.get("from")), _day(data.get("until")))
    return result


def _day(text: str | None) -> date | None:
    return parse_day(text) if text else None


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _text(value: str | int) -> str:
    return str(value)


def in_order(names: Mapping[str, str]) -> Names:
    """Return names with English first and the others by code: the first is used in default."""
    codes = sorted(names, key=lambda code: (code != "en", code))
    return MappingProxyType({code: names[code] for code in codes})


def _some(value: str | list[str]) -> tuple[str, ...]:
    """Return the names in a list; ``all``, ``[all]`` and ``[all, one]`` mean the same."""
    return (model.ALL,) if model.ALL in value else tuple(value)


def _partial(value: str | int) -> PartialDate:
    return PartialDate.parse(str(value))


def _each(kind: Callable[..., T]) -> Callable[[list[Data]], tuple[T, ...]]:
    return lambda items: tuple(kind(**_fields(kind, each)) for each in items)


def _capital(data: Data | list[Data]) -> Versions[model.Capital]:
    several = data if isinstance(data, list) else [data]
    items = [model.Capital(**_fields(model.Capital, each)) for each in several]
    return Versions(tuple(sorted(items, key=_start)))


def _rotation(data: Data) -> model.Rotation:
    return model.Rotation(**_fields(model.Rotation, data))


def _months(data: Data) -> int:
    return int(data.get("years", 0)) * 12 + int(data.get("months", 0))


def _notice(data: Data) -> model.Notice:
    cutoff = data.get("cutoff", {})
    return model.Notice(
        months=_months(data),
        days=data.get("days", 0),
        then=data.get("then", "same_day"),
        roll_over=data.get("month_end") == "roll_over",
        notice_by=parse_month_day(cutoff["notice_by"]) if cutoff else None,
        effect=parse_month_day(cutoff["effect"]) if cutoff else None,
        not_within_months=_months(data.get("not_within", {})),
    )


# How a key is read; (kind of rule, key) goes before the key alone.
_READERS: dict[Any, Reader] = {
    **dict.fromkeys(
        (
            "names",
            "plural_names",
            "short_names",
            "formal_names",
            "order_names",
            "title",
            "text",
            "condition",
        ),
        in_order,
    ),
    (Charter, "note"): in_order,
    (model.Body, "note"): in_order,
    (model.Body, "seat"): in_order,
    (model.Party, "note"): in_order,
    (model.Source, "title"): _text,
    "number": _text,
    "accessed": _text,
    "signed_on": _partial,
    "adopted_on": _partial,
    "in_force_on": _partial,
    "founded_on": parse_day,
    "dissolved_on": parse_day,
    "recorded_at": parse_instant,
    "bodies": _some,
    "loses": _some,
    "rights": _some,
    "gives_status_on": _some,
    "stages": _each(model.Stage),
    "composition": _each(model.Seat),
    "life": _each(model.LifeStage),
    "rotation": _rotation,
    "capital": _capital,
    "at": parse_position,
    "notice": _notice,
}
