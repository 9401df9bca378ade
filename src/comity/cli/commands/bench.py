"""``comity bench``: measure comity on this machine."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from comity.cli.benchmark import decisions, measure, spells, treaties
from comity.cli.benchmark.figures import Figure
from comity.cli.context import Session, common
from comity.cli.tables import Page
from comity.kernel.canonical import JSON
from comity.wording.catalogue import text


@click.command(
    "bench",
    epilog="""\b
Examples:
  comity bench
  comity bench --acts 1000000
  comity bench --spells memberships.csv.gz
  comity bench --decisions
  comity bench --treaties
  comity bench --treaties --replay deposits.csv.gz
""",
)
@click.option("--acts", default=100_000, show_default=True, type=click.IntRange(min=500))
@click.option("--organisations", default=500, show_default=True, type=click.IntRange(min=1))
@click.option("--seed", default=1, show_default=True, help="Same seed, same acts.")
@click.option(
    "--spells",
    "table",
    type=click.Path(path_type=Path, exists=True),
    metavar="FILE",
    help="Instead: load a table of membership spells and compare every answer with it.",
)
@click.option("--decisions", "of_decisions", is_flag=True, help="Instead: measure decisions.")
@click.option("--treaties", "of_treaties", is_flag=True, help="Instead: measure treaties.")
@click.option(
    "--replay",
    "deposits",
    type=click.Path(path_type=Path, exists=True),
    metavar="FILE",
    help="With --treaties: replay a table of deposits, compressed CSV.",
)
@common
def command(
    session: Session,
    acts: int,
    organisations: int,
    seed: int,
    table: Path | None,
    of_decisions: bool,
    of_treaties: bool,
    deposits: Path | None,
) -> int:
    """Measure load, questions, verification and memory on a synthetic register.

    Every part runs in a process of its own. The exit code is 1 if a figure misses its limit.
    """
    figures = measure.run(acts, organisations, seed)
    if table:
        figures = spells.measure(table)
    elif of_decisions:
        figures = decisions.measure(seed)
    elif of_treaties:
        figures = treaties.measure(seed, session.root, deposits)
    found = _emit(session, figures) if session.as_json else _show(session, figures)
    return 0 if all(figure.held for figure in found) else 1


def _emit(session: Session, figures: Iterable[Figure]) -> list[Figure]:
    found = [*figures]
    rows: list[JSON] = [
        {"name": f.name, "value": f"{f.value:.3f}", "unit": f.unit, "held": f.held} for f in found
    ]
    session.emit({"figures": rows})
    return found


def _show(session: Session, figures: Iterable[Figure]) -> list[Figure]:
    """Print each figure as it comes: the whole may take minutes."""
    page = Page(session)
    found = []
    for figure in figures:
        limit = (
            text(page.language, "record.limit", limit=f"{figure.limit:g}") if figure.limit else ""
        )
        missed = "" if figure.held else text(page.language, "record.missed")
        page.line(
            f"{figure.name:<45}{figure.value:>14,.3f} {figure.unit:<4} {limit} {missed}".rstrip()
        )
        found.append(figure)
    return found
