"""Where things are shown: the steps of an address below that of their organisation.

What has no page of its own is shown where it is named.
"""

from __future__ import annotations

from comity_web.search.index import Index
from comity_web.search.things import Thing

Place = tuple[tuple[str, ...], str]
"""The steps, and the part of the page."""


def place(index: Index, node: int, thing: Thing) -> Place:
    """Return where a thing is shown."""
    id = thing.id
    match thing.kind:
        case "organisation":
            return (), ""
        case "party":
            return ("parties", id), ""
        case "body":
            return ("bodies", id), ""
        case "office":
            return ("offices",), id
        case "status":
            return (), id
        case "right":
            return ("rights",), ""
        case "article":
            return ("articles", id), ""
        case "instrument":
            return _instrument(index.named_at(node), id)
        case "source":
            return ("sources", id), ""
        case "document" | "act":
            return ("acts", id), ""


def _instrument(named_at: tuple[str, ...], id: str) -> Place:
    """Return the instrument among the rules, if they take articles from it, else an act of it."""
    match named_at:
        case ("acts", _):
            return named_at, ""
        case ("articles", _):
            return ("charter",), id
    return ("charter",), ""
