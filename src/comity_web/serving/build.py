"""Which build of the site this is: the files it runs from, and the static files its pages name.

It is part of the name of every answer, so that after a deployment nobody goes on with a page of
the one before, whose stylesheet may be gone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.contrib.staticfiles.storage import staticfiles_storage

import comity
import comity_web

_MADE_BY_PYTHON = "__pycache__"


def build() -> str:
    """Return the name of this build: of the files it runs from, and of those it has collected.

    The static files count by their manifest; where there is none (in development) they have the
    same addresses whatever they hold.
    """
    return f"{_running()}{getattr(staticfiles_storage, 'manifest_hash', '')}"


@cache
def _running() -> str:
    """Return the digest of what this process was started from."""
    return digest_of(Path(str(each.__file__)).parent for each in (comity, comity_web))


def digest_of(folders: Iterable[Path]) -> str:
    """Return a digest of all files in folders, their names and what they hold."""
    found = hashlib.sha256()
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if file.is_file() and _MADE_BY_PYTHON not in file.parts:
                content = hashlib.sha256(file.read_bytes()).hexdigest()
                found.update(f"{file.relative_to(folder).as_posix()}\n{content}\n".encode())
    return found.hexdigest()[:32]
