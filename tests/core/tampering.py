"""Data that somebody wrote wrongly: one place of a file changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from comity.kernel.trees import Path


@dataclass(frozen=True)
class Scenario:
    """What stands in the place of what, the one fault that follows, and a part of its sentence."""

    title: str
    written: str
    instead: str
    code: str
    says: str = ""


def paths_in(value: Any, path: Path = ()) -> list[Path]:
    """Return the path of every value in data."""
    below = list(value.items() if isinstance(value, dict) else enumerate(value))
    found = [(*path, key) for key, _ in below]
    for key, each in below:
        if isinstance(each, dict | list):
            found += paths_in(each, (*path, key))
    return found


def changed(data: Any, path: Path, value: Any) -> Any:
    """Return data with another value at a path."""
    if not path:
        return value
    copied = dict(data) if isinstance(data, dict) else list(data)
    copied[path[0]] = changed(data[path[0]], path[1:], value)  # type: ignore[index]
    return copied
