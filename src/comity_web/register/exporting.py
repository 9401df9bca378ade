"""The public record as files: written beside the old ones and put in their place in one step."""

from __future__ import annotations

import shutil
from pathlib import Path

from comity.register.export import write_export
from comity.tlog.checkpoint import Checkpoint
from comity_web.register.editions import all_charters
from comity_web.register.models import Entry
from comity_web.register.signing import signing_key


def export_register(path: Path) -> Checkpoint:
    """Write the whole public record to ``path``, which holds the old or the new one, whole."""
    draft, old = (path.with_name(f".{path.name}.{what}") for what in ("new", "old"))
    for each in (draft, old):
        shutil.rmtree(each, ignore_errors=True)
    rows = Entry.objects.order_by("position").values_list("leaf", flat=True)
    leaves = (bytes(leaf) for leaf in rows.iterator(chunk_size=5000))
    checkpoint = write_export(draft, entries=leaves, charters=all_charters(), key=signing_key())
    if path.exists():
        path.rename(old)
    draft.rename(path)
    shutil.rmtree(old, ignore_errors=True)
    return checkpoint
