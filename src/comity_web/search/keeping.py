"""The index of each register, brought up to the state that a reader asks about."""

from __future__ import annotations

from contextlib import suppress
from threading import Lock
from weakref import WeakKeyDictionary

from django.db import DatabaseError, connection

from comity.kernel.errors import IntegrityError
from comity.register.register import Register
from comity_web.register.selectors import Present, present
from comity_web.search.acts import enter_acts
from comity_web.search.charters import enter_charter
from comity_web.search.index import Index

_INDEXES: WeakKeyDictionary[Register, Index] = WeakKeyDictionary()
_FILLING = Lock()


def index_of(present: Present) -> Index:
    """Return the index of a register, which holds all that is known at this head, or more.

    It is filled once, and then act by act with what was recorded since. Who asks meanwhile waits;
    who asks about an earlier state does not.
    """
    index = _INDEXES.get(present.register)
    if index is None or _behind(index, present):
        with _FILLING:
            index = _INDEXES.get(present.register) or Index()
            try:
                _fill(index, present)
            except BaseException:
                _INDEXES.pop(present.register, None)  # half of it may be in
                raise
            _INDEXES[present.register] = index
    return index


def prepare() -> None:
    """Fill the index of the register as it stands, before a reader has to wait for it.

    Where the register cannot be read, this is left to the pages, which say why.
    """
    with suppress(DatabaseError, IntegrityError):
        now = present()
        if now.register not in _INDEXES:
            index_of(now)
            # For the names by which parties went, their histories were folded after each renaming.
            now.register.forget_histories()
    connection.close()


def _behind(index: Index, present: Present) -> bool:
    return any(
        index.entered.get(each.charter.id, -1) < present.acts(each.charter.id)
        for each in present.register.organisations
    )


def _fill(index: Index, present: Present) -> None:
    after = {}
    for record in present.register.organisations:
        organisation = record.charter.id
        before = index.entered.get(organisation)
        if before is None:
            enter_charter(index, record.charter)
        after[organisation] = max(before or 0, present.acts(organisation))
        enter_acts(index, record, before or 0, after[organisation])
    index.settle()
    index.entered |= after
