"""The register's tables. Rows are added and never changed: the database itself refuses it.

The triggers that refuse are in the migration ``0002_append_only``.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact


class Entry(models.Model):
    """One act, as the leaf of the log at ``position``.

    ``leaf`` is what the log holds: the act's canonical JSON. The other columns repeat parts of
    it so that it can be found; who entered it, and for whom, is not part of the public leaf.
    """

    position = models.BigIntegerField(primary_key=True)
    organisation = models.CharField(max_length=100)
    act_id = models.CharField(max_length=200)
    kind = models.CharField(max_length=100)
    effective_on = models.CharField(max_length=10)
    recorded_at = models.DateTimeField()
    idempotency_key = models.CharField(max_length=200, unique=True, null=True)
    acting_user = models.CharField(max_length=200)
    acting_for = models.CharField(max_length=200)
    leaf = models.BinaryField()
    leaf_hash = models.BinaryField(max_length=32)

    class Meta:
        """Invariants that the database repeats."""

        constraints: ClassVar = [
            models.CheckConstraint(name="entry_position", condition=models.Q(position__gte=0)),
            models.CheckConstraint(
                name="entry_named",
                condition=~models.Q(organisation="") & ~models.Q(act_id="") & ~models.Q(kind=""),
            ),
            models.CheckConstraint(name="entry_hash", condition=Exact(Length("leaf_hash"), 32)),
            models.UniqueConstraint(name="entry_act", fields=["organisation", "act_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.organisation} {self.act_id}"


class Checkpoint(models.Model):
    """The signed head of the log after an append: ``size`` entries with the Merkle root ``root``.

    ``frontier`` is what is needed to extend the tree without reading it again, ``recorded_at``
    the instant of the last entry.
    """

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    frontier = models.BinaryField()
    note = models.TextField()
    recorded_at = models.DateTimeField()

    class Meta:
        """Invariants that the database repeats."""

        constraints: ClassVar = [
            models.CheckConstraint(name="checkpoint_size", condition=models.Q(size__gte=1)),
            models.CheckConstraint(name="checkpoint_root", condition=Exact(Length("root"), 32)),
            models.CheckConstraint(name="checkpoint_signed", condition=~models.Q(note="")),
        ]

    def __str__(self) -> str:
        return f"{self.size} {bytes(self.root).hex()}"


class Edition(models.Model):
    """One edition of an organisation's rules, as the acts of kind ``rules_recorded`` name it.

    The database holds the rules beside the record, so that it can be read, served and exported
    without the files that it was made from.
    """

    digest = models.CharField(max_length=100, primary_key=True)
    organisation = models.CharField(max_length=100)
    bundle = models.TextField()

    class Meta:
        """Invariants that the database repeats."""

        constraints: ClassVar = [
            models.CheckConstraint(
                name="edition_named",
                condition=models.Q(digest__startswith="sha256:") & ~models.Q(organisation=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.digest}"
