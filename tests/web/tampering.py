"""What an owner of the database can do to it, past the triggers but without the signing key."""

from __future__ import annotations

import re

from django.db import connection

from comity.tlog.checkpoint import Checkpoint as SignedCheckpoint
from comity.tlog.hashing import leaf_hash
from comity.tlog.note import SigningKey
from comity.tlog.tree import Frontier
from comity_web.register.models import Checkpoint, Entry
from comity_web.register.signing import verifier_key


def drop_triggers() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in ("register_entry", "register_checkpoint"):
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            return
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')


def alter_a_leaf() -> None:
    """Let the last act say something else, and the entry carry the hash of that."""
    drop_triggers()
    last = Entry.objects.order_by("-position")[0]
    year = re.compile(rb'(?<="effective_on":")\d{4}')
    leaf = year.sub(lambda found: b"%d" % (int(found[0]) + 1), bytes(last.leaf), count=1)
    assert leaf != bytes(last.leaf)
    Entry.objects.filter(position=last.position).update(leaf=leaf, leaf_hash=leaf_hash(leaf))


def forge_the_head() -> None:
    """Alter a leaf and make frontier, root and note fit it; only the signature is another's."""
    alter_a_leaf()
    leaves = Entry.objects.order_by("position").values_list("leaf", flat=True)
    frontier = Frontier().extend(leaf_hash(bytes(leaf)) for leaf in leaves)
    forger = SigningKey.from_seed(verifier_key().name, bytes(32))
    Checkpoint.objects.filter(size=frontier.size).update(
        root=frontier.root(),
        frontier=frontier.to_bytes(),
        note=SignedCheckpoint.of(forger.name, frontier).sign(forger),
    )


def fit_the_head() -> None:
    """Alter a leaf and make frontier and root fit it, but leave the note that was signed."""
    alter_a_leaf()
    leaves = Entry.objects.order_by("position").values_list("leaf", flat=True)
    frontier = Frontier().extend(leaf_hash(bytes(leaf)) for leaf in leaves)
    Checkpoint.objects.filter(size=frontier.size).update(
        root=frontier.root(), frontier=frontier.to_bytes()
    )
