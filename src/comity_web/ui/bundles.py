"""One stylesheet and one script for the whole site, joined from one file a component.

A first view asks for three files after the page: the stylesheet, the script and the mark. Joining
is all the build there is; the names with hashes and the compression come with `collectstatic`.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage

_HERE = Path(__file__).parent
_STYLES, _SCRIPTS = _HERE / "styles", _HERE / "scripts"
_HTMX = _HERE / "vendor" / "htmx" / "htmx.min.js"


def stylesheet() -> str:
    """Return all styles; the first file names the layers, so the order of the others is free."""
    return _joined([_STYLES / "layers.css", *sorted(_STYLES.rglob("*.css"))])


def script() -> str:
    """Return all scripts, those of others first."""
    return _joined([_HTMX, *sorted(_SCRIPTS.glob("*.js"))])


def _joined(files: Iterable[Path]) -> str:
    return "\n".join(file.read_text("utf-8").rstrip() for file in dict.fromkeys(files)) + "\n"


class BundleFinder(BaseFinder):
    """Find the joined files, written anew where a component changed."""

    _MADE = ("ui/site.css", "ui/site.js")

    def __init__(self, *_: Any, **__: Any) -> None:
        self.storage = FileSystemStorage(location=settings.VAR / "bundles")

    def check(self, **_: Any) -> list[CheckMessage]:
        """Have nothing to say: there is nothing to set."""
        return []

    def find(self, path: str, find_all: bool = False, **_: Any) -> Any:
        """Return the path of a joined file; nothing for any other."""
        if path not in self._MADE:
            return [] if find_all else None
        self._write()
        found = self.storage.path(path)
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Any:  # noqa: ARG002
        """Yield the joined files and where they are kept."""
        self._write()
        for path in self._MADE:
            yield path, self.storage

    def _write(self) -> None:
        for path, text in zip(self._MADE, (stylesheet(), script()), strict=True):
            file = Path(self.storage.path(path))
            if not file.exists() or file.read_text("utf-8") != text:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, "utf-8")
