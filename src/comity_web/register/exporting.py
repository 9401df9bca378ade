"""The public record as files."""

from __future__ import annotations

from pathlib import Path

from django.db import connection, transaction

from comity.charter.model import Charter
from comity.kernel.errors import DataError, Fault
from comity.register.export import write_export
from comity.tlog.checkpoint import Checkpoint as SignedCheckpoint
from comity_web.register.editions import all_charters
from comity_web.register.models import Checkpoint, Entry
from comity_web.register.replacing import replacing
from comity_web.register.signing import verifier_key


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
    with replacing(path) as draft:
        return write_export(
            draft, entries=entries, charters=charters, signed=note, verifier=verifier_key()
        )


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
