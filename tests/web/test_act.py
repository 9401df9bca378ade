"""The page of an act: what it changed, what rests on it, how it was corrected, and its proof."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from comity.kernel.act import Act
from comity.tlog.hashing import leaf_hash, node_hash
from comity.tlog.proofs import verify_inclusion
from comity_web.register.selectors import HEAD, record
from comity_web.register.services import append
from tests.web.registers import acts_of, said_later
from tests.web.test_why import answers_in, data, ids_of

pytestmark = pytest.mark.usefixtures("published")

INDIA = "2017-06-09-in-member"
MERGER = "2025-09-01-partners-merged"
LANGUAGES = ("en", "ru", "zh")


def act(name: str, *, organisation: str = "sco", language: str = "en", **asked: str) -> Any:
    given = "".join(f"&{key}={value}" for key, value in asked.items())
    return data(f"/{language}/{organisation}/acts/{name}/?format=json{given}")


def text_of(name: str, *, language: str = "en") -> str:
    return get(f"/{language}/sco/acts/{name}/").content.decode()


def get(path: str) -> HttpResponse:
    return Client().get(path)


def changes(page: Any) -> list[tuple[str, list[str], str, str, list[str]]]:
    return [
        (e["aspect"], [one["name"] for one in e["of"]], e["before"], e["after"], e["bases"])
        for e in page["changed"]
    ]


def test_the_sentence_is_the_title() -> None:
    page = act(INDIA)
    assert page["statement"] == "India: the status “member State” begins (procedure completed)"
    assert (page["effective_on_in_words"], page["place"]) == ("9 June 2017", "Astana")
    assert f">{page['statement']}</h1>" in text_of(INDIA)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (INDIA, ("status", ["India"], "Observer", "Member State", [])),
        (
            "2022-09-16-bh-dialogue-partner-decision",
            ("status", ["Bahrain"], "No status", "Dialogue partner", ["by decision"]),
        ),
        (
            "2023-07-14-bh-dialogue-partner-memorandum",
            ("status", ["Bahrain"], "No status", "Dialogue partner", ["in effect"]),
        ),
        ("2022-06-tr-renamed", ("name", ["Türkiye"], "Turkey", "Türkiye", [])),
        (
            "2004-01-15-secretariat-active",
            ("body", ["Secretariat"], "In formation", "Active", []),
        ),
        ("2018-06-10-kg-chair", ("office", ["SCO chairmanship"], "China", "Kyrgyzstan", [])),
        (MERGER, ("status", ["Afghanistan", "Mongolia"], "Observer", "SCO partner", [])),
    ],
)
def test_an_act_says_what_it_changed(name: str, expected: Any) -> None:
    assert expected in changes(act(name))


def test_a_notice_says_what_it_set_in_motion() -> None:
    page = act("2018-12-03-qa-notice", organisation="opec")
    assert changes(page) == [("departure", ["Qatar"], "–", "1 January 2019", [])]
    left = act("2019-01-01-qa-left", organisation="opec")
    assert ("status", ["Qatar"]) in [each[:2] for each in changes(left)]


def test_what_only_happened_changed_nothing() -> None:
    assert act("2017-06-09-chs-17")["changed"] == []
    assert "It records that something happened" in text_of("2017-06-09-chs-17")


def test_answers_of_the_day_rest_on_an_act_or_do_not_yet() -> None:
    resting = {(each["question"], each["of"]): each for each in act(INDIA)["resting"]}
    assert set(resting) == {("status", "IN"), ("count", "member"), ("count", "family")}
    assert resting["status", "IN"]["answer"] == "member State"
    assert act(INDIA, on="2010-01-01")["resting"] == []
    for each in resting.values():
        assert INDIA in ids_of(data(each["why"]))


@pytest.mark.parametrize("name", [INDIA, MERGER, "2018-06-10-kg-chair", "2022-06-tr-renamed"])
@pytest.mark.parametrize("basis", ["memorandum", "decision"])
def test_every_change_opens_the_same_grounds(name: str, basis: str) -> None:
    answers = [each for each in answers_in(act(name, basis=basis)["changed"]) if "grounds" in each]
    for answer in answers:
        opened = data(answer["why"])
        assert ids_of(opened) == ids_of(answer)
        assert {e["code"] for e in opened["doubts"]} == {e["code"] for e in answer["doubts"]}


def test_sources_say_what_was_read_and_where_else_they_serve() -> None:
    page = act("2012-12-05-chg-11")
    for each in page["sources"]:
        assert each["read_in_words"]
        assert get(each["address"]).status_code == 200
    assert [each["on_in_words"] for each in page["alternatives"]] == ["29 November 2013"]
    assert [each["id"] for each in page["notes"]] == ["2012-12-05-chg-11-date"]
    assert "recollection" in page["confidence_explained"]


def test_acts_lead_from_one_to_the_next_through_the_whole_record() -> None:
    seen = [min(acts_of("opec"), key=lambda each: (each.effective_on, each.id)).id]
    while True:
        (whole, *_) = act(seen[-1], organisation="opec")["neighbours"]
        if whole["after"] is None:
            break
        back = act(whole["after"]["id"], organisation="opec")["neighbours"][0]["before"]
        assert back["id"] == seen[-1]
        seen.append(whole["after"]["id"])
    assert sorted(seen) == sorted(each.id for each in acts_of("opec"))


def test_the_acts_of_each_party_are_around_it() -> None:
    of = {each["label"]: each for each in act(INDIA)["neighbours"]}
    assert set(of) == {"In the record", "India"}
    assert "IN" in record("sco").act(of["India"]["before"]["id"]).parties
    assert [each["label"] for each in act(MERGER)["neighbours"]] == ["In the record"]


# Corrections


def _record(*acts: Act) -> None:
    append(acts, head=HEAD, acting_user="officer", acting_for="secretariat")


def test_a_correction_stands_beside_what_it_corrected_and_nothing_is_hidden() -> None:
    _record(
        said_later("fix", "corrected", act=INDIA, changes={"place": "Almaty", "note": "As signed."})
    )
    page = act(INDIA)
    assert [(e["field"], e["before"], e["after"], e["by"]["id"]) for e in page["corrections"]] == [
        ("place", "Astana", "Almaty", "fix"),
        ("note", "", "As signed.", "fix"),
    ]
    assert (page["place"], page["record"]["place"]) == ("Almaty", "Astana")
    text = text_of(INDIA)
    assert "<del>Astana</del>" in text
    assert "<ins>Almaty</ins>" in text
    assert [each["id"] for each in page["naming"]] == ["fix"]
    assert [each["field"] for each in act("fix")["corrections"]] == ["place", "note"]
    assert act("fix")["revises"]["id"] == INDIA
    then = act(INDIA, known_at="2026-11-21")
    assert (then["corrections"], then["place"]) == ([], "Astana")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_that_a_correction_can_change_is_shown_in_words(language: str) -> None:
    changes = {
        "effective_on": "2017-06",
        "decided_on": "2017-06-08",
        "parties": ["IN", "PK"],
        "authority": {"body": "chg"},
        "details": {"status": "member", "stage": "memorandum_signed"},
        "sources": ["interview-2025"],
        "confidence": "low",
        "alternatives": [{"effective_on": "2017-06-10"}],
        "note": "n",
        "place": "p",
    }
    _record(said_later("fix", "corrected", act=INDIA, changes=changes))
    lines = act(INDIA, language=language)["corrections"]
    shown = {each["field"]: each for each in lines}
    assert set(shown) == (set(changes) - {"details"}) | {"details.stage"}
    for field, line in shown.items():
        assert line["label"] != field
        assert line["after"]
        assert not re.search(r"[{}\[\]_]", line["before"] + line["after"]), line


def test_an_annulled_act_says_that_nothing_rests_on_it() -> None:
    _record(said_later("undo", "annulled", act="2022-06-tr-renamed"))
    page = act("2022-06-tr-renamed")
    assert (page["annulled"], page["changed"], page["resting"]) == (True, [], [])
    assert "A later act annulled this one" in text_of("2022-06-tr-renamed")
    assert act("undo")["revises"]["id"] == "2022-06-tr-renamed"


# The log


def test_the_proof_on_the_page_proves_the_act() -> None:
    for name in (INDIA, MERGER, acts_of("sco")[0].id, acts_of("sco")[-1].id):
        proof = act(name)["proof"]
        leaf = leaf_hash(proof["leaf"].encode())
        path = [bytes.fromhex(each) for each in proof["path"]]
        root = bytes.fromhex(proof["root"])
        assert leaf.hex() == proof["leaf_hash"]
        assert json.loads(proof["leaf"])["id"] == name
        verify_inclusion(leaf, proof["position"], proof["size"], root, path)


def test_the_steps_join_the_hashes_as_they_say() -> None:
    proof = act(INDIA)["proof"]
    node = proof["leaf_hash"]
    for step in proof["steps"]:
        own = "right" if step["given"] == "left" else "left"
        assert step[own] == node
        joined = node_hash(bytes.fromhex(step["left"]), bytes.fromhex(step["right"]))
        assert joined.hex() == step["result"]
        node = step["result"]
    assert node == proof["root"]


def test_the_drawing_has_a_box_for_every_hash() -> None:
    proof, text = act(INDIA)["proof"], text_of(INDIA)
    assert text.count("proof-given") == text.count("proof-line") // 2 == len(proof["steps"])
    assert text.count('class="proof-box proof-root"') == 1
    assert f"{proof['root'][:10]}…" in text


def test_the_lines_of_python_on_the_page_do_what_they_say(tmp_path: Path) -> None:
    page = act(INDIA)["proof"]
    path = next(each["url"] for each in page["files"] if each["name"] == "proof.json")
    file = tmp_path / "proof.json"
    code = re.sub(r'url = ".*"', f'url = "{file.as_uri()}"', page["python"])

    def says(content: bytes) -> list[str]:
        file.write_bytes(content)
        command = [sys.executable, "-I", "-c", code]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return done.stdout.splitlines()

    content = get(path).content
    assert says(content)[0] == "True"
    assert "\n".join(says(content)[1:]).strip() == page["checkpoint"].strip()
    assert says(content.replace(b"Astana", b"Almaty"))[0] == "False"


def test_the_command_names_the_act() -> None:
    assert act(INDIA)["proof"]["command"].endswith(f"--act sco/{INDIA}")


# Citing


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_act_is_cited_in_several_styles(language: str) -> None:
    page = act(INDIA, language=language)
    styles = {each["style"]: each for each in page["citations"]}
    assert len(styles) == 6
    for each in styles.values():
        assert bool(each["text"]) != bool(each["url"])
        if each["text"]:
            assert f"/{language}/sco/acts/{INDIA}/" in each["text"]
            assert INDIA in each["text"].split("/")[0] + each["text"]


def test_citations_can_be_had_as_files() -> None:
    home = f"/en/sco/acts/{INDIA}"
    (item,) = get(f"{home}/citation.json").json()
    assert item["issued"] == {"date-parts": [[2017, 6, 9]]}
    assert item["URL"] == f"http://testserver{home}/"
    bib = get(f"{home}/citation.bib").content.decode()
    assert bib.startswith(f"@misc{{sco-{INDIA},\n  title = {{{{India: ")
    assert bib.count("{") == bib.count("}")
    ris = get(f"{home}/citation.ris").content.decode()
    lines = ris.split("\r\n")
    assert (lines[0], lines[-2]) == ("TY  - GEN", "ER  - ")
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", each) for each in lines[:-1])
    assert "DA  - 2017/06/09/" in lines


def test_what_tex_would_run_is_escaped_and_a_month_has_no_day() -> None:
    text = r"50% of {all} \input{x} & a_b #1 $2 ~ ^"
    _record(said_later("odd", "adopted", title={"en": text}))
    bib = get("/en/sco/acts/odd/citation.bib").content.decode()
    assert r"50\% of \{all\} \textbackslash{}input\{x\} \& a\_b \#1 \$2" in bib
    (item,) = get("/en/sco/acts/2022-06-tr-renamed/citation.json").json()
    assert item["issued"] == {"date-parts": [[2022]]}
    assert "DA  - 2022///" in get("/en/sco/acts/2022-06-tr-renamed/citation.ris").content.decode()


@pytest.mark.parametrize("file", ["citation.bib", "citation.ris", "citation.json", ""])
def test_an_act_that_is_not_there_is_not_found(file: str) -> None:
    assert get(f"/en/sco/acts/nothing/{file}").status_code == 404
