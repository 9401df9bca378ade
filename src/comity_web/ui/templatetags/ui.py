"""Tags of the user interface."""

from __future__ import annotations

from django import template

register = template.Library()
