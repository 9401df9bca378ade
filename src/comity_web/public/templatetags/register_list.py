"""The rows of a list of acts.

Written here and not in a template: a list has up to a hundred rows, and a template takes five
times as long for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from comity_web.ui.templatetags.ui import joined

register = template.Library()


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
