"""The files that belong to the project, whether or not it is a Git checkout."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
# What tools and the instance write, all of it in .gitignore.
NOT_OURS = {"var", "build", "dist", "__pycache__", "node_modules"}
KEPT_DOTS = {".ci", ".editorconfig", ".gitattributes", ".gitignore"}


def project_files(folder: Path = ROOT) -> Iterator[Path]:
    """Yield every file of the project, sorted."""
    for path in sorted(folder.iterdir()):
        name = path.name
        if name in NOT_OURS or name.endswith(".egg-info"):
            continue
        if name.startswith(".") and name not in KEPT_DOTS:
            continue
        if path.is_dir() and not path.is_symlink():
            yield from project_files(path)
        elif path.is_file():
            yield path


def text_of(path: Path) -> str:
    """Return the text of a file, or nothing where it is not text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def name_of(path: Path) -> str:
    """Return the path as the project knows it."""
    return path.relative_to(ROOT).as_posix()
