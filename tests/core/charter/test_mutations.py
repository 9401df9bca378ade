"""However a charter is damaged, it is refused with a place and never with another exception."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.charter.bundle import bundle, from_bundle
from comity.charter.checks import ENTRY, REFERENCES
from comity.charter.load import FILES, load, of_parts, translation_files
from comity.charter.model import Charter
from comity.charter.parts import CODELISTS, TRANSLATIONS, Parts
from comity.kernel import documents
from comity.kernel.canonical import digest
from comity.kernel.errors import DataError, Fault
from comity.kernel.trees import Part, find

CLUB = Path(__file__).parents[1] / "data" / "club"
RULES = documents.read(CLUB / "charter.yaml").data
TREE: dict[str, Any] = {"charter": RULES} | {
    name: documents.read(CLUB / file).data for name, file in FILES.items()
}
TREE[TRANSLATIONS] = {
    TRANSLATIONS: {file.stem: documents.read(file).data for file in translation_files(CLUB)}
}

# Reading takes some 25 ms, so few examples a run; the time of one is not what is tested.
few = settings(max_examples=30, deadline=None)

Path_ = tuple[str | int, ...]


def paths(value: Any, path: Path_ = ()) -> Iterator[Path_]:
    """Yield the path of every value below ``value``."""
    pairs: Any = ()
    if isinstance(value, dict):
        pairs = value.items()
    elif isinstance(value, list):
        pairs = enumerate(value)
    for key, each in pairs:
        yield (*path, key)
        yield from paths(each, (*path, key))


# Below the four files themselves, which a charter is given or not.
PATHS = [path for path in paths(TREE) if len(path) > 1]

JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**18), 10**18),
    st.text(max_size=12),
    st.sampled_from(["member", "all", "2001-13-45", "2001-01-01", "XA", "assembly", "07-31"]),
    st.lists(st.one_of(st.integers(), st.text(max_size=3), st.none()), max_size=3),
    st.dictionaries(st.text(max_size=5), st.one_of(st.integers(), st.text(max_size=3)), max_size=3),
    st.just([{"from": "2001-01-01"}, {"until": "2002-01-01"}]),
)


def read(tree: dict[str, Any]) -> Charter:
    """Read a charter from data by way of text, so that every value has a place."""

    def part(name: str) -> Part:
        return Part(documents.parse(json.dumps(tree[name], indent=1), f"{name}.yaml"))

    return of_parts(Parts(part("charter"), {name: part(name) for name in CODELISTS}))


def refused(tree: dict[str, Any]) -> tuple[Fault, ...]:
    with pytest.raises(DataError) as caught:
        read(tree)
    return caught.value.faults


def attempt(reader: Callable[[Any], Charter], data: Any) -> tuple[Fault, ...]:
    """Return the faults for which ``data`` is refused; what is read must also travel."""
    try:
        charter = reader(data)
    except DataError as error:
        return error.faults or (Fault("no_fault", "refused without a fault"),)
    assert from_bundle(bundle(charter)) == charter
    return ()


def at(tree: Any, path: Path_) -> Any:
    for step in path:
        tree = tree[step]
    return tree


def with_value(path: Path_, value: Any) -> dict[str, Any]:
    tree = copy.deepcopy(TREE)
    at(tree, path[:-1])[path[-1]] = value
    return tree


def test_undamaged_the_club_is_read() -> None:
    assert read(TREE) == load(CLUB)


@few
@given(path=st.sampled_from(PATHS), value=JUNK)
def test_any_value_anywhere_is_read_or_refused_with_a_place(path: Path_, value: Any) -> None:
    faults = attempt(read, with_value(path, value))
    assert all(fault.place and fault.place.line for fault in faults)
    assert all(fault.code and fault.found for fault in faults)


@few
@given(path=st.sampled_from(PATHS), several=st.lists(st.sampled_from(PATHS), max_size=3))
def test_deleting_is_read_or_refused_with_a_place(path: Path_, several: list[Path_]) -> None:
    tree = copy.deepcopy(TREE)
    for each in sorted({path, *several}, key=lambda one: (len(one), str(one)), reverse=True):
        del at(tree, each[:-1])[each[-1]]
    assert all(fault.place and fault.place.line for fault in attempt(read, tree))


@few
@given(path=st.sampled_from(PATHS))
def test_a_value_of_no_right_type_is_always_refused(path: Path_) -> None:
    assert refused(with_value(path, [[]]))


def _has_known_keys(path: Path_) -> bool:
    """In translations any text is a key."""
    return isinstance(at(TREE, path), dict) and path[0] != TRANSLATIONS


@few
@given(path=st.sampled_from([each for each in PATHS if _has_known_keys(each)]))
def test_a_key_that_nobody_knows_is_always_refused(path: Path_) -> None:
    tree = copy.deepcopy(TREE)
    at(tree, path)["No Such Key"] = {}
    codes = {fault.code for fault in refused(tree)}
    assert codes & {"unknown_key", "malformed_identifier"}


@few
@given(path=st.sampled_from([each for each in PATHS if isinstance(at(TREE, each), list)]))
def test_an_entry_given_twice_is_read_or_refused(path: Path_) -> None:
    tree = copy.deepcopy(TREE)
    entries = at(tree, path)
    entries.append(copy.deepcopy(entries[0]) if entries else "member")
    codes = {fault.code for fault in attempt(read, tree)}
    assert codes <= {
        "repeated_value", "versions_overlap", "duplicate_stage", "duplicate_code",
        "impossible_position",
    }  # fmt: skip


@pytest.mark.parametrize("pattern", [each for each, _ in REFERENCES])
def test_a_dangling_reference_is_always_told_at_its_place(pattern: str) -> None:
    section = dict(REFERENCES)[pattern]
    name = "ZZ" if section == "parties" else "no_such_name"
    section_named = pattern.partition(".")[0]
    root = section_named if section_named in TREE else "charter"
    found = [path for path, _ in find(TREE[root], pattern)]
    assert found, "the club uses every kind of reference"
    faults = refused(with_value((root, *found[-1]), name))
    told = [fault for fault in faults if fault.code == f"unknown_{ENTRY[section]}"]
    assert told
    assert all(fault.place and fault.place.file == f"{root}.yaml" for fault in told)


@few
@given(value=st.recursive(JUNK, lambda each: st.lists(each, max_size=3), max_leaves=5))
def test_any_value_is_no_bundle(value: Any) -> None:
    with pytest.raises(DataError):
        from_bundle(value)


@few
@given(path=st.sampled_from(list(paths(bundle(load(CLUB))))), value=JUNK)
def test_a_damaged_bundle_is_read_or_refused(path: Path_, value: Any) -> None:
    data = json.loads(json.dumps(bundle(load(CLUB))))
    at(data, path[:-1])[path[-1]] = value
    assert all(fault.place for fault in attempt(from_bundle, data))


@few
@given(path=st.sampled_from(list(paths(bundle(load(CLUB))))), value=JUNK)
def test_a_damaged_bundle_of_the_recorded_digest_never_crashes(path: Path_, value: Any) -> None:
    """Who made the record may have written anything under its digest."""
    data = json.loads(json.dumps(bundle(load(CLUB))))
    at(data, path[:-1])[path[-1]] = value
    try:
        recorded = digest(data)
        charter = from_bundle(data, recorded=recorded)
    except DataError as error:
        told = [fault.code for fault in error.faults]
    else:
        told = [charter.digest]
    assert told


def test_a_bundle_of_the_recorded_digest_is_read_as_it_stands(club: Charter) -> None:
    data = json.loads(json.dumps(bundle(club)))
    assert from_bundle(data, recorded=club.digest) == club
