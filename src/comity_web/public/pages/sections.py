"""The rooms of an organisation's part of the site, in the order in which they are offered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, gettext_noop

if TYPE_CHECKING:
    from comity_web.public.pages.reader import Reader

# The first step of the address after the organisation, and the label.
SECTIONS = {
    "": gettext_noop("Overview"),
    "parties": gettext_noop("Parties"),
    "bodies": gettext_noop("Bodies"),
    "rights": gettext_noop("Rights"),
    "timeline": gettext_noop("Timelines"),
    "growth": gettext_noop("Growth"),
    "map": gettext_noop("Map"),
    "charter": gettext_noop("Charter"),
    "offices": gettext_noop("Offices"),
    "plans": gettext_noop("Plans"),
    "acts": gettext_noop("Acts"),
    "compare": gettext_noop("Compare"),
    "sources": gettext_noop("Sources"),
}


def sections(reader: Reader, chosen: str) -> list[dict[str, Any]]:
    """Return a link for each section; ``chosen`` is the step of the one that the page is in."""
    return [
        {
            "label": gettext(label),
            "url": reader.address(step) if step else reader.address(),
            "current": step == chosen,
        }
        for step, label in SECTIONS.items()
    ]
