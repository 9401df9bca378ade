"""What the read API answers, operation by operation, about the organisations of the repository."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from comity.kernel.act import Act
from comity.kernel.canonical import encode
from comity.register.records import from_record
from comity.tlog.checkpoint import Checkpoint
from comity.tlog.hashing import leaf_hash
from comity.tlog.note import VerifierKey
from comity_web.register.selectors import HEAD, present
from comity_web.register.services import append
from tests.web.api import ORGANISATIONS, data, ids, refused

pytestmark = pytest.mark.usefixtures("published")

INDIA = "2017-06-09-in-member"


def by(statements: list[dict[str, Any]], name: str) -> dict[str, dict[str, Any]]:
    return {each[name]: each for each in statements}


def test_all_organisations_are_listed_with_the_way_to_each() -> None:
    found = by(data("organisations")["organisations"], "id")
    assert sorted(found) == list(ORGANISATIONS)
    assert found["sco"]["names"]["zh"] == "上海合作组织"
    assert found["sco"]["founded_on"] == "2001-06-15"
    assert found["sco"]["url"] == "/api/v1/organisations/sco"


def test_an_organisation_says_what_its_rules_define() -> None:
    found = data("organisations/sco?on=2023-12-14")
    assert [each["id"] for each in found["facets"]] == ["membership", "shanghai_five"]
    assert {each["id"]: each["default"] for each in found["bases"]} == {
        "memorandum": True,
        "decision": False,
    }
    counts = {each["id"]: each["value"] for each in found["counts"]}
    assert (counts["member"], counts["observer"], counts["dialogue_partner"]) == (9, 3, 14)
    assert found["order_of_states"]["language"] == "ru"
    assert ids(found["order_of_states"]) == ["charter__art_5__summits"]
    assert found["rules"]["digest"] == present().register.organisation("sco").charter.digest


def test_the_family_counts_otherwise_on_either_basis() -> None:
    """On 4 July 2023 sources disagree, and the answer says so."""
    counts = {
        basis: by(data(f"organisations/sco?on=2023-07-04&basis={basis}")["counts"], "id")["family"]
        for basis in ("memorandum", "decision")
    }
    values = {basis: each["value"] for basis, each in counts.items()}
    assert values["decision"] > values["memorandum"]
    for basis, other in (("memorandum", "decision"), ("decision", "memorandum")):
        doubts = [each for each in counts[basis]["doubts"] if each["code"] == "other_basis"]
        assert {"code": "other_basis", "ground": other, "detail": str(values[other])} in doubts


def test_the_situation_has_the_roster_in_the_order_of_states() -> None:
    found = (
        data("organisations/sco?on=2023-12-14"),
        data("organisations/sco/situation?on=2023-12-14"),
    )
    roster = [each for each in found[1]["roster"] if each["status"] == "member"]
    assert [each["party"] for each in roster] == [
        "IN", "IR", "KZ", "CN", "KG", "PK", "RU", "TJ", "UZ"]  # fmt: skip
    assert by(roster, "party")["IN"]["since"] == "2017-06-09"
    assert by(found[1]["offices"], "id")["chair"]["holder"]["party"] == "KZ"
    assert found[1]["counts"] == found[0]["counts"]
    assert found[1]["suspended"]["parties"] == []


def test_the_situation_says_who_is_suspended_and_who_is_leaving() -> None:
    suspended = data("organisations/au/situation?on=2022-06-01")["suspended"]
    assert {"BF", "GN", "ML", "SD"} <= set(suspended["parties"])
    assert suspended["grounds"]
    leaving = data("organisations/eu/situation?on=2019-06-01")["departures"]
    assert [(each["party"], each["on"]) for each in leaving] == [("GB", "2019-11-01")]
    assert leaving[0]["grounds"]


def test_the_situation_says_who_is_on_the_way() -> None:
    under_way = data("organisations/sco/situation?on=2023-01-01")["under_way"]
    stages = {(each["party"], each["status"]): each for each in under_way}
    assert stages["BY", "member"]["stage"]
    assert all(each["grounds"] for each in under_way)


def test_every_party_is_listed_with_its_status() -> None:
    found = by(data("organisations/sco/parties?on=2016-06-01")["parties"], "code")
    assert (found["BY"]["status"], found["IN"]["status"]) == ("observer", "observer")
    assert found["BY"]["since"] == "2015-07-10"
    assert found["EG"]["status"] is None
    assert found["EG"]["grounds"]


def test_what_belarus_was_on_1_june_2016_and_why() -> None:
    found = data("organisations/sco/parties/BY?on=2016-06-01")
    status = by(found["statuses"], "facet")["membership"]
    assert (status["status"], status["since"]) == ("observer", "2015-07-10")
    assert status["grounds"] == [
        {
            "kind": "article",
            "id": "charter__art_14__relations",
            "url": "/api/v1/organisations/sco/articles/charter__art_14__relations?on=2016-06-01",
        },
        {
            "kind": "act",
            "id": "2015-07-10-by-observer",
            "url": "/api/v1/organisations/sco/acts/2015-07-10-by-observer?on=2016-06-01",
        },
        {
            "kind": "act",
            "id": "2026-11-22-by-observer-corrected",
            "url": "/api/v1/organisations/sco/acts/2026-11-22-by-observer-corrected?on=2016-06-01",
        },
    ]
    assert found["names"]["names"] == {"en": "Belarus", "ru": "Беларусь", "zh": "白俄罗斯"}
    assert found["links"]["html"]["ru"] == "/ru/sco/parties/BY/?on=2016-06-01"
    spells = [(each["status"], each["from"], each["until"]) for each in found["history"]]
    assert spells == [
        ("dialogue_partner", "2010-04-28", "2015-07-10"),
        ("observer", "2015-07-10", "2024-07-04"),
        ("member", "2024-07-04", None),
    ]


def test_a_party_may_be_named_by_a_former_code_or_its_name() -> None:
    for name in ("BY", "by", "Belarus", "Беларусь", "白俄罗斯"):
        assert data(f"organisations/sco/parties/{name}")["code"] == "BY"


def test_a_suspended_party_says_since_when_and_what_it_may_not() -> None:
    found = data("organisations/au/parties/ML?on=2022-06-01")
    assert found["suspension"]["suspended"] is True
    assert found["suspension"]["grounds"]
    assert found["in_base"]["value"] is False
    member = data("organisations/au/parties/EG?on=2022-06-01")
    assert (member["suspension"]["suspended"], member["in_base"]["value"]) == (False, True)
    assert member["suspension"]["since"] is None


def test_a_notice_of_withdrawal_says_when_it_takes_effect() -> None:
    assert data("organisations/eu/parties/GB?on=2019-06-01")["departure"]["on"] == "2019-11-01"
    left = data("organisations/eu/parties/GB?on=2021-01-01")["departure"]
    assert left["on"] is None
    assert left["grounds"]


def test_what_an_observer_may_do_in_the_council_of_heads_of_government() -> None:
    path = "organisations/sco/parties/BY/rights?on=2016-06-01"
    found = data(f"{path}&body=chg")["rights"]
    assert {each["body"] for each in found} == {"chg"}
    rights = by(found, "right")
    assert rights["decide"]["answer"] == "no"
    assert all(each["grounds"] for each in found)
    one = data(f"{path}&body=chg&right=decide")["rights"]
    assert [each["right"] for each in one] == ["decide"]
    assert one[0]["grounds"][0]["url"].endswith("?on=2016-06-01")


def test_rights_without_a_body_are_told_in_general_and_in_each() -> None:
    found = data("organisations/sco/parties/BY/rights?on=2016-06-01&right=attend")["rights"]
    bodies = [each["body"] for each in found]
    assert bodies[0] is None
    assert len(bodies) == len(set(bodies)) > 5


def test_the_table_of_rights_has_every_status_right_and_body_once() -> None:
    found = data("organisations/sco/rights?on=2023-12-14")["rights"]
    cells = [(each["status"], each["right"], each["body"]) for each in found]
    assert len(cells) == len(set(cells))
    statuses, rights, bodies = ({cell[n] for cell in cells} for n in range(3))
    assert len(cells) == len(statuses) * len(rights) * len(bodies)
    one = data("organisations/sco/rights?on=2023-12-14&status=member&right=decide&body=chs")
    assert [(each["answer"], each["unsaid"]) for each in one["rights"]] == [("yes", False)]
    assert any(each["unsaid"] and each["answer"] == "no" for each in found)


def test_bodies_are_listed_with_the_stage_of_their_life() -> None:
    found = by(data("organisations/sco/bodies?on=2003-06-01")["bodies"], "id")
    assert found["chs"]["supreme"] is True
    assert found["secretariat"]["stage"] != "active"
    assert by(data("organisations/sco/bodies?on=2005-06-01")["bodies"], "id")["secretariat"][
        "stage"
    ] == "active"  # fmt: skip


def test_a_body_says_who_sits_in_it_and_who_is_in_the_chair() -> None:
    found = data("organisations/sco/bodies/chs?on=2023-12-14")
    seats = {each["party"]: each["capacity"] for each in found["composition"]}
    assert seats["IN"] == "full"
    assert all(each["grounds"] for each in found["composition"])
    assert found["chair"]["holder"]["party"] == "KZ"
    assert [each["stage"] for each in found["life"]][-1] == "active"


def test_offices_are_listed_with_their_holders() -> None:
    found = by(data("organisations/sco/offices?on=2023-12-14")["offices"], "id")
    assert found["chair"]["holder"]["party"] == "KZ"
    assert found["chair"]["grounds"]


def test_an_office_tells_who_held_it_oldest_first_and_who_is_next() -> None:
    found = data("organisations/sco/offices/chair?on=2023-12-14")
    starts = [each["from"] for each in found["tenures"]]
    assert starts == sorted(starts)
    assert all(each["began_by"] for each in found["tenures"])
    assert found["office"]["holder"] in found["tenures"]
    assert found["next"]["party"] == "CN"
    assert found["rotation"]["as_a_rule"] is True


def test_articles_say_whether_they_are_in_force() -> None:
    name = "charter__art_13__admission"
    before, after = (
        by(data(f"organisations/sco/articles?on={day}")["articles"], "id")[name]["in_force"]
        for day in ("2002-01-01", "2010-01-01")
    )
    assert (before, after) == (False, True)


def test_an_article_has_its_versions_rules_and_acts() -> None:
    found = data("organisations/sco/articles/charter__art_13__admission?on=2023-12-14")
    assert found["article"]["title"]["en"]
    assert found["versions"][0]["text"]["zh"]
    assert INDIA in [each["id"] for each in found["acts"]]
    assert {each["section"] for each in found["rules"]} == {"statuses"}


def test_instruments_name_their_articles_and_sources_their_address() -> None:
    instruments = by(data("organisations/sco/instruments")["instruments"], "id")
    assert "charter__art_13__admission" in instruments["charter"]["articles"]
    assert instruments["charter"]["in_force_on"] == "2003-09-19"
    sources = by(data("organisations/sco/sources")["sources"], "id")
    assert set(instruments["charter"]["sources"]) <= set(sources)
    assert all(each["url"] is None or each["url"].startswith("http") for each in sources.values())


def test_an_act_is_told_as_it_reads_and_as_it_was_recorded_with_its_leaf() -> None:
    found = data(f"organisations/sco/acts/{INDIA}")
    assert found["act"]["details"] == {"stage": "admitted", "status": "member"}
    assert found["act"]["place"]["text"] == "Astana"
    leaf = encode(found["recorded"])
    assert found["log_entry"]["leaf_hash"] == leaf_hash(leaf).hex()
    assert found["act"]["position"] == found["log_entry"]["position"]


def record_now(*acts: dict[str, Any]) -> None:
    append([_act(each) for each in acts], head=HEAD, acting_user="officer", acting_for="registry")


def _act(fields: dict[str, Any]) -> Act:
    common = {"organisation": "sco", "recorded_at": "2026-11-21T00:00:00Z"}
    return from_record({**common, "effective_on": "2026-11-21", **fields})


def test_a_correction_changes_what_reads_and_not_what_was_recorded() -> None:
    changes = {"place": "Almaty", "effective_on": "2017-06-10"}
    record_now({"id": "c", "kind": "corrected", "details": {"act": INDIA, "changes": changes}})
    found = data(f"organisations/sco/acts/{INDIA}")
    assert (found["act"]["place"]["text"], found["act"]["effective_on"]) == ("Almaty", "2017-06-10")
    assert found["recorded"]["place"] == "Astana"
    assert [each["id"] for each in found["act"]["revised_by"]] == ["c"]
    assert found["act"]["annulled"] is False
    as_known = data(f"organisations/sco/acts/{INDIA}?known_at=2026-11-21")
    assert as_known["act"]["effective_on"] == "2017-06-09"


def test_an_annulled_act_stays_and_says_so() -> None:
    plan = "2015-07-10-development-strategy-2025"
    assert plan in [ids(each)[0] for each in data("organisations/sco/plans")["plans"]]
    record_now({"id": "a", "kind": "annulled", "details": {"act": plan}})
    found = data(f"organisations/sco/acts/{plan}")["act"]
    assert (found["annulled"], [each["id"] for each in found["revised_by"]]) == (True, ["a"])
    assert plan not in [ids(each)[0] for each in data("organisations/sco/plans")["plans"]]


def test_an_act_recorded_later_was_not_known() -> None:
    fault = refused(f"organisations/sco/acts/{INDIA}?known_at=2020-01-01", 404)["faults"][0]
    assert (fault["code"], fault["where"]) == ("unknown_act", "act")
    assert "recorded after the moment asked about" in fault["found"]


def test_what_changed_between_the_summits_of_2017_and_2025() -> None:
    found = data("organisations/sco/changes?from=2017-06-09&to=2025-09-01")
    assert (found["question"]["on"], found["from"]) == ("2025-09-01", "2017-06-09")
    came = {
        (each["party"], each["on"]): (each["before"], each["after"]) for each in found["statuses"]
    }
    assert came["IR", "2023-07-04"] == ("observer", "member")
    assert came["BY", "2024-07-04"] == ("observer", "member")
    assert all(each["grounds"] for each in found["statuses"])
    assert any(each["after"] is None for each in found["rules"])
    chairs = [each["after"]["party"] for each in found["others"] if each["of"] == "chair"]
    assert (len(chairs), chairs[-1]) == (8, "KG")
    assert all(each["grounds"] for each in found["others"])
    assert found["statuses"] == sorted(found["statuses"], key=lambda each: str(each["on"]))


def test_changes_need_their_first_day_and_take_it_before_the_second() -> None:
    codes = {
        query: refused(f"organisations/sco/changes{query}", 422)["faults"][0]["code"]
        for query in ("", "?from=2020-01-02&to=2020-01-01", "?from=2020-01-01&on=2021-01-01")
    }
    assert list(codes.values()) == ["missing_parameter", "days_out_of_order", "unknown_parameter"]
    assert data("organisations/sco/changes?from=2020-01-01&to=2020-01-01")["statuses"] == []


def test_plans_and_theme_years_are_those_of_the_day() -> None:
    found = data("organisations/sco/plans?on=2022-12-31")["plans"]
    by_document = by(found, "document")
    assert by_document["development_strategy_2025"]["horizon"] == 2025
    year = next(each for each in found if each["subject"] == "2023")
    assert (year["kind"], year["period"]) == ("designated", "2023")
    assert [each["code"] for each in year["doubts"]] == ["medium_confidence"]
    earlier = data("organisations/sco/plans?on=2010-12-31")["plans"]
    assert len(earlier) < len(found)


def test_the_log_gives_its_signed_head() -> None:
    found = data("log")
    signed = Checkpoint.open(found["checkpoint"], VerifierKey.parse(found["key"]))
    assert (signed.origin, signed.size, signed.root.hex()) == (
        found["log"]["origin"],
        found["log"]["size"],
        found["log"]["root"],
    )
    assert found["recorded_at"]


# What holds for every answer


def statements(value: object) -> Iterator[dict[str, Any]]:
    """Yield everything in an answer that has grounds."""
    if isinstance(value, dict):
        if "grounds" in value:
            yield value
        for each in value.values():
            yield from statements(each)
    elif isinstance(value, list):
        for each in value:
            yield from statements(each)


DAYS = ("1950-01-01", "2003-01-01", "2016-06-01", "2023-07-04")
# Names rest on the list of parties, an empty list on nothing, a code of rules on no article.
_WITHOUT = ("names", "formal_names", "represented_by", "suspended", "order_of_states", "languages")


@pytest.mark.parametrize("organisation", ORGANISATIONS)
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("step", ["", "/situation", "/parties", "/bodies", "/offices", "/rights"])
def test_nothing_is_stated_without_a_ground(organisation: str, day: str, step: str) -> None:
    answer = data(f"organisations/{organisation}{step}?on={day}")
    told = {name: value for name, value in answer.items() if name not in _WITHOUT}
    bare = [each for each in statements(told) if not each["grounds"]]
    assert [json.dumps(each)[:300] for each in bare] == []


@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_nothing_is_stated_of_a_party_without_a_ground(organisation: str) -> None:
    for code in present().register.organisation(organisation).charter.parties:
        for path in ("", "/rights"):
            answer = data(f"organisations/{organisation}/parties/{code}{path}?on=2016-06-01")
            told = {name: value for name, value in answer.items() if name not in _WITHOUT}
            assert [each for each in statements(told) if not each["grounds"]] == [], code


@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_every_ground_and_every_link_leads_to_an_answer(organisation: str) -> None:
    answer = data(f"organisations/{organisation}/situation?on=2016-06-01")
    urls = {each["url"] for found in statements(answer) for each in found["grounds"]}
    urls |= {each["url"] for name in ("bodies", "offices") for each in answer[name]}
    urls |= {answer["links"]["self"], *answer["links"]["html"].values()}
    assert len(urls) > 10
    for url in urls:
        assert url.endswith("?on=2016-06-01")
        assert Client().get(url).status_code == 200, url
