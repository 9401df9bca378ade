"""Signs of life for what takes longer than a moment; on standard error, only on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress

_WORTH_A_BAR = 20_000


@contextmanager
def progress_bar(
    *, quiet: bool, worth: int = _WORTH_A_BAR
) -> Iterator[Callable[[int, int], None] | None]:
    """Give a function to tell how much is done of how much, or ``None`` where nobody looks.

    Nothing is shown where there is not more than ``worth`` to do.
    """
    if quiet or not sys.stderr.isatty():
        yield None
        return
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, visible=False)

        def tell(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, visible=total > worth)

        yield tell


@contextmanager
def at_work(said: str, *, quiet: bool) -> Iterator[None]:
    """Say what is being done while it is, where nobody can tell how much of it is left."""
    if quiet or not sys.stderr.isatty():
        yield
        return
    with Console(stderr=True).status(said):
        yield
