"""A copy of a served record is its export, grows with it, and takes in only what is proved."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.cli.benchmark import synthetic
from comity.kernel.canonical import encode
from comity.kernel.errors import ComityError, DataError, IntegrityError
from comity.register import mirror as mirroring
from comity.register.export import write_export
from comity.register.mirror import Mirrored, mirror
from comity.register.records import to_bytes
from comity.tlog.checkpoint import Checkpoint
from comity.tlog.commitment import closed_leaf, commit
from comity.tlog.hashing import leaf_hash
from comity.tlog.note import SigningKey
from comity.tlog.tiles import entry_bundles, tiles
from comity.tlog.tree import Frontier, Tree

KEY = SigningKey.from_seed("league.example/log", bytes(range(32)))
OTHER = SigningKey.from_seed("league.example/log", bytes(range(1, 33)))
MOST = 1100
CHARTERS, _ACTS = synthetic.register(MOST, 3, seed=5)
ACTS = list(_ACTS)
CLOSED = closed_leaf(
    commit(b"secret", bytes(32)), organisation="org0000", recorded_at=ACTS[699].recorded_at
)
ENTRIES = [to_bytes(each) for each in ACTS]
ENTRIES[700:700] = [CLOSED]
EDGES = [3, 255, 256, 257, 512, 700, 701, MOST]
Files = dict[str, bytes]


class Site:
    """Serves files by path, and remembers what was asked for."""

    def __init__(self, served: Files) -> None:
        self.served = dict(served)
        self.asked: list[str] = []

    def fetch(self, path: str, most: int) -> bytes:
        self.asked.append(path)
        raw = self.served[path]
        assert len(raw) <= most + 64
        return raw


def files(folder: Path) -> Files:
    found = (each for each in folder.rglob("*") if each.is_file())
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in found}


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Files]:
    """Return the files of the export at a size; those whose rules no act names yet are left out."""

    @cache
    def made(size: int, key: SigningKey = KEY) -> Files:
        path = tmp_path_factory.mktemp("exports") / "record"
        charters = CHARTERS[: min(size, len(CHARTERS))]
        write_export(path, entries=ENTRIES[:size], charters=charters, key=key)
        return files(path)

    return made


def copied(site: Site | Files, path: Path, **options: object) -> Mirrored:
    site = site if isinstance(site, Site) else Site(site)
    return mirror(site.fetch, path, **options)  # type: ignore[arg-type]


def refused(site: Site | Files, path: Path, **options: object) -> ComityError:
    """Copy what must not be copied; whatever was there before stays as it was."""
    before = files(path)
    with pytest.raises(ComityError) as caught:
        copied(site, path, **options)
    assert files(path) == before
    assert [each.name for each in path.parent.iterdir() if each.name.startswith(".")] == []
    return caught.value


sizes = st.one_of(st.integers(1, MOST), st.sampled_from(EDGES))


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(sizes, min_size=1, max_size=3).map(sorted))
def test_the_copy_is_the_export_however_it_grew(
    steps: list[int], export: Callable[..., Files], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("copies") / "copy"
    before = 0
    for size in steps:
        made = copied(export(size), path)
        assert files(path) == export(size)
        assert (made.before.size if made.before else 0) == before
        assert made.found.log.size == size
        before = size
    shutil.rmtree(path.parent)


def test_only_what_is_new_is_fetched(export: Callable[..., Files], tmp_path: Path) -> None:
    path = tmp_path / "copy"
    assert copied(export(700), path).fetched == 7  # bundles and tiles 0, 1, 2, and the one above
    site = Site(export(701))
    assert copied(site, path).fetched == 2
    assert not {"log/tile/entries/000", "log/tile/0/000", "acts.csv"} & set(site.asked)
    assert not [each for each in site.asked if each.startswith("charters/")]
    again = Site(export(701))
    assert copied(again, path).fetched == 0
    assert len(again.asked) < 6


def test_the_progress_is_told(export: Callable[..., Files], tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    copied(export(300), tmp_path / "copy", progress=lambda *each: told.append(each))
    assert told == [*((number, 5) for number in range(1, 6)), (256, 300), (300, 300)]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_one_flipped_byte_anywhere_is_found(
    data: st.DataObject, export: Callable[..., Files], tmp_path_factory: pytest.TempPathFactory
) -> None:
    served = dict(export(701))
    name = data.draw(st.sampled_from(sorted(set(served) - {"acts.jsonl", "acts.csv"})))
    raw = bytearray(served[name])
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    path = tmp_path_factory.mktemp("copies") / "copy"
    error = refused({**served, name: bytes(raw)}, path, key=KEY.verifier)
    assert isinstance(error, IntegrityError)
    if name not in ("log/checkpoint", "register.vkey"):
        assert name.removeprefix("log/") in str(error)


@pytest.mark.parametrize(
    "name", ["log/tile/0/000", "log/tile/0/002.p/189", "log/tile/1/000.p/2", "log/tile/entries/001"]
)
@pytest.mark.parametrize("spoil", [lambda raw: raw[:-7], lambda raw: raw + b"more", lambda _: b""])
def test_a_file_of_another_length_is_named(
    export: Callable[..., Files], tmp_path: Path, name: str, spoil: Callable[[bytes], bytes]
) -> None:
    served = export(701)
    error = refused({**served, name: spoil(served[name])}, tmp_path / "copy")
    assert name.removeprefix("log/") in str(error)


@pytest.mark.parametrize("kind", ["tile/0/000", "tile/entries/000", "tile/1/000.p/2", "charters/"])
def test_a_file_that_is_not_served_is_named(
    export: Callable[..., Files], tmp_path: Path, kind: str
) -> None:
    served = dict(export(701))
    name = next(each for each in served if kind in each)
    del served[name]
    error = refused(served, tmp_path / "copy")
    assert error.code in ("missing_file", "missing_tile")
    assert name.removeprefix("log/") in str(error)


@pytest.mark.parametrize("name", ["register.vkey", "log/checkpoint"])
def test_where_no_record_is_served_that_is_said(
    export: Callable[..., Files], tmp_path: Path, name: str
) -> None:
    served = {path: raw for path, raw in export(3).items() if path != name}
    assert refused(served, tmp_path / "copy").code == "no_record_there"


# Growth


def signed(entries: list[bytes], key: SigningKey = KEY) -> str:
    frontier = Frontier().extend(leaf_hash(each) for each in entries)
    return Checkpoint.of(key.name, frontier).sign(key)


def rewritten(export: Callable[..., Files], size: int, leaf: int) -> Files:
    """What a keeper serves who changed one old act and signed the log anew."""
    entries = list(ENTRIES[:size])
    entries[leaf] = entries[leaf].replace(b"made for measuring", b"made for meddling")
    assert entries[leaf] != ENTRIES[leaf]
    tree = Tree(leaf_hash(each) for each in entries)
    log = {**dict(tiles(tree)), **dict(entry_bundles(entries)), "checkpoint": b""}
    log["checkpoint"] = signed(entries).encode()
    return {**export(size), **{f"log/{name}": raw for name, raw in log.items()}}


@pytest.mark.parametrize("leaf", [5, 300, 690])
@pytest.mark.parametrize("size", [701, 900, 1024])
def test_a_rewritten_log_is_refused_with_what_proves_it(
    export: Callable[..., Files], tmp_path: Path, leaf: int, size: int
) -> None:
    copied(export(700), tmp_path / "copy")
    served = rewritten(export, size, leaf)
    error = refused(served, tmp_path / "copy")
    assert error.code == "not_consistent"
    assert served["log/checkpoint"].decode() in str(error)
    assert copied(served, tmp_path / "new").found.log.size == size  # who knew nothing sees nothing


def test_a_log_that_shrank_is_refused(export: Callable[..., Files], tmp_path: Path) -> None:
    copied(export(701), tmp_path / "copy")
    assert refused(export(700), tmp_path / "copy").code == "log_shrank"


def test_a_kept_checkpoint_counts_as_well(export: Callable[..., Files], tmp_path: Path) -> None:
    kept = export(300)["log/checkpoint"]
    made = copied(export(700), tmp_path / "copy", earlier=kept)
    assert made.found.log.earlier
    assert made.found.log.earlier.size == 300
    error = refused(rewritten(export, 700, 5), tmp_path / "other", earlier=kept)
    assert error.code == "not_consistent"
    forged = signed(ENTRIES[:300], OTHER).encode()
    unknown = refused(export(700), tmp_path / "other", earlier=forged)
    assert unknown.code == "no_known_signature"
    assert "the earlier checkpoint: " in str(unknown)


def test_a_copy_remembers_the_key(export: Callable[..., Files], tmp_path: Path) -> None:
    copied(export(300), tmp_path / "copy")
    error = refused(export(700, OTHER), tmp_path / "copy")
    assert error.code == "wrong_key"
    assert str(KEY.verifier) in str(error)
    given_other = refused(export(700, OTHER), tmp_path / "copy", key=OTHER.verifier)
    assert "the copy from earlier is signed with" in str(given_other)


def test_a_key_that_is_given_is_expected(export: Callable[..., Files], tmp_path: Path) -> None:
    assert copied(export(3), tmp_path / "copy", key=KEY.verifier).key == KEY.verifier
    assert refused(export(3), tmp_path / "other", key=OTHER.verifier).code == "wrong_key"


def test_a_checkpoint_of_another_log_is_refused(
    export: Callable[..., Files], tmp_path: Path
) -> None:
    frontier = Frontier().extend(leaf_hash(each) for each in ENTRIES[:3])
    note = Checkpoint.of("another.example/log", frontier).sign(KEY)
    error = refused({**export(3), "log/checkpoint": note.encode()}, tmp_path / "copy")
    assert error.code == "wrong_origin"


# What lies here


def test_a_damaged_copy_is_told_from_a_damaged_site(
    export: Callable[..., Files], tmp_path: Path
) -> None:
    path = tmp_path / "copy"
    copied(export(700), path)
    bundle = path / "log" / "tile" / "entries" / "000"
    bundle.write_bytes(bundle.read_bytes().replace(b"measuring", b"measurinG", 1))
    error = refused(export(900), path)
    assert str(error).startswith("tile/entries/000: leaf ")
    assert "of the copy from earlier, which was damaged" in str(error)
    served = dict(export(900))
    served["log/tile/entries/003.p/132"] = served["log/tile/entries/003.p/132"][:-1] + b"x"
    shutil.rmtree(path)
    assert "from earlier" not in str(refused(served, path))


def test_a_folder_with_something_else_is_not_written_over(
    export: Callable[..., Files], tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis").write_text("ten years of work")
    assert refused(export(3), tmp_path / "mine").code == "not_empty"


def test_an_empty_folder_is_as_good_as_none(export: Callable[..., Files], tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    copied(export(3), tmp_path / "copy")
    assert files(tmp_path / "copy") == export(3)


# Logs made to do harm: well signed, by a key that nobody knows


def hostile(entries: list[bytes], **more: bytes) -> Files:
    tree = Tree(leaf_hash(each) for each in entries)
    log = {**dict(tiles(tree)), **dict(entry_bundles(entries))}
    return {
        **{f"log/{name}": raw for name, raw in log.items()},
        "log/checkpoint": signed(entries, OTHER).encode(),
        "register.vkey": f"{OTHER.verifier}\n".encode(),
        **more,
    }


def rules(organisation: object, digest: object) -> bytes:
    return encode(
        {
            "id": "rules",
            "organisation": organisation,
            "kind": "rules_recorded",
            "effective_on": "2026-01-01",
            "recorded_at": "2026-01-01T00:00:00Z",
            "details": {"digest": digest},
        }  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    "entry",
    [
        rules("../../elsewhere", "sha256:" + "0" * 64),
        rules("a/b", "sha256:" + "0" * 64),
        rules("..", "sha256:" + "0" * 64),
        rules("league", "sha256:../../../etc/x"),
        rules("league", "nothing"),
        rules("league", 7),
        rules("league", None),
        rules("league\n", "sha256:" + "0" * 64),
        rules(7, "sha256:" + "0" * 64),
        b"",
        b"no record",
        b"[]",
        b"{}",
        b'{"a":1e400}',
        b"[" * 30_000,
        b"\xff\xfe",
        ENTRIES[5].replace(b'"authority":{', b'"authority":[{').replace(b"},", b"}],", 1),
    ],
)
def test_whatever_was_signed_is_refused_by_a_sentence(entry: bytes, tmp_path: Path) -> None:
    error = refused(hostile([entry]), tmp_path / "in" / "copy")
    assert isinstance(error, IntegrityError)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["in"]


def test_a_log_without_end_is_not_copied(
    export: Callable[..., Files], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mirroring, "MOST_ENTRIES", 699)
    site = Site(export(700))
    error = refused(site, tmp_path / "copy")
    assert (type(error), error.code) == (DataError, "too_large")
    assert len(site.asked) < 8


def test_a_stated_size_costs_nothing_before_it_is_proved(tmp_path: Path) -> None:
    note = Checkpoint(OTHER.name, 2**62, bytes(32)).sign(OTHER)
    site = Site(hostile(ENTRIES[:3], **{"log/checkpoint": note.encode()}))
    refused(site, tmp_path / "copy")
    assert len(site.asked) < 5
