"""Measure the site on this machine: under load, page by page, and in a browser.

Builds an instance in a temporary folder (the shipped organisations, and one that is made for
measuring: 100 parties, 10,000 acts), serves it with two workers as the demonstration does, and
prints tables in Markdown. What is measured as not kept is asked for on a different day each time.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from benchmarks import indico, instance, measure
from benchmarks.figures import Figure, of_figures
from benchmarks.instance import Site
from benchmarks.load import Failed

PARTS = ("load", "pages", "browser")
_EXAMPLES = """\
examples:
  make bench-site                                          all parts, without a peer
  make bench-site ARGS="--peer indico"                     beside Indico, round by round
  make bench-site ARGS="--only pages"                      every page of the SCO, one at a time
  make bench-site ARGS="--only load --rounds 1 --seconds 3"  a quick look

The exit code is 1 if a figure misses what was asked for.
"""


def main() -> int:
    """Measure what is asked for; returns the exit code."""
    options = _options()
    start = time.monotonic()

    def tell(what: str) -> None:
        print(f"{time.monotonic() - start:6.0f} s  {what}", file=sys.stderr, flush=True)

    try:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="comity-site-")))
            tell("preparing an instance")
            site = stack.enter_context(instance.served(folder / "site"))
            peer = None
            if options.peer:
                tell("installing and filling the peer: some minutes")
                venv = options.peer_environment or folder / "peer-environment"
                peer = stack.enter_context(indico.served(folder, venv))
            missed = [_run(part, site, peer, options, tell) for part in options.only or PARTS]
    except Failed as error:
        print(f"bench-site: {error}", file=sys.stderr)
        return 1
    print(f"\nLoad of the machine over the last quarter of an hour: {os.getloadavg()[2]:.1f}")
    return 1 if any(missed) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.site",
        description=__doc__,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--peer", choices=["indico"], help="measure a peer beside the site")
    parser.add_argument(
        "--peer-environment",
        type=Path,
        metavar="DIR",
        help="where the peer is installed, or will be and stay (a temporary folder)",
    )
    parser.add_argument("--only", choices=PARTS, action="append", help="a part; may be repeated")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of load (3)")
    parser.add_argument("--seconds", type=int, default=6, help="of load for a page (6)")
    return parser.parse_args()


def _run(
    part: str, site: Site, peer: Site | None, options: argparse.Namespace, tell: measure.Progress
) -> bool:
    """Measure one part and print it; returns whether a figure was missed."""
    figures: list[Figure] = []
    if part == "load":
        found = measure.loads(site, peer, rounds=options.rounds, seconds=options.seconds, tell=tell)
        lines = measure.load_table(found)
        figures = list(measure.memories(site, peer))
    elif part == "pages":
        figures, lines = measure.server_times(site, "sco", tell)
    else:
        figures, lines = measure.first_views(site, tell)
    _print(lines)
    _print(of_figures(figures))
    return "MISSED" in "".join(lines) or not all(each.held for each in figures)


def _print(lines: Iterable[str]) -> None:
    print("\n" + "\n".join(lines), flush=True)


if __name__ == "__main__":
    sys.exit(main())
