"""The record leaves, is proved and returns: ``export``, ``verify``, ``import``, ``bench``."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path

import pytest

from comity.cli.main import BAD_INPUT, NO_INTEGRITY, YES
from comity.tlog.note import SigningKey
from tests.core.cli.conftest import Ask, Run

ACTS = """\
recorded_at: 2026-12-01T00:00:00Z
acts:
  - {{id: new-1, kind: {kind}, party: {party}, effective_on: {day}{more}}}
"""

NEW_RULE = """\
endings:
  - {manner: struck_off, statuses: [member], by: [assembly], article: pact__art_1}
"""


def _everything_in(folder: Path) -> dict[Path, bytes]:
    files = (each for each in folder.rglob("*") if each.is_file())
    return {each.relative_to(folder): each.read_bytes() for each in files}


@pytest.fixture
def export(run: Run, tmp_path: Path) -> Path:
    result = run("export", str(tmp_path / "record"))
    assert result.exit_code == YES, result.output
    return tmp_path / "record"


def test_an_export_verifies(run: Run, export: Path) -> None:
    result = run("verify", str(export))
    assert result.exit_code == YES
    assert "every hash recomputed, checkpoint signed" in result.stdout
    assert "compare it with the one published elsewhere" in result.stdout


@pytest.mark.parametrize(("language", "words"), [("ru", "проверено"), ("zh", "已验证")])
def test_the_verdict_is_said_in_the_language(
    language: str, words: str, run: Run, export: Path
) -> None:
    assert words in run("verify", str(export), "--lang", language).stdout


def test_the_signing_key_is_readable_by_its_owner_alone(export: Path) -> None:
    key = export.with_name("record.key")
    assert key.stat().st_mode & 0o777 == 0o600
    assert SigningKey.parse(key.read_text().strip()).name == "comity.example/register"


def test_verify_for_machines(ask: Ask, export: Path) -> None:
    key = (export / "register.vkey").read_text().strip()
    found = ask("verify", str(export), "--key", key)
    assert found["verified"] is True
    assert found["key_given"] is True
    assert [each["id"] for each in found["organisations"]] == ["guild"]
    assert found["leaves"] == sum(each["acts"] for each in found["organisations"])


def test_the_key_may_be_a_file(ask: Ask, export: Path) -> None:
    assert ask("verify", str(export), "--key", str(export / "register.vkey"))["key_given"] is True


def test_another_key_is_refused(run: Run, export: Path) -> None:
    other = SigningKey.from_seed("comity.example/register", bytes(32)).verifier
    result = run("verify", str(export), "--key", str(other))
    assert result.exit_code == NO_INTEGRITY
    assert "the export names the key" in result.stderr


def test_a_kept_checkpoint_proves_that_the_log_only_grew(
    run: Run, ask: Ask, export: Path, copy: Path, tmp_path: Path
) -> None:
    later = copy / "organisations" / "guild" / "acts" / "later.yaml"
    more = ", topic: growth, text: {en: The guild grew.}"
    later.write_text(ACTS.format(kind="noted", party="XA", day="2026-11-30", more=more))
    key = str(tmp_path / "record.key")
    grown = str(tmp_path / "grown")
    result = run("export", grown, "--key-file", key, data=copy)
    assert result.exit_code == YES, result.output
    found = ask("verify", grown, "--earlier", str(export / "log" / "checkpoint"))
    assert found["earlier_leaves"] == found["leaves"] - 1
    shrunk = run("verify", str(export), "--earlier", str(Path(grown, "log", "checkpoint")))
    assert shrunk.exit_code == NO_INTEGRITY
    assert "the log has" in shrunk.stderr


def test_a_log_goes_on_under_new_rules(
    run: Run, ask: Ask, export: Path, copy: Path, tmp_path: Path
) -> None:
    rules = copy / "organisations" / "guild" / "charter.yaml"
    rules.write_text(rules.read_text().replace("endings:\n", NEW_RULE))
    later, grown = copy / "organisations" / "guild" / "acts" / "later.yaml", str(tmp_path / "grown")
    more = ", topic: growth, text: {en: The guild grew.}"
    later.write_text(ACTS.format(kind="noted", party="XA", day="2026-11-30", more=more))
    result = run("export", grown, "--continue", str(export), data=copy)
    assert result.exit_code == YES, result.output
    found = ask("verify", grown, "--earlier", str(export / "log" / "checkpoint"))
    assert found["leaves"] == found["earlier_leaves"] + 2
    assert len(list(Path(grown, "charters").iterdir())) == 2


def test_a_log_does_not_go_on_with_another_key_or_rewritten_acts(
    run: Run, export: Path, copy: Path, tmp_path: Path
) -> None:
    acts = copy / "organisations" / "guild" / "acts" / "acts.yaml"
    acts.write_text(acts.read_text().replace("ordinal: 3", "ordinal: 4"))
    rewritten = run("export", str(tmp_path / "new"), "--continue", str(export), data=copy)
    assert rewritten.exit_code == BAD_INPUT
    assert "Record a correction" in rewritten.stderr
    run("export", str(tmp_path / "other"))
    key = str(tmp_path / "other.key")
    with_other = run("export", str(tmp_path / "new"), "--continue", str(export), "--key-file", key)
    assert with_other.exit_code == NO_INTEGRITY
    without = run("export", str(tmp_path / "new"), "--continue", str(export), "--key-file", "none")
    assert without.exit_code == BAD_INPUT
    assert not (tmp_path / "new").exists()


def test_a_tampered_export_names_the_leaf_and_is_not_imported(
    run: Run, export: Path, tmp_path: Path
) -> None:
    file = export / "acts.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    lines[2] = lines[2].replace(b'"kind":"', b'"kind":"x', 1)
    file.write_bytes(b"".join(lines))
    for words in (["verify", str(export)], ["import", str(export), "--to", str(tmp_path / "new")]):
        result = run(*words)
        assert result.exit_code == NO_INTEGRITY
        assert "leaf 2" in result.stderr
    assert not (tmp_path / "new").exists()


def test_a_truncated_tile_is_named(run: Run, export: Path) -> None:
    tile = next(each for each in (export / "log" / "tile" / "0").rglob("*") if each.is_file())
    tile.write_bytes(tile.read_bytes()[:-7])
    result = run("verify", str(export))
    assert result.exit_code == NO_INTEGRITY
    assert tile.relative_to(export / "log").as_posix() in result.stderr


def test_nothing_to_verify_is_said_with_what_to_do(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("verify")
    assert result.exit_code == BAD_INPUT
    assert "comity export DIR" in result.stderr


def test_verify_finds_what_the_demonstration_writes(
    run: Run, export: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(export, tmp_path / "var" / "register")
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    assert run("verify").exit_code == YES


def test_an_export_does_not_write_over_anything(run: Run, export: Path) -> None:
    before = _everything_in(export)
    result = run("export", str(export))
    assert result.exit_code == BAD_INPUT
    assert "is there already" in result.stderr
    assert _everything_in(export) == before


def test_an_unreadable_key_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "wrong.key").write_text("not a key")
    result = run("export", str(tmp_path / "record"), "--key-file", str(tmp_path / "wrong.key"))
    assert result.exit_code == BAD_INPUT
    assert not (tmp_path / "record").exists()


def test_one_organisation_of_several_is_exported(ask: Ask, tmp_path: Path) -> None:
    path = str(tmp_path / "record")
    assert ask("export", path, "guild")["leaves"] == ask("verify", path)["leaves"]
    assert ask("export", str(tmp_path / "x"), "gild", code=BAD_INPUT)["error"]["code"] == (
        "unknown_organisation"
    )


def test_an_import_restores_what_was_exported(run: Run, export: Path, tmp_path: Path) -> None:
    restored, again = tmp_path / "restored", tmp_path / "again"
    assert run("import", str(export), "--to", str(restored)).exit_code == YES
    key = str(tmp_path / "record.key")
    assert run("export", str(again), "--key-file", key, data=restored).exit_code == YES
    assert _everything_in(again) == _everything_in(export)


def test_a_dry_run_of_an_import_writes_nothing(run: Run, export: Path, tmp_path: Path) -> None:
    result = run("import", str(export), "--to", str(tmp_path / "restored"), "--dry-run")
    assert result.exit_code == YES
    assert "nothing was written" in result.stdout
    assert not (tmp_path / "restored").exists()


def test_a_path_that_is_not_there_is_bad_input(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "nowhere", tmp_path / "file"):
        result = run("verify", str(path))
        assert (result.exit_code, "no folder" in result.stderr) == (BAD_INPUT, True)


def test_whether_law_was_checked_is_said(run: Run, ask: Ask, export: Path) -> None:
    assert ask("verify", str(export))["law_checked"] is True
    assert "every act has its footing" in run("verify", str(export)).stdout
    assert ask("verify", str(export), "--no-law")["law_checked"] is False
    assert "law: NOT checked" in run("verify", str(export), "--no-law").stdout


def test_an_import_that_fails_leaves_nothing(
    run: Run, export: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(folder: Path, *_: object) -> None:
        folder.mkdir(parents=True)
        raise OSError(28, "No space left on device", str(folder))

    monkeypatch.setattr("comity.cli.commands.import_.write_organisation", full)
    before = set(tmp_path.iterdir())
    result = run("import", str(export), "--to", str(tmp_path / "restored"))
    assert (result.exit_code, set(tmp_path.iterdir())) == (BAD_INPUT, before)


def test_an_import_goes_into_an_empty_folder_alone(run: Run, export: Path, tmp_path: Path) -> None:
    (tmp_path / "restored").mkdir()
    assert run("import", str(export), "--to", str(tmp_path / "restored")).exit_code == YES
    assert [each.name for each in (tmp_path / "restored").iterdir()] == ["guild"]
    before = _everything_in(tmp_path / "restored")
    for target in (tmp_path / "restored", tmp_path / "record.key"):
        result = run("import", str(export), "--to", str(target))
        assert (result.exit_code, "is there already" in result.stderr) == (BAD_INPUT, True)
    assert _everything_in(tmp_path / "restored") == before


def test_what_an_import_left_when_cut_off_is_not_touched(
    run: Run, export: Path, tmp_path: Path
) -> None:
    (tmp_path / ".restored.new").mkdir()
    result = run("import", str(export), "--to", str(tmp_path / "restored"))
    assert (result.exit_code, "remove it" in result.stderr) == (BAD_INPUT, True)
    assert (tmp_path / ".restored.new").exists()


# Acts to be recorded


def _import_acts(
    run: Run, copy: Path, text: str | bytes, *options: str, name: str = "new.yaml"
) -> tuple[int, str]:
    file = copy / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    guild = copy / "organisations" / "guild"
    result = run("import", str(file), "--to", str(guild), *options)
    return result.exit_code, result.stderr


def _admission(party: str = "XF", day: str = "2026-11-01", kind: str = "admitted") -> str:
    more = ", status: member" if kind == "admitted" else ""
    return ACTS.format(kind=kind, party=party, day=day, more=more)


def test_good_acts_are_taken_in(run: Run, copy: Path) -> None:
    more = ", topic: t, text: {en: words}"
    text = ACTS.format(kind="noted", party="XA", day="2026-11-01", more=more)
    assert _import_acts(run, copy, text) == (YES, "")
    assert (copy / "organisations" / "guild" / "acts" / "new.yaml").read_text() == text


@pytest.mark.parametrize("name", ["more.yml", "more.YAML"])
def test_acts_are_kept_under_a_name_that_is_read(
    name: str, run: Run, ask: Ask, copy: Path, tmp_path: Path
) -> None:
    more = ", topic: t, text: {en: words}"
    text = ACTS.format(kind="noted", party="XA", day="2026-11-01", more=more)
    before = ask("export", str(tmp_path / "before"), data=copy)["leaves"]
    assert _import_acts(run, copy, text, name=name) == (YES, "")
    folder = copy / "organisations" / "guild" / "acts"
    assert (folder / "more.yaml").read_text() == text
    assert not [each for each in folder.iterdir() if each.name.startswith(".")]
    assert ask("export", str(tmp_path / "after"), data=copy)["leaves"] == before + 1
    again = _import_acts(run, copy, text.replace("new-1", "new-2"), name=name)
    assert (again[0], "is there already" in again[1]) == (BAD_INPUT, True)


@pytest.mark.parametrize("name", ["more.json", "more", ".yaml"])
def test_acts_in_another_form_are_refused(name: str, run: Run, copy: Path) -> None:
    before = _everything_in(copy / "organisations")
    code, error = _import_acts(run, copy, _admission(), name=name)
    assert (code, "does not end in .yaml or .yml" in error) == (BAD_INPUT, True)
    assert _everything_in(copy / "organisations") == before


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("acts: [}", "new.yaml:1:8: malformed YAML"),
        (_admission(party="ZZ"), 'new.yaml:3:5: no party "ZZ"'),
        (_admission(day="2026-02-30"), '"2026-02-30" is not a date'),
        (_admission(kind="suspension_lifted", party="XA"), "no suspension of XA is in force"),
        (_admission(kind="admited"), 'Did you mean "admitted"'),
        ("recorded_at: now\nacts: []\nact: []\n", 'no key "act"'),
        ("acts: " + "[" * 5000, "nesting too deep"),
        (b"acts:\n  - {id: " + b"x" * 10_000_000 + b"}\n", "at most 8000000"),
        (b"acts: \xff", "not UTF-8"),
        ("acts:\n  - a\n", "an act that is 'a'"),
        ("acts:\n  - {id: x, id: y}\n", 'the key "id" stands twice'),
    ],
    ids=[
        "malformed",
        "party",
        "date",
        "forbidden",
        "kind",
        "key",
        "deep",
        "10MB",
        "utf8",
        "text",
        "twice",
    ],
)
def test_bad_acts_are_refused_with_their_place_and_change_nothing(
    text: str | bytes, says: str, run: Run, copy: Path
) -> None:
    before = _everything_in(copy / "organisations")
    code, error = _import_acts(run, copy, text)
    assert (code, says in error) == (BAD_INPUT, True), error
    assert _everything_in(copy / "organisations") == before


def test_what_is_not_there_cannot_be_imported(run: Run, tmp_path: Path) -> None:
    result = run("import", str(tmp_path / "nowhere"), "--to", str(tmp_path / "new"))
    assert result.exit_code == BAD_INPUT
    assert "no file or folder" in result.stderr


# Measuring


def test_bench_measures_every_part(run: Run) -> None:
    # Whether a figure holds its limit is for the benchmark to say, on a quiet machine.
    result = run("bench", "--acts", "1000", "--organisations", "5", "--json")
    figures = json.loads(result.stdout)["figures"]
    names = {each["name"] for each in figures}
    assert {"cold load to first answer", "a question, median", "full verification"} <= names


SPELLS = """\
igo,state,status_code,first_year_coded,last_year_coded,open_at_last_coded_year
LEAGUE,aland,1,1950,1960,0
LEAGUE,aland,3,1961,1970,0
LEAGUE,aland,1,1980,2014,1
LEAGUE,borland,2,1955,2014,1
"""


def test_a_table_of_spells_is_answered_as_coded(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "spells.csv.gz"
    file.write_bytes(gzip.compress(SPELLS.encode()))
    figures = {
        each["name"]: each["value"] for each in ask("bench", "--spells", str(file))["figures"]
    }
    assert figures["answers that differ from the table"] == "0.000"
    assert figures["questions asked"] == "116.000"


def test_a_table_without_its_columns_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "spells.csv").write_text("a,b\n1,2\n")
    result = run("bench", "--spells", str(tmp_path / "spells.csv"))
    assert result.exit_code == BAD_INPUT
    assert "has no column" in result.stderr
