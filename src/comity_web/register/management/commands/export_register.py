"""Write the public record to a folder."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from comity_web.register.exporting import export_register


class Command(BaseCommand):
    """Write the public record as files that anyone can keep and check."""

    help = "Write the public record (log, rules, acts) to a folder; an older one is replaced."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the folder."""
        parser.add_argument("path", nargs="?", type=Path, default=settings.VAR / "register")

    def handle(self, path: Path, **_: object) -> None:
        """Export, and say what was written."""
        checkpoint = export_register(path)
        self.stdout.write(f"{path}: {checkpoint.size} entries, root {checkpoint.root.hex()}")
