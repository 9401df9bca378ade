"""Tags of the user interface."""

from __future__ import annotations

from django import template
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()

# The first file names the layers, so the order of the others does not matter.
STYLESHEETS = (
    "layers",
    "reset",
    "tokens",
    "base",
    "layout",
    "components/masthead",
    "components/breadcrumbs",
    "components/languages",
    "components/question",
    "components/figures",
    "components/years",
    "components/roster",
    "components/chip",
    "components/grounds",
    "components/facts",
    "components/rights",
    "components/timeline",
    "components/cards",
    "components/notice",
    "components/colophon",
    "utilities",
    "print",
)


@register.simple_tag
def stylesheets() -> SafeString:
    """Link every stylesheet, one component a file."""
    return format_html_join(
        "\n",
        '<link rel="stylesheet" href="{}">',
        ((static(f"ui/{name}.css"),) for name in STYLESHEETS),
    )
