"""The rows of lists of acts and of sources.

Written here and not in a template: a list has a hundred rows and more, and a template takes five
times as long for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext

from comity_web.ui.templatetags.ui import joined, listed

register = template.Library()
_LONGEST_URL = 60  # characters that are shown of an address


@register.simple_tag
def act_rows(acts: Iterable[Mapping[str, Any]]) -> SafeString:
    """List acts: the day, what it is, whom it is about and how sure it is."""
    chips = {
        "annulled": _chip("caution", gettext("annulled")),
        "corrected": _chip("caution", gettext("corrected")),
        "": "",
    }
    to_come = _chip("plain", gettext("still to come on this day"))
    rows = (
        _row(each, chips[each["revised"]] + (to_come if each["to_come"] else "")) for each in acts
    )
    return SafeString("\n".join(rows))


@register.simple_tag
def act_lines(acts: Iterable[Mapping[str, Any]]) -> SafeString:
    """List acts in short: the day, what it is and whom it is about; each ends its line."""
    return SafeString("".join(map(_line, acts)))


def _line(act: Mapping[str, Any]) -> str:
    about = escape(listed(act["parties"]))
    return (
        f'<li class="acts-item"><span class="acts-when">{escape(act["on_in_words"])}</span>'
        f'<div class="acts-what"><a class="acts-label" href="{escape(act["url"])}">'
        f"{escape(act['label'])}</a>"
        + (f'<p class="acts-more">{about}</p>' if act["parties"] else "")
        + "</div></li>\n"
    )


@register.simple_tag
def source_rows(sources: Iterable[Mapping[str, Any]]) -> SafeString:
    """List sources: what each is, how much of it was read, how much rests on it."""
    heads = {"acts": escape(gettext("Acts")), "articles": escape(gettext("Articles"))}
    return SafeString("".join(_source(each, heads) for each in sources))


def _source(source: Mapping[str, Any], heads: Mapping[str, str]) -> str:
    numbers = "".join(
        f'<td class="sources-number" data-label="{head}">{source[name]}</td>'
        for name, head in heads.items()
    )
    return (
        f'<tr><th scope="row"><a class="sources-title" href="{escape(source["address"])}">'
        f"{escape(source['title'])}</a>"
        f'<span class="sources-line">{" · ".join(_about(source))}</span></th>{numbers}</tr>\n'
    )


def _about(source: Mapping[str, Any]) -> Iterator[str]:
    if source["publisher"]:
        yield escape(source["publisher"])
    yield escape(source["read_in_words"])
    if source["accessed"]:
        yield escape(gettext("seen %(day)s") % {"day": source["accessed"]})
    if url := source["url"]:
        shown = escape(Truncator(url).chars(_LONGEST_URL))
        yield f'<a href="{escape(url)}" rel="noreferrer external">{shown}</a>'


def _chip(kind: str, text: str) -> str:
    return f' <span class="chip chip-{kind}">{escape(text)}</span>'


def _row(act: Mapping[str, Any], chips: str) -> str:
    note = f'<p class="acts-note">{escape(act["note"])}</p>' if act["note"] else ""
    doubt = f' <span class="acts-doubt">{escape(act["doubt"])}</span>' if act["doubt"] else ""
    return (
        f'<li class="acts-item"><span class="acts-when">{escape(act["on_in_words"])}</span>'
        f'<div class="acts-what"><a class="acts-label" href="{escape(act["url"])}">'
        f"{escape(act['label'])}</a>{chips}{note}"
        f'<p class="acts-more">{joined(act["parties"], act["body"], act["place"])}{doubt}</p>'
        "</div></li>"
    )
