"""Where acts are filed as they are recorded, so that a question reads only what concerns it.

Files only grow. An entry carries the position at which it became known, so one file answers for
every moment of knowledge.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import Protocol

from comity.kernel.act import Act
from comity.register.kinds import REVISING

Entry = tuple[int, Act]
EVERYWHERE = "*"  # acts without a party that may change the status of all: mergers of statuses
INSTITUTIONS = "#"  # acts about offices and bodies
_INSTITUTIONAL = frozenset({"appointed", "left_office", "body_changed"})


class Files(Protocol):
    """Anything that can say which acts of a file were known at a position."""

    def known(self, file: str, count: int) -> list[Act]:
        """Return the acts in a file among the first ``count`` recorded, in order of recording."""

    def act(self, act_id: str) -> Act | None:
        """Return an act as recorded, or ``None``."""

    def files(self) -> Iterator[str]:
        """Name every party's file."""


class Filing:
    """The acts of one organisation, filed by party; positions count its own acts from 0."""

    def __init__(self, aliases: Mapping[str, str]) -> None:
        self._aliases = aliases
        self._files: dict[str, list[Entry]] = {EVERYWHERE: [], INSTITUTIONS: []}
        self._by_id: dict[str, Entry] = {}

    def add(self, position: int, act: Act) -> None:
        """File an act under everything it concerns."""
        self._by_id[act.id] = (position, act)
        for file in self.files_of(act):
            self._files.setdefault(file, []).append((position, act))
        if act.kind == "corrected":
            self._file_target_anew(position, act)

    def _file_target_anew(self, position: int, correction: Act) -> None:
        """A correction that adds a party files the target with that party from then on."""
        target = self.act(correction.detail("act"))
        if target is None:
            return
        for party in self._added_parties(correction):
            if party not in self.files_of(target):
                self._files[party].insert(-1, (position, target))

    def files_of(self, act: Act) -> tuple[str, ...]:
        """Return the files an act belongs in; a revision belongs where its target does."""
        if act.kind in REVISING:
            target = self.act(act.detail("act"))
            files = self.files_of(target) if target and target.id != act.id else ()
            return tuple(dict.fromkeys((*files, *self._added_parties(act))))
        parties = [*act.parties, *act.listed("predecessors"), act.detail("successor")]
        named = tuple(dict.fromkeys(self._aliases.get(each, each) for each in parties if each))
        if act.kind in _INSTITUTIONAL:
            return (*named, INSTITUTIONS)
        return named if named or act.kind != "statuses_merged" else (EVERYWHERE,)

    def _added_parties(self, act: Act) -> tuple[str, ...]:
        changes = act.details.get("changes")
        parties = changes.get("parties", ()) if isinstance(changes, Mapping) else ()
        named = parties if isinstance(parties, list | tuple) else ()
        return tuple(self._aliases.get(each, each) for each in named if isinstance(each, str))

    def known(self, file: str, count: int) -> list[Act]:
        """Return the acts in a file among the first ``count`` recorded."""
        entries = self._files.get(file, [])
        if entries and entries[-1][0] >= count:
            entries = entries[: bisect_left(entries, count, key=lambda entry: entry[0])]
        return [act for _, act in entries]

    def size(self, file: str, count: int) -> int:
        """Return how many acts of a file are among the first ``count`` recorded."""
        entries = self._files.get(file, [])
        if not entries or entries[-1][0] < count:
            return len(entries)
        return bisect_left(entries, count, key=lambda entry: entry[0])

    def act(self, act_id: str) -> Act | None:
        """Return an act as it was recorded, or ``None``."""
        entry = self._by_id.get(act_id)
        return entry[1] if entry else None

    def position(self, act_id: str) -> int:
        """Return the position of an act among those of the organisation."""
        return self._by_id[act_id][0]

    def files(self) -> Iterator[str]:
        """Name every party's file."""
        return (each for each in self._files if each not in (EVERYWHERE, INSTITUTIONS))

    def __contains__(self, act_id: str) -> bool:
        return act_id in self._by_id
