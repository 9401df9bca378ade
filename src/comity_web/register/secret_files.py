"""Secrets that an instance makes for itself at its first start and keeps in its own folder."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def read_or_create(path: Path, make: Callable[[], bytes]) -> bytes:
    """Return the secret kept at ``path``, made by ``make`` if there is none yet.

    The file is for its owner alone (0600). It appears whole or not at all, and of two processes
    that start at once the first one's secret is kept by both.
    """
    if not path.exists():
        private_folder(path.parent)
        draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(make())
                file.flush()
                os.fsync(file.fileno())
            _keep_first(draft, path)
        finally:
            draft.unlink(missing_ok=True)
    return path.read_bytes()


def private_folder(path: Path) -> None:
    """Make a folder for its owner alone (0700); one that is there already stays as it is."""
    if not path.is_dir():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir(mode=0o700, exist_ok=True)


def private_file(path: Path) -> None:
    """Make an empty file for its owner alone (0600), unless it is there or its folder is not.

    SQLite takes an empty file for a new database, and gives its logs the same rights.
    """
    if path.parent.is_dir() and not path.exists():
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _keep_first(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)
    except FileExistsError:
        return
