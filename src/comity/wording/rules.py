"""One line for each rule of a charter, section by section."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from comity.charter.model import Charter, Notice
from comity.charter.queries import Rule
from comity.register.situation import in_language
from comity.wording import names
from comity.wording.catalogue import listed, text
from comity.wording.grounds import article_heading

_Line = Callable[[Any, Charter, date, str], str]


def rule_line(rule: Rule, charter: Charter, on: date, language: str) -> str:
    """Return what a rule says, in names of the day; a rule without more to say is named."""
    line = _LINES.get(rule.section)
    if line is not None:
        return line(rule.rule, charter, on, language)
    return in_language(rule.names, language) or rule.id


def _pair(language: str, name: str, *values: str) -> str:
    said = listed(language, (each for each in values if each))
    return text(language, "list.pair", name=name, value=said) if said else name


def _statuses(statuses: Iterable[str], charter: Charter, on: date, language: str) -> str:
    return listed(language, (names.status_name(charter, each, on, language) for each in statuses))


def _rights(rights: Iterable[str], charter: Charter, language: str) -> str:
    return listed(language, (names.right_name(charter, each, language) for each in rights))


def _bodies(bodies: Iterable[str], charter: Charter, on: date, language: str) -> str:
    return listed(language, (names.body_name(charter, each, on, language) for each in bodies))


def _count(rule: Any, charter: Charter, on: date, language: str) -> str:
    name = in_language(rule.names, language) or rule.id
    return _pair(language, name, _statuses(rule.statuses, charter, on, language))


def _path(rule: Any, charter: Charter, on: date, language: str) -> str:
    stages = (in_language(each.names, language) or each.id for each in rule.stages)
    return _pair(
        language, names.status_name(charter, rule.status, on, language), " → ".join(stages)
    )


def _seat(rule: Any, charter: Charter, on: date, language: str) -> str:
    parties = (charter.parties[each] for each in rule.parties if each in charter.parties)
    who = [in_language(each.names, language) or each.code for each in parties]
    if rule.status:
        who.insert(0, names.status_name(charter, rule.status, on, language))
    return _pair(language, listed(language, who), "" if rule.capacity == "full" else rule.capacity)


def _life(rule: Any, charter: Charter, on: date, language: str) -> str:
    into = names.body_name(charter, rule.into, on, language) if rule.into else ""
    return _pair(language, names.life_stage_name(rule.stage, language), into)


def _grant(rule: Any, charter: Charter, on: date, language: str) -> str:
    answer = in_language(rule.condition, language) if rule.answer == "conditional" else ""
    return text(language, "list.pairs").join(
        [
            _pair(
                language,
                _statuses(rule.statuses, charter, on, language),
                _rights(rule.rights, charter, language),
            ),
            _bodies(rule.bodies, charter, on, language),
            answer or names.answer_name(rule.answer, language),
        ]
    )


def _suspension(rule: Any, charter: Charter, on: date, language: str) -> str:
    if rule.becomes:
        status = names.status_name(charter, rule.becomes, on, language)
        effect = text(language, "rule.becomes", status=status)
    else:
        effect = text(language, "rule.loses", rights=_rights(rule.loses, charter, language))
    return _pair(language, _statuses(rule.statuses, charter, on, language), effect)


def _withdrawal(rule: Any, charter: Charter, on: date, language: str) -> str:
    statuses = _statuses(rule.statuses, charter, on, language)
    return _pair(language, statuses, *_notice(rule.notice, language))


def _notice(notice: Notice, language: str) -> Iterable[str]:
    if notice.notice_by and notice.effect:
        by, effect = ("{:02}-{:02}".format(*each) for each in (notice.notice_by, notice.effect))
        yield text(language, "rule.cutoff", notice_by=by, effect=effect)
    elif not notice.months and not notice.days:
        yield text(language, "rule.no_notice")
    if notice.months:
        yield text(language, "rule.months", number=notice.months)
    if notice.days:
        yield text(language, "rule.days", number=notice.days)


def _ending(rule: Any, charter: Charter, on: date, language: str) -> str:
    return _pair(
        language,
        _statuses(rule.statuses, charter, on, language),
        names.manner_name(rule.manner, language),
        _bodies(rule.by, charter, on, language),
    )


_LINES: Mapping[str, _Line] = {
    "articles": lambda rule, charter, _, language: article_heading(charter, rule, language),
    "counts": _count,
    "paths": _path,
    "composition": _seat,
    "life": _life,
    "grants": _grant,
    "suspension": _suspension,
    "withdrawal": _withdrawal,
    "endings": _ending,
    "languages": lambda rule, _, __, language: _pair(language, rule.code, rule.role),
}
