"""The rules that the register was made under: every edition, and which of them is in use."""

from __future__ import annotations

import json
from functools import lru_cache

from comity.charter.bundle import bundle, from_bundle
from comity.charter.model import Charter
from comity.kernel.canonical import encode
from comity.kernel.errors import Fault, IntegrityError
from comity.register.records import from_bytes
from comity_web.register.models import Edition, Entry

RULES_RECORDED = "rules_recorded"


def current_charters() -> list[Charter]:
    """Return the rules in use: of each organisation the edition that its last act names."""
    return [charter(digest) for digest in _recorded_digests().values()]


def all_charters() -> list[Charter]:
    """Return every edition of the rules that an act names, oldest first."""
    rows = Entry.objects.filter(kind=RULES_RECORDED).order_by("position")
    digests = [_digest(bytes(leaf)) for leaf in rows.values_list("leaf", flat=True)]
    return [charter(digest) for digest in dict.fromkeys(digests)]


def digest_in_use(organisation: str) -> str:
    """Return the digest of the organisation's rules in use, or nothing where it has none."""
    return _recorded_digests().get(organisation, "")


def keep(charter: Charter) -> None:
    """Keep an edition of the rules, if it is not kept already."""
    if not Edition.objects.filter(digest=charter.digest).exists():
        text = encode(bundle(charter)).decode()
        Edition.objects.create(digest=charter.digest, organisation=charter.id, bundle=text)


@lru_cache(maxsize=256)
def charter(digest: str) -> Charter:
    """Return the rules with a digest; raises `IntegrityError` if they are missing or others."""
    text = Edition.objects.filter(digest=digest).values_list("bundle", flat=True).first()
    found = from_bundle(json.loads(text), recorded=digest) if text else None
    if found is None or found.digest != digest:
        state = "are not those kept under it" if found else "are not in the database"
        raise IntegrityError(Fault("rules_differ", f"the rules {digest} {state}"))
    return found


def _recorded_digests() -> dict[str, str]:
    rows = Entry.objects.filter(kind=RULES_RECORDED).order_by("position")
    named = rows.values_list("organisation", "leaf")
    return {organisation: _digest(bytes(leaf)) for organisation, leaf in named}


def _digest(leaf: bytes) -> str:
    return from_bytes(leaf).detail("digest")
