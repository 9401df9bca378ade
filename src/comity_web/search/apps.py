"""The application's name."""

from __future__ import annotations

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Django's entry for this application."""

    name = "comity_web.search"
    label = "search"
