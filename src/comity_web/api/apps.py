"""The application's name."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Django's entry for this application."""

    name = "comity_web.api"
    label = "api"
