"""An instance proved from outside: real processes serve it, and nothing but HTTP is used to ask."""

from __future__ import annotations

import json
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from comity.cli.main import BAD_INPUT, YES, main
from comity_web.register.exporting import export_register
from comity_web.register.models import Entry
from comity_web.register.selectors import HEAD
from comity_web.register.signing import verifier_key
from tests.web.registers import Growing
from tests.web.site import site
from tests.web.tampering import alter_a_leaf, forge_the_head

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to" / "check-an-act.md"
ACT = "2017-06-09-in-member"


@pytest.fixture(autouse=True)
def _asking(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    yield
    HEAD.forget()


@pytest.fixture
def growing(database: str) -> Growing:  # noqa: ARG001
    return Growing(1500)


def verify(*words: str) -> Result:
    result = CliRunner().invoke(main, ["verify", *words], env={"LC_ALL": "C"})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def files(folder: Path) -> dict[str, bytes]:
    found = (each for each in folder.rglob("*") if each.is_file())
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in found}


def fetched(address: str) -> bytes:
    with urllib.request.urlopen(address) as answer:
        return bytes(answer.read())


def name_at(position: int) -> str:
    row = Entry.objects.get(position=position)
    return f"{row.organisation}/{row.act_id}"


@pytest.mark.parametrize("seed", [7])
def test_a_site_is_proved_while_it_grows(
    growing: Growing, database_url: str, tmp_path: Path, seed: int
) -> None:
    chance, key = random.Random(seed), str(verifier_key())
    steps = sorted({3, 256, 257, *(chance.randint(4, 1400) for _ in range(3))})
    copy, kept = tmp_path / "copy", tmp_path / "kept.checkpoint"
    growing.to(steps[0])
    with site(database_url) as address:
        for size in steps:
            growing.to(size)
            export_register(tmp_path / "record")
            earlier = ["--earlier", str(kept)] if kept.exists() else []
            result = verify("--url", address, "--mirror", str(copy), *earlier)
            assert result.exit_code == YES, result.output
            assert files(copy) == files(tmp_path / "record"), size
            shutil.copy(copy / "log" / "checkpoint", kept)
            act = name_at(chance.randrange(size))
            proved = verify("--url", address, "--key", key, "--act", act, *earlier)
            assert proved.exit_code == YES, proved.output
            assert f"{act}: in the log" in proved.stdout
        found = json.loads(verify("--url", address, "--act", act, "--json").stdout)
        assert (found["leaves"], found["requests"] <= 8) == (steps[-1], True)
        other = verify("--url", address, "--act", "org0000/nothing")
        assert (other.exit_code, "org0000/nothing" in other.stderr) == (BAD_INPUT, True)


def test_a_database_that_was_altered_cannot_be_passed_off(
    growing: Growing, database_url: str, tmp_path: Path
) -> None:
    growing.to(300)
    copy = str(tmp_path / "copy")
    with site(database_url) as address:
        assert verify("--url", address, "--mirror", copy).exit_code == YES
        for tamper in (alter_a_leaf, forge_the_head):
            tamper()
            for words in ([], ["--act", name_at(299)]):
                result = verify("--url", address, *words)
                assert result.exit_code == BAD_INPUT
                assert "the answer is 503" in result.stderr
        assert verify("--url", address, "--mirror", copy).exit_code == BAD_INPUT
    assert verify(copy).exit_code == YES  # the copy is as it was


def test_go_verifies_what_a_site_serves(growing: Growing, database_url: str, program: Path) -> None:
    with site(database_url) as address:
        for size in (3, 256, 700, 1400):
            growing.to(size)
            command = [str(program), "verify", f"{address}/log", str(verifier_key())]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            assert done.stdout.startswith(f"{size} "), done.stderr


# The page for those who trust no program of ours


@pytest.fixture(scope="module")
def proof(published_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the proof of the page's act and the log's key, as a site gave them."""
    folder = tmp_path_factory.mktemp("proof")
    database = shutil.copy(published_sqlite, folder / "published.sqlite3")
    shown = re.search(r"https://register\.example(/\S+)", HOW_TO.read_text("utf-8"))
    assert shown
    with site(f"sqlite:///{database}") as address:
        (folder / "act.tlog-proof").write_bytes(fetched(address + shown[1]))
        (folder / "published.vkey").write_bytes(fetched(f"{address}/log/key"))
    return folder


@pytest.fixture
def saved(proof: Path, tmp_path: Path) -> Path:
    """Return a folder with these files, free to be changed, and the script of the page."""
    for name in ("act.tlog-proof", "published.vkey"):
        shutil.copy(proof / name, tmp_path / name)
    [script] = blocks("python")
    assert len(script.splitlines()) == 10
    (tmp_path / "check.py").write_text(script, "utf-8")
    return tmp_path


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", HOW_TO.read_text("utf-8"), re.M | re.S)


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    python = str(Path(sys.executable).parent)
    return subprocess.run(
        ["sh", "-c", f'PATH="{python}:$PATH"; {command}'],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_ten_lines_prove_an_act(proof: Path, saved: Path) -> None:
    done = shell(blocks("sh")[0], saved)
    assert done.stdout.startswith("in the log "), done.stderr
    with closing(sqlite3.connect(proof / "published.sqlite3")) as database:
        found = database.execute("SELECT leaf FROM register_entry WHERE act_id = ?", [ACT])
        assert done.stdout.endswith(f" {found.fetchone()[0].decode()}\n")


@pytest.mark.parametrize("line", [1, 2, 3, 5, -4])
def test_ten_lines_notice_a_change(saved: Path, line: int) -> None:
    """Change the entry, its place, a hash or the root; name and size are the signature's matter."""
    file = saved / "act.tlog-proof"
    lines = file.read_text("utf-8").split("\n")
    lines[line] = re.sub(r"\w(?=\W*$)", lambda found: "1" if found[0] == "2" else "2", lines[line])
    file.write_text("\n".join(lines), "utf-8")
    done = shell(blocks("sh")[0], saved)
    assert done.returncode or done.stdout.startswith("NOT IN THE LOG"), lines[line]


def test_openssl_checks_the_signature(saved: Path) -> None:
    if not shutil.which("openssl"):
        pytest.skip("needs openssl")
    good = shell(blocks("sh")[1], saved)
    assert (good.returncode, good.stdout) == (0, "Signature Verified Successfully\n"), good.stderr
    file = saved / "act.tlog-proof"
    whole = file.read_text("utf-8")
    size = whole.split("\n")[-5]
    for old, new in ((f"\n{size}\n", f"\n{size}0\n"), ("comity.example", "others.example")):
        file.write_text(whole.replace(old, new), "utf-8")
        assert shell(blocks("sh")[1], saved).returncode == 1
