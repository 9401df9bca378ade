"""The record as files at stable addresses: those of the export, and nothing that was not signed."""

from __future__ import annotations

import gzip
import random
import re
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.tlog.checkpoint import Checkpoint as SignedCheckpoint
from comity.tlog.hashing import leaf_hash
from comity.tlog.note import VerifierKey
from comity.tlog.tiles import TILE_WIDTH, TileId, bundle_ids, tile_ids
from comity_web.public import log_views
from comity_web.register.exporting import export_register
from comity_web.register.log_tree import LogTree
from comity_web.register.models import Edition, Entry
from comity_web.register.selectors import HEAD, signed_head
from comity_web.serving import whole
from comity_web.serving.answers import ANSWERS
from tests.web.registers import Growing
from tests.web.tampering import alter_a_leaf, drop_triggers, fit_the_head, forge_the_head

pytestmark = pytest.mark.usefixtures("database")

SIZES = [1, 255, 256, 257, 700]
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "public, no-cache"


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """Ask a site whose process has just started."""
    monkeypatch.setattr(log_views, "TREE", LogTree())
    HEAD.forget()
    ANSWERS.clear()
    yield Client()
    HEAD.forget()


@pytest.fixture
def growing(database: str) -> Growing:  # noqa: ARG001
    return Growing(1500)


def get(client: Client, path: str, **headers: str) -> HttpResponse:
    return client.get(f"/{path}", headers=headers)


def files(folder: Path) -> dict[str, bytes]:
    found = (each for each in folder.rglob("*") if each.is_file())
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in found}


@pytest.mark.parametrize("seed", [1, 2])
def test_the_addresses_are_the_files_of_the_export(
    client: Client, growing: Growing, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    for size in sorted({*SIZES, *(chance.randint(1, 1400) for _ in range(4))}):
        growing.to(size)
        export_register(tmp_path / "record")
        exported = files(tmp_path / "record")
        assert len(exported) >= 6
        for path, raw in exported.items():
            response = get(client, path)
            assert (response.status_code, response.content == raw) == (200, True), (size, path)


def test_what_was_served_once_is_served_for_good(client: Client, growing: Growing) -> None:
    served: dict[str, bytes] = {}
    for size in SIZES:
        growing.to(size)
        for each in (*tile_ids(size), *bundle_ids(size)):
            served[each.path] = get(client, f"log/{each.path}").content
    assert any(".p/" in path for path in served)
    for path, raw in served.items():
        assert get(client, f"log/{path}").content == raw, path


def test_the_key_is_beside_the_log_too(client: Client, growing: Growing) -> None:
    growing.to(1)
    key = get(client, "log/key")
    assert key.content == get(client, "register.vkey").content
    verifier = VerifierKey.parse(key.content.decode().strip())
    assert SignedCheckpoint.open(get(client, "log/checkpoint").content, verifier).size == 1


@pytest.mark.parametrize(
    ("path", "kind", "caching"),
    [
        ("log/checkpoint", "text/plain; charset=utf-8", ASK_AGAIN),
        ("register.vkey", "text/plain; charset=utf-8", ASK_AGAIN),
        ("log/tile/0/000", "application/octet-stream", FOR_EVER),
        ("log/tile/entries/000", "application/octet-stream", FOR_EVER),
        ("log/tile/0/001.p/44", "application/octet-stream", ASK_AGAIN),
        ("log/tile/0/000.p/44", "application/octet-stream", ASK_AGAIN),
        ("log/tile/1/000.p/1", "application/octet-stream", ASK_AGAIN),
        ("log/tile/entries/001.p/44", "application/octet-stream", ASK_AGAIN),
        ("acts.jsonl", "application/jsonl; charset=utf-8", ASK_AGAIN),
        ("acts.csv", "text/csv; charset=utf-8; header=present", ASK_AGAIN),
    ],
)
def test_each_file_says_what_it_is_and_how_long_it_holds(
    client: Client, growing: Growing, path: str, kind: str, caching: str
) -> None:
    growing.to(300)
    first = get(client, path)
    assert first.headers["Content-Type"] == kind
    assert first.headers["Cache-Control"] == caching
    assert first.cookies == {}
    again = get(client, path, **{"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Cache-Control"] == caching
    assert client.head(f"/{path}").status_code == 200
    assert client.post(f"/{path}").status_code == 405


def test_what_may_change_has_another_mark_when_it_did(client: Client, growing: Growing) -> None:
    growing.to(300)
    paths = ("log/checkpoint", "acts.jsonl", "acts.csv")
    before = {path: get(client, path).headers["ETag"] for path in paths}
    growing.to(301)
    for path, etag in before.items():
        assert get(client, path, **{"if-none-match": etag}).status_code == 200, path


def test_rules_are_kept_for_ever_and_only_if_an_act_names_them(
    client: Client, growing: Growing, tmp_path: Path
) -> None:
    growing.to(2)  # the third organisation's rules are in the database, and in no act
    export_register(tmp_path / "record")
    names = [path for path in files(tmp_path / "record") if path.startswith("charters/")]
    assert len(names) == 2
    for path in names:
        assert get(client, path).headers["Cache-Control"] == FOR_EVER
        other = get(client, f"{path[:-20]}0000{path[-16:]}")
        assert (other.status_code, code(other)) == (404, "no_such_rules")
        assert path.removeprefix("charters/") in other.json()["faults"][0]["expected"]
    digest = Edition.objects.get(organisation="org0002").digest
    unnamed = get(client, f"charters/org0002-{digest[7:23]}.json")
    assert (unnamed.status_code, code(unnamed)) == (404, "no_such_rules")


def code(response: HttpResponse) -> str:
    return response.json()["faults"][0]["code"]


@pytest.mark.parametrize("path", ["acts.jsonl", "acts.csv"])
def test_what_is_made_of_the_whole_log_is_made_once(
    client: Client, growing: Growing, path: str
) -> None:
    growing.to(300)
    first, costs = get(client, path), []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert get(client, path).content == first.content
        costs.append(len(asked))
    growing.to(301)
    assert costs == [1, 1]  # the head of the log
    assert len(get(client, path).content) > len(first.content)


@pytest.mark.parametrize("path", ["log/tile/entries/000", "acts.jsonl", "acts.csv"])
def test_what_is_text_is_sent_compressed(client: Client, growing: Growing, path: str) -> None:
    growing.to(300)
    plain, packed = get(client, path), get(client, path, **{"accept-encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) * 3 < len(plain.content)


# What is not there


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("log/tile/0/5", "three digits: 5 is 005"),
        ("log/tile/0/0005", "three digits"),
        ("log/tile/00/000", "three digits"),
        ("log/tile/64/000", "three digits"),
        ("log/tile/0/000.p/0", "three digits"),
        ("log/tile/0/000.p/256", "three digits"),
        ("log/tile/0/000.p/300", "three digits"),
        ("log/tile/0/000/", "three digits"),
        ("log/tile/entries/../0/000", "three digits"),
        ("log/tile/-1/000", "three digits"),
        ("log/tile/٠/000", "three digits"),
        ("log/tile/0/000%00", "three digits"),
        ("log/tile/data/000", "three digits"),
        ("log/tile/0/002", "the log has 300 entries"),
        ("log/tile/0/001", "the log has 300 entries"),
        ("log/tile/0/001.p/45", "the log has 300 entries"),
        ("log/tile/entries/001", "the log has 300 entries"),
        ("log/tile/1/000", "the log has 1 hashes on level 1"),
        ("log/tile/63/000", "the log has 0 hashes on level 63"),
        ("log/tile/0/" + "x999/" * 300 + "999", "the log has 300 entries"),
        ("log/tile/", "log/tile/entries/"),
        ("log/nothing", "log/tile/entries/"),
        ("log/", "log/checkpoint"),
        ("log/checkpoint/", "log/checkpoint"),
    ],
)
def test_a_name_that_no_file_has_is_told_with_what_to_do(
    client: Client, growing: Growing, path: str, told: str
) -> None:
    growing.to(300)
    response = get(client, path)
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-store"
    assert told in response.content.decode()
    assert len(response.content) < 500


@given(name=st.text(st.characters(exclude_categories=("Cs",)), max_size=40))
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_name_is_too_much(client: Client, growing: Growing, name: str) -> None:
    if not growing.size:
        growing.to(3)
    for folder in ("log/tile/", "log/tile/entries/", "log/tile/0/", "charters/", "log/"):
        response = client.get("/" + folder + name.replace("?", "%3F").replace("#", "%23"))
        assert response.status_code in (200, 301, 404), (folder, name)


def test_an_empty_register_has_no_log_yet(client: Client) -> None:
    for path in ("log/checkpoint", "log/tile/0/000", "acts.jsonl", "acts.csv"):
        response = get(client, path)
        assert response.status_code == 404
        assert "holds nothing yet" in response.content.decode()
    assert get(client, "log/key").status_code == 200


def test_a_file_that_would_be_too_large_says_how_to_have_it(
    client: Client, growing: Growing, monkeypatch: pytest.MonkeyPatch
) -> None:
    growing.to(300)
    monkeypatch.setattr(whole, "LARGEST", 1000)
    for path in ("acts.jsonl", "acts.csv"):
        response = get(client, path)
        assert response.status_code == 404
        assert "comity verify --url" in response.content.decode()


# What was not signed


@pytest.mark.parametrize("tamper", [forge_the_head, fit_the_head])
def test_nothing_is_served_under_a_head_that_this_instance_did_not_sign(
    client: Client, growing: Growing, tamper: Callable[[], None]
) -> None:
    growing.to(300)
    tamper()
    for path in ("log/checkpoint", "log/tile/0/000", "log/tile/entries/000", "acts.jsonl"):
        response = get(client, path)
        assert response.status_code == 503, path
        assert response.headers["Cache-Control"] == "no-store"


def test_an_entry_that_was_altered_is_not_served(client: Client, growing: Growing) -> None:
    growing.to(300)
    assert get(client, "log/tile/entries/001.p/44").status_code == 200
    alter_a_leaf()  # with its hash; this process knows the tree that was signed
    assert get(client, "log/tile/entries/000").status_code == 200
    told = get(client, "log/tile/entries/001.p/44")
    assert told.status_code == 503
    assert "from entry 256 to 299 is not what the checkpoint covers" in told.content.decode()
    assert get(client, "acts.csv").status_code == 503
    assert get(client, "log/tile/0/001.p/44").status_code == 200  # as it was signed


def test_a_process_that_starts_after_the_alteration_serves_nothing(
    client: Client, growing: Growing, monkeypatch: pytest.MonkeyPatch
) -> None:
    growing.to(300)
    alter_a_leaf()
    monkeypatch.setattr(log_views, "TREE", LogTree())
    for path in ("log/tile/0/000", "log/tile/1/000.p/1", "log/tile/entries/000"):
        assert get(client, path).status_code == 503, path
    assert get(client, "log/checkpoint").status_code == 200  # it was signed


@pytest.mark.parametrize("raw", [b"\x00" * 32, b"short"])
def test_a_hash_that_was_altered_is_not_served(
    client: Client, growing: Growing, raw: bytes
) -> None:
    growing.to(600)
    assert get(client, "log/tile/0/000").status_code == 200
    drop_triggers()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE register_entry DROP CONSTRAINT entry_hash")
    else:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA ignore_check_constraints=ON")
    Entry.objects.filter(position=7).update(leaf_hash=raw)
    assert get(client, "log/tile/0/000").status_code == 503
    assert get(client, "log/tile/0/001").status_code == 200
    assert get(client, "log/tile/entries/000").status_code == 200  # the entries are those signed


def test_rules_that_were_altered_are_not_served(
    client: Client, growing: Growing, tmp_path: Path
) -> None:
    growing.to(3)
    export_register(tmp_path / "record")
    path = next(each for each in files(tmp_path / "record") if each.startswith("charters/"))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE register_edition DISABLE TRIGGER USER")
        else:
            cursor.execute('DROP TRIGGER "register_edition_no_UPDATE"')
        cursor.execute("UPDATE register_edition SET bundle = replace(bundle, 'Members', 'Others')")
    response = get(client, path)
    assert (response.status_code, code(response)) == (503, "rules_differ")


def test_rules_that_an_altered_act_names_are_not_served(client: Client, growing: Growing) -> None:
    growing.to(2)
    unnamed = Edition.objects.get(organisation="org0002").digest
    drop_triggers()
    act = Entry.objects.get(position=0)
    leaf = re.sub(rb"sha256:[0-9a-f]{64}", unnamed.encode(), bytes(act.leaf))
    Entry.objects.filter(position=0).update(leaf=leaf, leaf_hash=leaf_hash(leaf))
    response = get(client, f"charters/org0000-{unnamed[7:23]}.json")
    assert (response.status_code, code(response)) == (503, "entries_not_in_log")
    Entry.objects.filter(position=0).update(leaf=b"nothing", leaf_hash=act.leaf_hash)
    assert get(client, f"charters/org0000-{unnamed[7:23]}.json").status_code == 404


# The tree in memory


def test_the_tree_follows_the_head_and_knows_the_sizes_before(growing: Growing) -> None:
    tree = LogTree()
    for size in SIZES:
        growing.to(size)
        head = signed_head()
        assert head is not None
        assert tree.at(head.frontier).frontier() == head.frontier
    latest = tree.at(head.frontier)
    for size in SIZES:
        earlier = signed_head(size)
        assert earlier is not None
        assert tree.at(earlier.frontier).frontier() == earlier.frontier
    assert tree.at(head.frontier) is latest


def test_a_file_costs_the_same_few_queries_however_large_the_log(
    client: Client, growing: Growing
) -> None:
    rules = Edition.objects.get(organisation="org0000").digest
    for size in (300, 1300):
        growing.to(size)
        get(client, "log/tile/0/000")
        last = TileId(0, size // TILE_WIDTH, size % TILE_WIDTH)
        costs = {
            "log/checkpoint": 1,
            "log/key": 0,
            "log/tile/0/000": 2,
            f"log/{last.path}": 1,
            f"log/tile/1/000.p/{size // TILE_WIDTH}": 1,
            "log/tile/entries/000": 2,
            "acts.jsonl": 2,
            "acts.csv": 2,
            f"charters/org0000-{rules[7:23]}.json": 4,
        }
        for path, expected in costs.items():
            with CaptureQueriesContext(connection) as asked:
                assert get(client, path).status_code == 200
            assert len(asked) == expected, (size, path)


def test_the_tree_is_read_once(growing: Growing) -> None:
    growing.to(1300)
    head = signed_head()
    assert head is not None
    tree = LogTree()
    with CaptureQueriesContext(connection) as first:
        tree.at(head.frontier)
    with CaptureQueriesContext(connection) as again:
        tree.at(head.frontier)
    assert (len(first), len(again)) == (1, 0)


def test_giving_the_log_can_be_measured(growing: Growing) -> None:
    said = StringIO()
    with pytest.raises(CommandError, match="too short"):
        call_command("bench_log", stdout=said)
    growing.to(300)
    call_command("bench_log", times=3, stdout=said)
    time = r"\d+\.\d\d ms \(99th percentile \d+\.\d\d ms\), processor time \d+\.\d\d ms"
    for name in ("reading the tree, once in a process", "tile above", "proof of an act"):
        assert re.search(rf"^{name}: {time}$", said.getvalue(), re.MULTILINE)
