"""Record the organisations in a folder."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from comity.kernel.errors import ComityError
from comity_web.register.importing import import_organisations


class Command(BaseCommand):
    """Take organisations in from their folders; running it again changes nothing."""

    help = "Record the rules and acts of organisations; running it again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the folder and who acts."""
        parser.add_argument("path", nargs="?", type=Path, default=settings.ORGANISATIONS)
        parser.add_argument("--user", default="import", help="who enters the acts")
        parser.add_argument("--for", dest="acting_for", default="register", help="on whose behalf")

    def handle(self, path: Path, user: str, acting_for: str, **_: object) -> None:
        """Import, and say what came."""
        try:
            came = import_organisations(path, acting_user=user, acting_for=acting_for)
        except ComityError as error:
            raise CommandError(str(error)) from error
        for each in came:
            rules = "new rules" if each.new_rules else "rules as before"
            self.stdout.write(f"{each.organisation}: {each.acts} new acts, {rules}")
