"""What the site is, how to read it, and how to check it."""

from __future__ import annotations

from django.utils.translation import gettext

from comity_web.public.pages.reader import Page
from comity_web.register.selectors import Present
from comity_web.serving.shell import first_step


def about(present: Present, language: str) -> Page:
    """Return the page that explains the site; it says nothing about any organisation."""
    title = gettext("About this site")
    feeds = [
        {"label": f"{record.charter.id}/{file}", "url": f"/{language}/{record.charter.id}/{file}"}
        for record in present.register.organisations
        for file in ("acts.atom", "calendar.ics")
    ]
    return {
        "title": title,
        "trail": [
            first_step(language),
            {"label": title, "url": f"/{language}/about/"},
        ],
        "address": "https://…",
        "links": [
            {"label": gettext("Open data"), "url": f"/{language}/data/"},
            {"label": gettext("Interface for machines"), "url": f"/{language}/api/"},
            *feeds,
            {"label": gettext("Map of the site"), "url": "/sitemap.xml"},
        ],
    }
