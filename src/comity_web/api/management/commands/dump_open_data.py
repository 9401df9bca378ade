"""Write open data to a folder."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from comity.cli.progress import progress_bar
from comity.kernel.dates import parse_day, parse_moment
from comity.kernel.errors import ComityError
from comity_web.api.opendata.dump import dump
from comity_web.register.questions import Question, today
from comity_web.register.selectors import present


class Command(BaseCommand):
    """Write every table of every organisation as CSV and JSON lines, with its description."""

    help = (
        "Write everything that the register holds as tables (CSV and JSON lines, one folder an "
        "organisation, each with a datapackage.json) to a folder; an older one is replaced. "
        "Progress is told on standard error, on a terminal."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the folder, and the question that the tables answer."""
        parser.add_argument("path", nargs="?", type=Path, default=settings.VAR / "open-data")
        parser.add_argument("--on", help="the day for tables about a day (today in UTC)")
        parser.add_argument("--known-at", help="a day or an instant: what was recorded by then")

    def handle(
        self, path: Path, on: str | None, known_at: str | None, verbosity: int, **_: object
    ) -> None:
        """Write, and say what was written."""
        try:
            question = _question(on, known_at)
            with progress_bar(quiet=verbosity == 0) as progress:
                done = dump(present(), path, question, progress)
        except ComityError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        self.stdout.write(
            f"{path}: {done.organisations} organisations, {done.acts} acts, {done.files} files"
        )


def _question(on: str | None, known_at: str | None) -> Question:
    day = today()
    return Question(
        on=parse_day(on) if on else day,
        today=day,
        known_at=parse_moment(known_at) if known_at else None,
    )
