"""Addresses: of answers, of the pages that say the same to people, and of the head of the log.

The pages belong to another application; they are known here by the names of their addresses.
"""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from comity_web.api.answers.parts import Log
from comity_web.register.selectors import Present

ROOT = "/api/v1"


def api_url(*steps: str) -> str:
    """Return the address of an answer, without what is asked."""
    return "/".join((ROOT, *(quote(each, safe="") for each in steps)))


def html_urls(page: str, suffix: str = "", **names: str) -> dict[str, str]:
    """Return the address of a page in each language of the site; nothing where there is none."""
    languages = [code for code, _ in settings.LANGUAGES]
    try:
        return {
            each: reverse(page, kwargs={"language": each, **names}) + suffix for each in languages
        }
    except NoReverseMatch:
        return {}


def log_head(present: Present) -> Log:
    """Return the head of the log that the present state was read at."""
    root = present.frontier.root().hex()
    return Log(origin=settings.LOG_ORIGIN, size=present.size, root=root)
