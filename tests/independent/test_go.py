"""The log read and checked by golang.org/x/mod/sumdb, which shares no line with comity.

Needs Go and Debian's golang-golang-x-mod-dev. Where they are missing the tests are skipped with
that reason, unless ``COMITY_REQUIRE_GO=1`` says that they must be there.
"""

import base64
import json
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from comity.tlog.checkpoint import Checkpoint, cosign
from comity.tlog.directory import extend_directory, write_directory
from comity.tlog.hashing import leaf_hash
from comity.tlog.note import COSIGNATURE, SigningKey, open_note
from comity.tlog.tile_reader import TileReader
from comity.tlog.tree import Frontier, Tree

KEY = SigningKey.from_seed("example.org/log", bytes(range(32)))
ENTRIES = [f"entry {number} ".encode() * (number % 7) for number in range(70_000)]


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log of 70,000 entries, so that there are tiles on three levels, written in two steps."""
    path = tmp_path_factory.mktemp("log") / "log"
    frontier = Frontier().extend(leaf_hash(each) for each in ENTRIES[:300])
    write_directory(path, ENTRIES[:300], Checkpoint.of(KEY.name, frontier).sign(KEY))
    frontier = frontier.extend(leaf_hash(each) for each in ENTRIES[300:])
    extend_directory(path, ENTRIES[300:], Checkpoint.of(KEY.name, frontier).sign(KEY))
    return path


def run(program: Path, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(program), *arguments], input=given, capture_output=True, text=True, check=False
    )


def test_go_verifies_our_checkpoint_tiles_and_entries(program: Path, log: Path) -> None:
    done = run(program, "verify", str(log), str(KEY.verifier))
    root = Tree(leaf_hash(each) for each in ENTRIES).root()
    assert done.stdout == f"70000 {base64.b64encode(root).decode()}\n", done.stderr


@pytest.mark.parametrize("size", [1, 255, 256, 257, 512])
def test_go_verifies_logs_at_the_edges(program: Path, size: int, tmp_path: Path) -> None:
    frontier = Frontier().extend(leaf_hash(each) for each in ENTRIES[:size])
    write_directory(tmp_path, ENTRIES[:size], Checkpoint.of(KEY.name, frontier).sign(KEY))
    done = run(program, "verify", str(tmp_path), str(KEY.verifier))
    assert done.stdout.startswith(f"{size} "), done.stderr


@pytest.mark.parametrize("name", ["checkpoint", "tile/0/017", "tile/1/000", "tile/entries/100"])
def test_go_refuses_what_we_refuse(program: Path, log: Path, name: str, tmp_path: Path) -> None:
    shutil.copytree(log, tmp_path / "log")
    raw = bytearray((tmp_path / "log" / name).read_bytes())
    raw[len(raw) // 2] ^= 1
    (tmp_path / "log" / name).write_bytes(raw)
    assert run(program, "verify", str(tmp_path / "log"), str(KEY.verifier)).returncode == 1


def test_go_accepts_our_proofs_and_makes_the_same(program: Path, log: Path) -> None:
    chance = random.Random(6962)
    reader = TileReader(len(ENTRIES), lambda path: (log / path).read_bytes())
    questions = []
    for _ in range(150):
        size = chance.choice([chance.randint(1, 700), chance.randint(1, len(ENTRIES))])
        index, old = chance.randrange(size), chance.randint(1, size)
        inclusion = reader.inclusion_proof(index, size)
        consistency = reader.consistency_proof(old, size)
        questions.append(question("inclusion", index, size, inclusion))
        questions.append(question("consistency", old, size, consistency))
    done = run(program, "prove", str(log), str(KEY.verifier), given=json.dumps(questions))
    assert done.returncode == 0, done.stderr
    assert [each or [] for each in json.loads(done.stdout)] == [each["Proof"] for each in questions]


def question(kind: str, first: int, size: int, proof: list[bytes]) -> dict[str, object]:
    encoded = [base64.b64encode(each).decode() for each in proof]
    return {"Kind": kind, "First": first, "Size": size, "Proof": encoded}


def test_go_refuses_a_wrong_proof(program: Path, log: Path) -> None:
    wrong = json.dumps([question("inclusion", 5, 8, [bytes(32)] * 3)])
    done = run(program, "prove", str(log), str(KEY.verifier), given=wrong)
    assert done.returncode == 1
    assert "inclusion 5 in 8" in done.stderr


def test_we_open_a_note_that_go_signed(program: Path) -> None:
    done = run(program, "sign", KEY.private_text(), given="Signed by Go.\nСовет.\n")
    opened = open_note(done.stdout, [KEY.verifier])
    assert opened.text == "Signed by Go.\nСовет.\n"
    assert [each.name for each in opened.signatures] == [KEY.name]


def test_go_verifies_our_cosignature(program: Path) -> None:
    witness = SigningKey.from_seed("witness.example", bytes(32), algorithm=COSIGNATURE)
    signed = Checkpoint(KEY.name, 7, bytes(32)).sign(KEY)
    both = cosign(signed, witness, timestamp=1_900_000_000)
    done = run(program, "cosigned", str(witness.verifier), given=both)
    assert done.stdout == "1900000000\n", done.stderr
    forged = both.replace(f"{KEY.name}\n7\n", f"{KEY.name}\n8\n")
    assert run(program, "cosigned", str(witness.verifier), given=forged).returncode == 1
