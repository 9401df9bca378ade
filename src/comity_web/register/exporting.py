"""The public record as files: written beside the old ones and put in their place in one step.

``path`` is a symbolic link to the folder written last, and is replaced by renaming a new link over
it: whoever opens it finds the old record or the new one, whole, even if the machine stops midway.
Two cases fall short of that. Where ``path`` is a folder (written by an earlier version, or by hand)
it is moved aside first, and moved back if the new one cannot take its place. Where links cannot be
made, the folder itself takes the place in the same way. If the machine stops between those two
renames, the old record lies beside the empty place, as ``.NAME.old-…``, and a new export mends it.
"""

from __future__ import annotations

import os
import secrets
import shutil
import time
from pathlib import Path

from django.db import connection, transaction

from comity.charter.model import Charter
from comity.kernel.errors import DataError, Fault
from comity.register.export import write_export
from comity.tlog.checkpoint import Checkpoint as SignedCheckpoint
from comity_web.register.editions import all_charters
from comity_web.register.models import Checkpoint, Entry
from comity_web.register.signing import verifier_key

# No export takes as long: what is older was left by one that was killed.
_ABANDONED_AFTER = 24 * 3600


def export_register(path: Path) -> SignedCheckpoint:
    """Write the whole public record to ``path``, which holds the old or the new one, whole.

    Nothing is signed here: the record is written under the checkpoint that was signed when its
    last entry was recorded. Raises `IntegrityError` if that does not cover the entries in the
    database; then what was exported before stays.
    """
    entries, charters, note = _read()
    if not note and not entries:
        found = "the register holds nothing"
        raise DataError(Fault("nothing_to_export", found, "at least one act"))
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        checkpoint = write_export(
            draft, entries=entries, charters=charters, signed=note, verifier=verifier_key()
        )
        replaced = _put_in_place(draft, path)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    _remove([*replaced, *_abandoned(path)])
    return checkpoint


def _read() -> tuple[list[bytes], list[Charter], str]:
    """Read entries, editions of the rules and checkpoint as they stood at one instant."""
    with transaction.atomic(durable=True):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        note = Checkpoint.objects.order_by("-size").values_list("note", flat=True).first()
        rows = Entry.objects.order_by("position").values_list("leaf", flat=True)
        entries = [bytes(leaf) for leaf in rows.iterator(chunk_size=5000)]
        return entries, all_charters(), note or ""


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
