"""Signs of life on standard error: on a terminal, and nowhere else."""

from __future__ import annotations

import io
import sys

import pytest

from comity.cli.progress import at_work, progress_bar


class Terminal(io.StringIO):
    """What somebody looks at."""

    def isatty(self) -> bool:
        return True


def on(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO) -> io.StringIO:
    """Put a stream in the place of standard error; pytest would undo it between set-up and test."""
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    return stream


def test_a_terminal_is_told_what_is_being_done(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = on(monkeypatch, Terminal())
    with at_work("Counting", quiet=False):
        pass
    assert "Counting" in terminal.getvalue()


def test_who_asked_for_quiet_is_told_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = on(monkeypatch, Terminal())
    with at_work("Counting", quiet=True), progress_bar(quiet=True) as tell:
        assert tell is None
    assert terminal.getvalue() == ""


def test_a_file_is_told_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    file = on(monkeypatch, io.StringIO())
    with at_work("Counting", quiet=False):
        pass
    assert file.getvalue() == ""
