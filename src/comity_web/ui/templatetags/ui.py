"""Tags of the user interface."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from comity.wording import catalogue
from comity_web.ui.columns import columns

register = template.Library()


@register.simple_tag
def assets() -> SafeString:
    """Link the stylesheet and the script."""
    return format_html(
        '<link rel="stylesheet" href="{}">\n<script src="{}" defer></script>',
        static("ui/site.css"),
        static("ui/site.js"),
    )


@register.simple_tag
def year_columns(figure: Mapping[str, Any]) -> SafeString:
    """Draw columns by year."""
    return SafeString(columns(figure, gettext("Years")))


@register.simple_tag
def why(answer: Mapping[str, Any]) -> SafeString:
    """Link to the page that gives the grounds of an answer in full: its ``why``, if it has one."""
    url = answer.get("why")
    if not url:
        return SafeString("")
    return SafeString(f'<a class="why" href="{escape(url)}">{escape(gettext("Why?"))}</a>')


@register.simple_tag
def whys(answers: Iterable[Mapping[str, Any]]) -> SafeString:
    """List answers by their names, each leading to the page that gives its grounds."""
    pairs = ((each["why"], each["name"]) for each in answers)
    items = format_html_join("", '<li><a class="why" href="{}">{}</a></li>', pairs)
    return format_html('<ul class="whys">{}</ul>', items)


@register.simple_tag
def path(steps: Iterable[Mapping[str, Any]]) -> SafeString:
    """Draw in brief how something became what it is: each step with its tint and years."""
    return format_html('<ol class="path">{}</ol>', format_html_join("", "{}", map(_step, steps)))


def _step(step: Mapping[str, Any]) -> tuple[SafeString]:
    until = f"–{step['until']}" if step["until"] else ""
    item = format_html("{} <span>{}{}</span>", step["name"], step["from"], until)
    if not step["to_come"]:
        return (format_html('<li class="tint-{}">{}</li>', step["shade"], item),)
    later = gettext("still to come on this day")
    drawn = '<li class="path-later tint-{}">{} <span class="visually-hidden">({})</span></li>'
    return (format_html(drawn, step["shade"], item, later),)


@register.simple_tag
def grounds(answer: Mapping[str, Any]) -> SafeString:
    """List what an answer rests on, each ground with its link, and what is in doubt about it.

    A tag and not a part of a template, and text put together by hand: a page may draw it hundreds
    of times, and `format_html` takes eight times as long.
    """
    rests_on = (_ground(each["kind"], each["label"], each["url"]) for each in answer["grounds"])
    doubts = (f"<li>{escape(each['text'])}</li>" for each in answer.get("doubts", ()))
    return SafeString(_items("grounds", rests_on) + _items("doubts", doubts) + why(answer))


def _ground(kind: str, label: str, url: str) -> str:
    said = f'<a href="{escape(url)}">{escape(label)}</a>' if url else escape(label)
    return f'<li class="ground-{escape(kind)}">{said}</li>'


def _items(name: str, items: Iterable[str]) -> str:
    """Return a list, and nothing where it would be empty."""
    lines = "\n".join(items)
    return f'<ul class="{name}">\n{lines}\n</ul>\n' if lines else ""


_IN_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_tag
def marked(text: Mapping[str, Any]) -> SafeString:
    """Write a text with what was found in it marked; a tag, because a file would add a blank."""
    drawn = ("<mark>{}</mark>" if each["found"] else "{}" for each in text["parts"])
    pieces = zip(drawn, text["parts"], strict=True)
    return SafeString("".join(format_html(form, part["text"]) for form, part in pieces))


@register.simple_tag
def linked_data(things: Iterable[Mapping[str, Any]]) -> SafeString:
    """Write what a page is about as JSON-LD: data, which no browser runs."""
    scripts = (json.dumps(each, ensure_ascii=False).translate(_IN_SCRIPT) for each in things)
    return SafeString(
        "\n".join(f'<script type="application/ld+json">{each}</script>' for each in scripts)
    )


@register.filter
def listed(texts: Iterable[str]) -> str:
    """Join texts as the language lists them."""
    return catalogue.listed(_language(), texts)


@register.simple_tag
def separator() -> str:
    """Write what stands between the entries of a list in the language."""
    return catalogue.text(_language(), "list.separator")


@register.simple_tag
def full_stop(text: str) -> str:
    """Write the full stop that a text still needs, as "2017 г." does not."""
    return catalogue.full_stop(_language(), text)


@register.simple_tag
def alternatives(links: Iterable[Mapping[str, Any]]) -> SafeString:
    """List links of which one may be meant, as the language does."""
    written = (f'<a href="{escape(each["url"])}">{escape(each["label"])}</a>' for each in links)
    return SafeString(catalogue.alternatives(_language(), written))


def _language() -> str:
    """Return the language that is active, English where it has no sentences of the core."""
    active = get_language() or ""
    return active if active in catalogue.LANGUAGES else "en"


@register.simple_tag
def options(values: Iterable[Mapping[str, Any]]) -> SafeString:
    """List what a form lets its reader choose, each with its count."""
    return SafeString("\n".join(map(_option, values)))


def _option(value: Mapping[str, Any]) -> str:
    chosen = " selected" if value["chosen"] else ""
    label = f"{escape(value['label'])} ({value['count']})"
    return f'<option value="{escape(value["value"])}"{chosen}>{label}</option>'


@register.simple_tag
def counted(values: Iterable[Mapping[str, Any]]) -> SafeString:
    """List links, each with the number of what it leads to."""
    items = (
        f"<li>{_link(each['url'], each['label'])} "
        f'<span class="facet-count">{each["count"]}</span></li>'
        for each in values
    )
    return SafeString("<ul>\n{}\n</ul>".format("\n".join(items)))


@register.simple_tag
def joined(links: Iterable[Mapping[str, Any]], *texts: str) -> SafeString:
    """Write links and texts in one line.

    A tag, and text put together by hand as in `grounds`: a list may have hundreds of them.
    """
    named = separator().join(_link(each["url"], each["name"]) for each in links)
    return SafeString(" · ".join(filter(None, [named, *map(escape, texts)])))


def _link(url: str, text: str) -> str:
    return f'<a href="{escape(url)}">{escape(text)}</a>'
