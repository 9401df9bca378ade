"""What is said of a record that was verified, wherever it lay."""

from __future__ import annotations

from collections.abc import Iterator

from comity.cli.tables import Page
from comity.kernel.canonical import JSON
from comity.register.export import VerifiedExport
from comity.wording.catalogue import text


def verified_data(found: VerifiedExport, *, given: bool) -> dict[str, JSON]:
    """Return what was verified, for machines; ``given`` says whether the reader gave the key."""
    return {
        "verified": True,
        "origin": found.log.checkpoint.origin,
        "leaves": found.log.size,
        "root": found.log.root.hex(),
        "closed": found.closed,
        "law_checked": found.law_checked,
        "law_not_checked_for": list(found.with_closed),
        "key_given": given,
        "earlier_leaves": found.log.earlier.size if found.log.earlier else None,
        "organisations": [
            {"id": each.charter.id, "acts": len(each.acts), "rules": each.charter.digest}
            for each in found.register.organisations
        ],
    }


def show_verified(page: Page, place: object, found: VerifiedExport) -> None:
    """Print what was verified, but for the key."""
    page.line(say(page, "verified", path=place), style="bold")
    for line in _lines(page, found):
        page.line(line, indent=2)


def _lines(page: Page, found: VerifiedExport) -> Iterator[str]:
    log = found.log
    yield say(page, "log", origin=log.checkpoint.origin, leaves=log.size, closed=found.closed)
    yield say(page, "root", root=log.root.hex())
    if log.earlier:
        yield say(page, "grown", leaves=log.earlier.size)
    for each in found.register.organisations:
        yield say(
            page,
            "organisation",
            id=each.charter.id,
            acts=len(each.acts),
            digest=each.charter.digest,
        )
    yield say(page, "law_checked" if found.law_checked else "law_not_checked")
    if found.law_checked and found.with_closed:
        yield say(page, "law_closed", organisations=", ".join(found.with_closed))


def say(page: Page, key: str, /, **values: object) -> str:
    """Return a sentence on a record in the language of the page."""
    return text(page.language, f"record.{key}", **values)
