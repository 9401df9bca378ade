"""A folder written beside the old one and put in its place in one step.

``path`` is a symbolic link to the folder written last, and is replaced by renaming a new link over
it: whoever opens it finds the old folder or the new one, whole, even if the machine stops midway.
Two cases fall short of that. Where ``path`` is a folder (written by an earlier version, or by hand)
it is moved aside first, and moved back if the new one cannot take its place. Where links cannot be
made, the folder itself takes the place in the same way. If the machine stops between those two
renames, the old folder lies beside the empty place, as ``.NAME.old-…``, and the next time mends it.
"""

from __future__ import annotations

import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Nothing takes as long to write: what is older was left by a process that was killed.
_ABANDONED_AFTER = 24 * 3600


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give the name of a folder to write, which takes the place of ``path`` at the end.

    If writing fails, what was there before stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        yield draft
        replaced = _put_in_place(draft, path)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    _remove([*replaced, *_abandoned(path)])


def _put_in_place(draft: Path, path: Path) -> list[Path]:
    """Let ``path`` lead to the draft; return what of our own it led to before."""
    before = os.readlink(path) if path.is_symlink() else ""
    new = _link_to(draft)
    if before or not path.exists():
        new.replace(path)
        ours = before.startswith(f".{path.name}.") and "/" not in before
        return [path.with_name(before)] if ours else []
    aside = path.with_name(f".{path.name}.old-{secrets.token_hex(8)}")
    path.rename(aside)
    try:
        new.rename(path)
    except OSError:
        aside.rename(path)
        raise
    return [aside]


def _link_to(folder: Path) -> Path:
    link = folder.with_name(f"{folder.name}.link")
    try:
        link.symlink_to(folder.name, target_is_directory=True)
    except (OSError, NotImplementedError):
        return folder
    return link


def _abandoned(path: Path) -> list[Path]:
    current = os.readlink(path) if path.is_symlink() else ""
    beside = path.parent.glob(f".{path.name}.*")
    latest = time.time() - _ABANDONED_AFTER
    return [each for each in beside if each.name != current and each.lstat().st_mtime < latest]


def _remove(paths: list[Path]) -> None:
    for each in paths:
        if each.is_symlink():
            each.unlink(missing_ok=True)
        else:
            shutil.rmtree(each, ignore_errors=True)
