"""Where acts are filed as they are recorded, so that a question reads only what concerns it.

Files only grow. An entry carries the position at which it became known, so one file answers for
every moment of knowledge. An act and everything that revises it are a *family*: wherever one of
them is filed all of them are, for a correction read without the one before it would mislead.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from comity.kernel.act import Act
from comity.register.kinds import REVISING
from comity.register.revision import as_revised

Entry = tuple[int, Act]
EVERYWHERE = "*"  # acts without a party that may change the status of all: mergers of statuses
INSTITUTIONS = "#"  # acts about offices and bodies
_INSTITUTIONAL = frozenset({"appointed", "left_office", "body_changed"})


class Filing:
    """The acts of one organisation, filed by party; positions count its own acts from 0.

    A filing may lie on another one, which it reads but never changes: so acts are tried before
    they are recorded.
    """

    def __init__(self, aliases: Mapping[str, str], below: Filing | None = None) -> None:
        self._aliases = aliases
        self._below = below
        self._files: dict[str, list[Entry]] = {}
        self._by_id: dict[str, Entry] = {}
        self._roots: dict[str, str] = {}
        self._families: dict[str, tuple[Act, ...]] = {}
        self._filed: dict[str, tuple[str, ...]] = {}
        self._predecessors: dict[str, list[tuple[int, str]]] = {}
        self._successors: dict[str, list[str]] = {}

    # Filing

    def add(self, position: int, act: Act) -> None:
        """File an act under everything it concerns."""
        self._by_id[act.id] = (position, act)
        if act.kind in REVISING:
            self._add_revision(position, act)
            return
        for file in self.files_named(act):
            self._files.setdefault(file, []).append((position, act))
        self._note_lineage(position, act)

    def _add_revision(self, position: int, act: Act) -> None:
        """File a revision with its family, and the family with whomever it names from now on."""
        root = self._root_of(act.detail("act"))
        if not root or root == act.id:
            return
        before = self._files_of(root)
        family = (*self.family(root), act)
        reading = as_revised(family)[0].get(root)
        named = self.files_named(reading) if reading else ()
        added = tuple(each for each in named if each not in before)
        for file in before:
            self._files.setdefault(file, []).append((position, act))
        for file in added:
            self._files.setdefault(file, []).extend((position, each) for each in family)
        self._roots[act.id] = root
        self._families[root] = family
        self._filed[root] = (*before, *added)
        if reading:
            self._note_lineage(position, reading)

    def _root_of(self, act_id: str) -> str:
        """Return the act that is revised in the end, if it is filed."""
        root = self._roots.get(act_id, "") or (self._below._root_of(act_id) if self._below else "")
        return root or (act_id if act_id in self._by_id else "")

    def _files_of(self, root: str) -> tuple[str, ...]:
        if root in self._filed:
            return self._filed[root]
        if self._below and root in self._below:
            return self._below._files_of(root)
        return self.files_named(self._by_id[root][1])

    def _note_lineage(self, position: int, act: Act) -> None:
        if act.kind == "succeeded":
            present = self._in_present_codes(act)
            successor = present.detail("successor")
            for each in present.listed("predecessors"):
                self._predecessors.setdefault(successor, []).append((position, each))
                self._successors.setdefault(each, []).append(successor)

    # What an act names

    def all_in_present_codes(self, acts: Iterable[Act]) -> list[Act]:
        """Return acts with the present codes of parties that they name by former ones."""
        return [self._in_present_codes(act) for act in acts] if self._aliases else list(acts)

    def _in_present_codes(self, act: Act) -> Act:
        named = (*act.parties, *act.listed("predecessors"), act.detail("successor"))
        if not any(each in self._aliases for each in named):
            return act
        details = dict(act.details)
        if act.kind == "succeeded":
            details["predecessors"] = [self._present(each) for each in act.listed("predecessors")]
            details["successor"] = self._present(act.detail("successor"))
        parties = tuple(self._present(each) for each in act.parties)
        return replace(act, parties=parties, details=details)

    def _present(self, code: str) -> str:
        return self._aliases.get(code, code)

    def files_named(self, act: Act) -> tuple[str, ...]:
        """Return the files that an act belongs in by what it says itself."""
        parties = [*act.parties, *act.listed("predecessors"), act.detail("successor")]
        named = tuple(dict.fromkeys(self._present(each) for each in parties if each))
        if act.kind in _INSTITUTIONAL:
            return (*named, INSTITUTIONS)
        return named if named or act.kind != "statuses_merged" else (EVERYWHERE,)

    # Reading

    def known(self, file: str, count: int) -> list[Act]:
        """Return the acts in a file among the first ``count`` recorded, in order of recording.

        An act that came into the file more than once stands there more than once.
        """
        entries = self._files.get(file, [])
        if entries and entries[-1][0] >= count:
            entries = entries[: bisect_left(entries, count, key=_position)]
        own = [act for _, act in entries]
        return self._below.known(file, count) + own if self._below else own

    def size(self, file: str, count: int) -> int:
        """Return how many entries of a file are among the first ``count`` recorded."""
        entries = self._files.get(file, [])
        below = self._below.size(file, count) if self._below else 0
        if not entries or entries[-1][0] < count:
            return below + len(entries)
        return below + bisect_left(entries, count, key=_position)

    def family(self, act_id: str, count: int | None = None) -> tuple[Act, ...]:
        """Return an act and what revises it, or revises that, in the order of recording."""
        root = self._root_of(act_id)
        own = self._families.get(root)
        if own is None:
            below = self._below.family(act_id) if self._below and act_id in self._below else ()
            own = below or (self._by_id[act_id][1],)
        return own if count is None else tuple(a for a in own if self.position(a.id) < count)

    def lineage(self, party: str, count: int) -> tuple[str, ...]:
        """Return a party and all before it: its predecessors, and theirs."""
        if not self._predecessors and not self._below:
            return (party,)
        found = [party]
        for each in found:
            for position, predecessor in self._predecessors_of(each):
                if position < count and predecessor not in found:
                    found.append(predecessor)
        return tuple(found)

    def _predecessors_of(self, party: str) -> list[tuple[int, str]]:
        below = self._below._predecessors_of(party) if self._below else []
        return below + self._predecessors.get(party, [])

    def _successors_of(self, party: str) -> list[str]:
        below = self._below._successors_of(party) if self._below else []
        return below + self._successors.get(party, [])

    def concerned(self) -> tuple[str, ...]:
        """Return whose history the acts of this filing may change, not counting those below it."""
        if EVERYWHERE in self._files:
            return tuple(self.files())
        found = list(_parties(self._files))
        for each in found:
            found += [later for later in self._successors_of(each) if later not in found]
        return tuple(found)

    def act(self, act_id: str) -> Act | None:
        """Return an act as it was recorded, or ``None``."""
        entry = self._by_id.get(act_id)
        if entry is None:
            return self._below.act(act_id) if self._below else None
        return entry[1]

    def position(self, act_id: str) -> int:
        """Return the position of an act among those of the organisation."""
        if act_id not in self._by_id and self._below:
            return self._below.position(act_id)
        return self._by_id[act_id][0]

    def files(self) -> Iterator[str]:
        """Name every party's file."""
        below = self._below.files() if self._below else ()
        return iter(dict.fromkeys((*below, *_parties(list(self._files)))))

    def __contains__(self, act_id: object) -> bool:
        return act_id in self._by_id or (self._below is not None and act_id in self._below)


def _position(entry: Entry) -> int:
    return entry[0]


def _parties(files: Iterable[str]) -> Iterator[str]:
    return (each for each in files if each not in (EVERYWHERE, INSTITUTIONS))
