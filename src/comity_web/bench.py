"""Measure appending: ``python -m comity_web.bench [--database URL]``.

Acts are appended through the one service that appends, durably, first one by one and then in
batches, to a fresh SQLite file, or to the empty database that ``--database`` names.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from itertools import islice
from time import perf_counter

import django
from django.core.management import call_command

from comity.charter.model import Charter
from comity.cli.benchmark import synthetic
from comity.cli.benchmark.figures import Figure
from comity.kernel.act import Act
from comity.register.register import Register

BATCH = 500


def main() -> int:
    """Measure and print; the exit code is 1 if a figure misses its limit."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="comity-bench-") as folder:
        url = options.database or f"sqlite:///{folder}/bench.sqlite3"
        os.environ |= {
            "COMITY_DATABASE_URL": url,
            "COMITY_VAR": folder,
            "DJANGO_SETTINGS_MODULE": "comity_web.config.settings",
        }
        django.setup()
        call_command("migrate", verbosity=0)
        print(f"appending to {url.partition(':')[0]}, {options.organisations} organisations")
        figures = list(_measure(options.single, options.batched, options.organisations))
    for figure in figures:
        held = "" if figure.held else "  missed"
        print(
            f"{figure.name:<45}{figure.value:>12.3f} {figure.unit} (limit {figure.limit:g}){held}"
        )
    return 0 if all(figure.held for figure in figures) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m comity_web.bench", description=__doc__)
    parser.add_argument("--database", help="an empty database, postgresql://user@host/name")
    parser.add_argument("--single", type=int, default=2_000, help="acts one by one (2000)")
    parser.add_argument("--batched", type=int, default=20_000, help="acts in batches (20000)")
    parser.add_argument("--organisations", type=int, default=50, help="organisations (50)")
    return parser.parse_args()


def _measure(single: int, batched: int, organisations: int) -> Iterator[Figure]:
    charters, stream = synthetic.register(single + batched, organisations)
    acts = iter(list(stream))
    yield _timed(
        "one act, one by one, durable", [[act] for act in islice(acts, single)], charters, 2.0
    )
    batches = [list(islice(acts, BATCH)) for _ in range(-(-batched // BATCH))]
    yield _timed(f"one act, in batches of {BATCH}, durable", batches, charters, 0.2)


def _timed(name: str, batches: list[list[Act]], charters: list[Charter], limit: float) -> Figure:
    # Imported late: models can be imported only after ``django.setup``.
    from comity_web.register.head import Head  # noqa: PLC0415
    from comity_web.register.services import append  # noqa: PLC0415

    head = Head(lambda: Register(charters))
    number = sum(len(each) for each in batches)
    start = perf_counter()
    for batch in batches:
        append(batch, head=head, acting_user="bench", acting_for="bench", as_recorded=True)
    return Figure(name, (perf_counter() - start) / number * 1000, "ms", limit)


if __name__ == "__main__":
    sys.exit(main())
