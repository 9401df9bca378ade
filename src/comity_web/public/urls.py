"""Addresses of the public site."""

from __future__ import annotations

from django.urls import path, register_converter

from comity_web.public import views


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

ORGANISATION = "<language:language>/<str:organisation>/"

urlpatterns = [
    path("", views.root, name="root"),
    path("<language:language>/", views.organisations, name="organisations"),
    path(ORGANISATION, views.organisation, name="organisation"),
    path(f"{ORGANISATION}parties/<str:party>/", views.party, name="party"),
    path(f"{ORGANISATION}acts/<str:act>/", views.act, name="act"),
    path(f"{ORGANISATION}articles/<str:article>/", views.article, name="article"),
]
