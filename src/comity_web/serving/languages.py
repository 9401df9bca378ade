"""The language of an address; where it names none, the one that the reader prefers."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.urls import register_converter
from django.utils.translation import trans_real


class LanguageConverter:
    """The first step of every address: a language of the site."""

    regex = "en|ru|zh"

    def to_python(self, value: str) -> str:
        """Return the language."""
        return value

    def to_url(self, value: str) -> str:
        """Return the step of the address."""
        return value


register_converter(LanguageConverter, "language")


def preferred_language(request: HttpRequest) -> str:
    """Return the language of the site that the browser prefers."""
    offered = dict(settings.LANGUAGES)
    header = request.headers.get("Accept-Language", "")
    for wanted, _ in trans_real.parse_accept_lang_header(header):
        language = wanted.partition("-")[0]
        if language in offered:
            return language
    return settings.LANGUAGE_CODE
