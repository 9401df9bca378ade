"""What was answered lately, kept in this process: no more than fits in its memory."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock


class Kept:
    """Contents by name, those asked for least lately forgotten first.

    Nothing kept is ever stale, because a name says all that its content depends on.
    """

    def __init__(self, limit: int) -> None:
        """Begin with nothing; ``limit`` is in bytes of content."""
        self._limit = limit
        self._size = 0
        self._contents: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, name: str) -> bytes | None:
        """Return what is kept under a name."""
        with self._lock:
            if name in self._contents:
                self._contents.move_to_end(name)
            return self._contents.get(name)

    def keep(self, name: str, content: bytes) -> None:
        """Keep a content, unless it alone is more than everything may be."""
        if len(content) > self._limit:
            return
        with self._lock:
            self._size += len(content) - len(self._contents.pop(name, b""))
            self._contents[name] = content
            while self._size > self._limit:
                _, forgotten = self._contents.popitem(last=False)
                self._size -= len(forgotten)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._contents.clear()
            self._size = 0

    def __len__(self) -> int:
        return len(self._contents)
