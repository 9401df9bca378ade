"""What every page is set in: its language, its address, the same in other languages and as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext


def shell(
    request: HttpRequest,
    page: Mapping[str, Any],
    language: str,
    *,
    given: Sequence[tuple[str, str]] = (),
    json_url: str = "",
) -> dict[str, Any]:
    """Return what the template of every page reads.

    ``given`` is what the page was asked, which its other languages are asked too. The same as data
    is at ``json_url``; left out, at the address of the page.
    """
    path = escape_uri_path(request.path)
    rest = path.removeprefix(f"/{language}/")
    asked = f"?{urlencode(given)}" if given else ""
    return {
        "page": page,
        "request_path": path,
        "here": f"{path}{asked}",
        "language": language,
        "direction": "rtl" if language in settings.LANGUAGES_BIDI else "ltr",
        "languages": [
            {
                "code": code,
                "name": name,
                "url": f"/{code}/{rest}{asked}",
                "current": code == language,
            }
            for code, name in settings.LANGUAGES
        ],
        "json_url": json_url or f"{path}?{urlencode([*given, ('format', 'json')])}",
    }


def first_step(language: str) -> dict[str, str]:
    """Return where the trail of every page begins; the reader's language is active."""
    return {"label": gettext("Organisations"), "url": f"/{language}/"}
