"""``comity verify --url``: a record proved from outside, over real connections."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from comity.cli.main import BAD_INPUT, NO_INTEGRITY, YES
from comity.tlog.hashing import leaf_hash
from comity.tlog.note import SigningKey
from comity.tlog.tlog_proof import TlogProof
from comity.tlog.tree import Tree
from tests.core.cli.conftest import Ask, Run
from tests.core.cli.test_record import ACTS, _everything_in
from tests.core.cli.web_server import Request, Server, serving

ACT = 2


@pytest.fixture
def record(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    result = run("export", str(tmp_path / "record"))
    assert result.exit_code == YES, result.output
    return tmp_path / "record"


@pytest.fixture
def server(record: Path) -> Iterator[Server]:
    """Show the record as any web server shows a folder."""
    with serving(record) as server:
        yield server


@pytest.fixture
def key(record: Path) -> str:
    return (record / "register.vkey").read_text().strip()


@pytest.fixture
def act(server: Server, record: Path) -> str:
    """Serve the proof of one act, as a site does; returns the act's name."""
    entries = (record / "acts.jsonl").read_bytes().splitlines()
    tree = Tree(leaf_hash(each) for each in entries)
    note = (record / "log" / "checkpoint").read_text()
    proof = TlogProof(ACT, tuple(tree.inclusion_proof(ACT)), note, entries[ACT])
    found = json.loads(entries[ACT])
    address = f"en/{found['organisation']}/acts/{found['id']}/proof.tlog-proof"
    server.special[address] = lambda request: request.give(proof.text().encode())
    return f"{found['organisation']}/{found['id']}"


@pytest.fixture
def grown(run: Run, record: Path, copy: Path, tmp_path: Path) -> Path:
    """Return a later export of the same log."""
    later = copy / "organisations" / "guild" / "acts" / "later.yaml"
    more = ", topic: growth, text: {en: The guild grew.}"
    later.write_text(ACTS.format(kind="noted", party="XA", day="2026-11-30", more=more))
    target = tmp_path / "grown"
    result = run(
        "export", str(target), "--key-file", str(record.with_name("record.key")), data=copy
    )
    assert result.exit_code == YES, result.output
    return target


def refused(result: Result, code: int, *told: str) -> None:
    assert result.exit_code == code, result.output
    for each in told:
        assert each in result.stderr


# The whole record


def test_a_served_record_verifies_as_a_folder_does(
    ask: Ask, server: Server, record: Path, key: str
) -> None:
    from_folder = ask("verify", str(record), "--key", key)
    from_site = ask("verify", "--url", server.address, "--key", key)
    more = {"url": f"{server.address}/", "key": key, "mirror": None, "mirrored_before": None}
    assert from_site == {**from_folder, **more, "files_fetched": 2}
    assert "acts.jsonl" not in server.asked


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "this is the first time"), ("ru", "принят на веру"), ("zh", "首次访问")],
)
def test_a_key_that_nobody_gave_is_named(
    run: Run, server: Server, key: str, language: str, words: str
) -> None:
    result = run("verify", "--url", server.address, "--lang", language)
    assert result.exit_code == YES, result.output
    assert words in result.stdout
    assert key in result.stdout


def test_a_copy_is_kept_and_carried_on(
    run: Run, ask: Ask, server: Server, record: Path, grown: Path, tmp_path: Path
) -> None:
    mirror = tmp_path / "mirror"
    first = run("verify", "--url", server.address, "--mirror", str(mirror))
    assert first.exit_code == YES, first.output
    assert _everything_in(mirror) == _everything_in(record)
    server.folder = grown
    second = run("verify", "--url", server.address, "--mirror", str(mirror))
    assert "grown from the earlier checkpoint" in second.stdout
    assert "signed with the key of the copy from earlier" in second.stdout
    assert _everything_in(mirror) == _everything_in(grown)
    third = ask("verify", "--url", server.address, "--mirror", str(mirror))
    assert (third["files_fetched"], third["mirrored_before"]) == (0, third["leaves"])
    server.folder = record
    shrunk = run("verify", "--url", server.address, "--mirror", str(mirror))
    refused(shrunk, NO_INTEGRITY, "the log has")
    assert _everything_in(mirror) == _everything_in(grown)
    assert ask("verify", str(mirror))["verified"] is True


def test_a_kept_checkpoint_is_proved_against(
    run: Run, ask: Ask, server: Server, record: Path, grown: Path
) -> None:
    kept = str(record / "log" / "checkpoint")
    server.folder = grown
    found = ask("verify", "--url", server.address, "--earlier", kept)
    assert found["earlier_leaves"] == found["leaves"] - 1
    server.folder = record
    later = str(grown / "log" / "checkpoint")
    refused(run("verify", "--url", server.address, "--earlier", later), NO_INTEGRITY, "the log has")


def test_another_key_is_refused(run: Run, server: Server, key: str) -> None:
    other = str(SigningKey.from_seed("comity.example/register", bytes(32)).verifier)
    refused(run("verify", "--url", server.address, "--key", other), NO_INTEGRITY, key, other)


def test_the_address_may_have_a_path(run: Run, record: Path) -> None:
    with serving(record.parent) as server:
        assert run("verify", "--url", f"{server.address}/record/").exit_code == YES


def flipped(raw: bytes, at: int) -> bytes:
    return raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]


@pytest.mark.parametrize("kind", ["tile/0/", "tile/entries/", "checkpoint", "charters/"])
def test_one_flipped_byte_is_found_and_named(
    run: Run, server: Server, record: Path, key: str, kind: str
) -> None:
    files = _everything_in(record)
    path, raw = next((p.as_posix(), raw) for p, raw in files.items() if kind in p.as_posix())
    server.special[path] = lambda request: request.give(flipped(raw, len(raw) // 2))
    result = run("verify", "--url", server.address, "--key", key)
    named = path.removeprefix("log/") if kind != "checkpoint" else "signature"
    refused(result, NO_INTEGRITY, named)


def test_a_shortened_tile_is_named(run: Run, server: Server, record: Path) -> None:
    tile = next(each for each in (record / "log" / "tile" / "0").rglob("*") if each.is_file())
    path = tile.relative_to(record).as_posix()
    server.special[path] = lambda request: request.give(tile.read_bytes()[:-32])
    refused(
        run("verify", "--url", server.address), NO_INTEGRITY, path.removeprefix("log/"), "bytes"
    )


def cut_off(request: Request) -> None:
    request.send_response(200)
    request.send_header("Content-Length", "1000")
    request.end_headers()
    request.wfile.write(b"x" * 10)
    request.stop()


@pytest.mark.parametrize("path", ["register.vkey", "log/checkpoint", "log/tile/entries/000.p/{}"])
@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (cut_off, "the answer ends after 10 bytes"),
        (lambda request: request.give(bytes(20_000_000)), "Expected: at most"),
        (lambda r: r.give(b"", status=302, Location="http://127.0.0.2/x"), "leads to"),
        (lambda r: r.give(b"out of order", status=503, Content_Type="text/plain"), "out of order"),
    ],
)
def test_whatever_goes_wrong_on_the_way_is_told_with_its_address(
    run: Run, ask: Ask, server: Server, record: Path, path: str, answer: Any, told: str
) -> None:
    path = path.format(ask("verify", str(record))["leaves"])
    server.special[path] = answer
    result = run("verify", "--url", server.address)
    refused(result, BAD_INPUT, told, f"{server.address}/{path}: ")


def test_a_silent_server_is_left(run: Run, server: Server) -> None:
    server.special["register.vkey"] = lambda request: request.server.ended.wait()
    result = run("verify", "--url", server.address, "--timeout", "0.1")
    refused(result, BAD_INPUT, "no whole answer in time", f"{server.address}/register.vkey: ")


def test_where_there_is_no_record_it_is_said(run: Run, tmp_path: Path, ask: Ask) -> None:
    with serving(tmp_path) as server:
        result = run("verify", "--url", server.address)
        asked = f"{server.address}/register.vkey"
        refused(result, BAD_INPUT, f"{asked}: nothing is served here", "without /log")
        error = ask("verify", "--url", server.address, code=BAD_INPUT)["error"]
        assert error["code"] == "no_record_there"


# One act


def test_one_act_is_proved(run: Run, ask: Ask, server: Server, act: str, key: str) -> None:
    result = run("verify", "--url", server.address, "--act", act, "--key", key)
    assert result.exit_code == YES, result.output
    assert f"{act}: in the log" in result.stdout
    assert "signed with the key that you gave" in result.stdout
    server.asked.clear()
    found = ask("verify", "--url", server.address, "--act", act)
    assert (found["verified"], found["position"], found["key_given"]) == (True, ACT, False)
    assert f"{found['organisation']}/{found['act']}" == act
    assert found["record"]["id"] == found["act"]
    assert found["requests"] == len(server.asked) <= 6


@pytest.mark.parametrize(("language", "words"), [("ru", "внесён в журнал"), ("zh", "已载入日志")])
def test_the_proof_is_told_in_the_language(
    run: Run, server: Server, act: str, language: str, words: str
) -> None:
    result = run("verify", "--url", server.address, "--act", act, "--lang", language)
    assert words in result.stdout


def test_one_act_is_proved_to_stand_in_a_log_that_only_grew(
    ask: Ask, run: Run, server: Server, act: str, record: Path, grown: Path
) -> None:
    server.folder = grown
    kept = str(record / "log" / "checkpoint")
    found = ask("verify", "--url", server.address, "--act", act, "--earlier", kept)
    assert found["earlier_leaves"] == found["leaves"] - 1
    server.folder = record
    later = str(grown / "log" / "checkpoint")
    result = run("verify", "--url", server.address, "--act", act, "--earlier", later)
    refused(result, NO_INTEGRITY, "the log has")


def test_another_act_than_the_one_asked_for_is_told(run: Run, server: Server, act: str) -> None:
    proof = server.special[f"en/{act.replace('/', '/acts/')}/proof.tlog-proof"]
    server.special["en/guild/acts/other/proof.tlog-proof"] = proof
    result = run("verify", "--url", server.address, "--act", "guild/other")
    refused(result, NO_INTEGRITY, f"leaf {ACT} is the act {act}", "guild/other")


def test_an_act_that_is_not_there_is_told(run: Run, server: Server) -> None:
    result = run("verify", "--url", server.address, "--act", "guild/nothing")
    refused(result, BAD_INPUT, "guild/nothing", "verify it whole")


# Usage


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["record", "--url", "x.example"], "not both"),
        (["--mirror", "copy"], "give --url too"),
        (["--act", "club/one"], "give --url too"),
        (["--url", "x.example", "--act", "club/one", "--mirror", "copy"], "one act alone"),
        (["--url", "x.example", "--act", "club/one", "--law"], "one act alone"),
        (["--url", "x.example", "--act", "one"], "Expected: ORG/ID"),
        (["--url", "x.example", "--act", "/one"], "Expected: ORG/ID"),
        (["--url", "x.example", "--timeout", "0"], "--timeout"),
        (["--url", "ftp://x.example"], "no address of a site"),
        (["--url", "x.example", "--earlier", "nowhere"], "nowhere"),
    ],
)
def test_wrong_usage_is_told(run: Run, words: list[str], told: str) -> None:
    refused(run("verify", *words), BAD_INPUT, told)


def test_a_folder_that_is_no_copy_stays_as_it_is(run: Run, server: Server, tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "text").write_text("ten years of work")
    result = run("verify", "--url", server.address, "--mirror", str(tmp_path / "thesis"))
    refused(result, BAD_INPUT, "is no copy of a record")
    shutil.rmtree(tmp_path / "thesis")
