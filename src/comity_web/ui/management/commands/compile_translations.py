"""Compile the translations of the site."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand

import comity_web
from comity_web.ui.catalogues import compile_catalogue


class Command(BaseCommand):
    """Write the ``.mo`` beside every ``.po``; needs no GNU gettext."""

    help = "Write the .mo beside every .po of the site; needs no GNU gettext."

    def handle(self, **_: object) -> None:
        """Compile, and name what was written."""
        for path in sorted(Path(comity_web.__file__).parent.rglob("*.po")):
            target = path.with_suffix(".mo")
            target.write_bytes(compile_catalogue(path))
            self.stdout.write(str(target))
