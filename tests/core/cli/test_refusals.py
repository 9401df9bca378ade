"""Bad input: a sentence, an exit code, never a traceback; and the same as data."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest

from comity.cli.main import BAD_INPUT, COMMANDS, NO, NO_INTEGRITY, YES, main
from comity.kernel.errors import Fault, IntegrityError
from tests.core.cli.conftest import Ask, Run

UNKNOWN = {
    "organisation": (("at", "gild"), "unknown_organisation", 'Did you mean "guild"?'),
    "party": (("status", "guild", "XG"), "unknown_party", 'no party "XG"'),
    "party-by-name": (("status", "guild", "Cedrland"), "unknown_party", 'mean "Cedarland"?'),
    "status": (("at", "guild", "--status", "freind"), "unknown_status", 'mean "friend"?'),
    "facet": (("at", "guild", "--facet", "flet"), "unknown_facet", 'Did you mean "fleet"?'),
    "basis": (("at", "guild", "--basis", "decisions"), "unknown_basis", 'mean "decision"?'),
    "right": (("may", "guild", "XA", "speek"), "unknown_right", 'Did you mean "speak"?'),
    "body": (("may", "guild", "XA", "speak", "asembly"), "unknown_body", 'mean "assembly"?'),
    "article": (("rules", "guild", "pact__art_77"), "unknown_article", 'mean "pact__art_'),
    "section": (("rules", "guild", "--section", "bodys"), "unknown_section", 'mean "bodies"?'),
    "act": (("act", "guild", "xc-freind"), "unknown_act", 'Did you mean "xc-friend"?'),
    "act-of-later": (
        ("act", "guild", "xc-fix", "--known-at", "2026-01-15"), "unknown_act", "2026-02-01",
    ),
    "language": (("at", "guild", "--lang", "fr"), "unknown_language", "one of en, ru, zh"),
    "day": (("at", "guild", "2017-13-01"), "impossible_date", "a day such as 2017-06-09"),
    "month": (("at", "guild", "2017-06"), "impossible_date", '"2017-06" is not a date'),
    "moment": (("at", "guild", "--known-at", "now"), "impossible_date", '"now" is not a date'),
    "instant": (("at", "guild", "--known-at", "2017-06-09T25"), "impossible_date", "in UTC"),
    "order": (("diff", "guild", "2018-01-01", "2017-01-01"), "days_out_of_order", "earlier day"),
    "path": (("check", "nowhere"), "no_such_path", "no file or folder nowhere"),
}  # fmt: skip


@pytest.mark.parametrize(("words", "code", "advice"), UNKNOWN.values(), ids=UNKNOWN)
def test_bad_input_is_explained(
    words: tuple[str, ...], code: str, advice: str, run: Run, ask: Ask
) -> None:
    result = run(*words)
    assert result.exit_code == BAD_INPUT
    assert result.stdout == ""
    assert advice in result.stderr
    error = ask(*words, code=BAD_INPUT)["error"]
    assert error["code"] == code
    assert error["faults"][0]["sentence"] in error["message"]


USAGE = {
    "command": (("sttaus", "guild"), 'no command "sttaus"'),
    "near": (("sttaus", "guild"), 'Did you mean "status"?'),
    "missing": (("at",), "Missing argument 'ORG'"),
    "option": (("at", "guild", "--bases", "x"), "--basis"),
    "extra": (("at", "guild", "2017-01-01", "x"), "unexpected extra argument"),
    "shell": (("completion", "tcsh"), "'tcsh' is not one of"),
    "no-path": (("check",), "Missing argument 'PATH...'"),
}


@pytest.mark.parametrize(("words", "advice"), USAGE.values(), ids=USAGE)
def test_wrong_usage_is_explained(words: tuple[str, ...], advice: str, run: Run) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (BAD_INPUT, "")
    assert advice in result.stderr
    error = json.loads(run(*words, "--json").stdout)["error"]
    assert error["code"] == "usage"
    assert error["faults"] == []


def test_no_command_shows_the_help(run: Run) -> None:
    result = run()
    assert result.exit_code == BAD_INPUT
    assert "Commands:" in result.output


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("may", "guild", "XA", "decide", "assembly", "--on", "2010-01-01"), YES),
        (("may", "guild", "XC", "speak", "assembly", "--on", "2010-01-01"), YES),
        (("may", "guild", "XC", "decide", "assembly", "--on", "2010-01-01"), NO),
        (("may", "guild", "XE", "--on", "2010-01-01"), YES),
        (("status", "guild", "XA", "--on", "2010-01-01"), YES),
        (("status", "guild", "XE", "--on", "2010-01-01"), NO),
        (("rules", "guild", "pact__art_9", "--on", "2010-01-01"), YES),
        (("rules", "guild", "pact__art_9", "--on", "1995-01-01"), NO),
    ],
)
def test_exit_codes_say_yes_or_no(words: tuple[str, ...], code: int, run: Run, ask: Ask) -> None:
    assert run(*words).exit_code == code
    ask(*words, code=code)


def test_an_integrity_failure_has_a_code_of_its_own(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    @click.command("orgs")
    def broken() -> None:
        raise IntegrityError(Fault("wrong_root", "leaf 3 is not what the log says"))

    monkeypatch.setattr("comity.cli.commands.orgs.command", broken)
    result = run("orgs")
    assert (result.exit_code, result.stderr) == (
        NO_INTEGRITY,
        "Error: leaf 3 is not what the log says.\n",
    )


def test_an_interruption_is_quiet(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command("orgs")
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("comity.cli.commands.orgs.command", interrupted)
    result = run("orgs")
    assert (result.exit_code, result.stdout) == (130, "")


def test_a_file_that_cannot_be_used_is_named(run: Run, ask: Ask, tmp_path: Path) -> None:
    record = tmp_path / "record"
    assert run("export", str(record)).exit_code == YES
    missing = str(tmp_path / "nowhere")
    for option in ("--key", "--earlier"):
        result = run("verify", str(record), option, missing)
        assert (result.exit_code, result.stdout) == (BAD_INPUT, "")
        assert f"cannot use {missing}: No such file" in result.stderr
    error = ask("verify", str(record), "--key", missing, code=BAD_INPUT)["error"]
    assert error["code"] == "unusable_file"
    below = run("export", str(tmp_path / "record" / "acts.jsonl" / "x"))
    assert below.exit_code == BAD_INPUT
    assert "a directory without a name" in run("export", "").stderr


def test_no_data(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = run("orgs", data=tmp_path / "nowhere")
    assert missing.exit_code == BAD_INPUT
    assert "nowhere is not a folder" in missing.stderr
    empty = run("orgs", data=tmp_path)
    assert empty.exit_code == BAD_INPUT
    assert "no organisation in" in empty.stderr
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("comity.cli.context._shipped", lambda: None)
    nothing = run("orgs", data=None)
    assert nothing.exit_code == BAD_INPUT
    assert "COMITY_DATA" in nothing.stderr


def test_data_is_found_upward(run: Run, copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(copy / "organisations" / "guild" / "acts")
    assert "guild" in run("orgs", data=None).stdout
    assert "guild" in run("orgs", data=copy / "organisations" / "guild").stdout


def test_a_broken_organisation_lists_all_its_faults(run: Run, copy: Path, ask: Ask) -> None:
    acts = copy / "organisations" / "guild" / "acts" / "acts.yaml"
    acts.write_text(acts.read_text().replace("party: XC, status: friend", "party: XC, status: foe"))
    result = run("at", "guild", data=copy)
    assert result.exit_code == BAD_INPUT
    assert result.stderr.count('no status "foe"') == 4
    # three acts name the status, and a fourth corrects one of them
    assert "acts.yaml:4:" in result.stderr
    faults = ask("at", "guild", code=BAD_INPUT, data=copy)["error"]["faults"]
    assert faults[0]["place"]["line"] == 4


def test_orgs_lists_what_can_be_read_beside_what_cannot(run: Run, copy: Path, ask: Ask) -> None:
    broken = copy / "organisations" / "broken"
    broken.mkdir()
    (broken / "charter.yaml").write_text("format: [")
    result = run("orgs", data=copy)
    assert result.exit_code == BAD_INPUT
    assert "Guild of Lanterns" in result.stdout
    assert "cannot be read" in result.stdout
    assert [each["id"] for each in ask("orgs", code=BAD_INPUT, data=copy)["organisations"]] == [
        "broken",
        "guild",
    ]


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"LC_ALL": "ru_RU.UTF-8"}, "Гильдия"),
        ({"LC_ALL": "", "LANG": "zh_CN.UTF-8"}, "灯笼行会"),
        ({"LC_ALL": "fr_FR.UTF-8"}, "Guild"),
        ({"LC_ALL": "C.UTF-8", "LANG": "ru_RU.UTF-8"}, "Guild"),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": ""}, "Guild"),
    ],
    ids=["LC_ALL", "LANG", "another language", "LC_ALL goes first", "none"],
)
def test_the_language_comes_from_the_environment(
    environment: dict[str, str], expected: str, run: Run
) -> None:
    assert expected in run("orgs", **environment).stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_two_examples(name: str, run: Run) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    examples = result.stdout.partition("Examples:")[2].split("\n")
    assert sum(f"{line} ".startswith(f"    comity {name} ") for line in examples) >= 2
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert command.name == name
