"""A charter without faults is read as what it says."""

from __future__ import annotations

import dataclasses
import shutil
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from comity.charter.load import load, load_inline
from comity.charter.model import (
    ALL,
    Basis,
    Charter,
    Facet,
    LifeStage,
    Notice,
    OrderOfStates,
    Party,
    Position,
    Rotation,
    Seat,
    Stage,
    Territory,
)
from comity.kernel import documents
from comity.kernel.dates import PartialDate, Period
from comity.kernel.errors import DataError

TREATY_ART_5 = "treaty__art_5"


def test_the_smallest_charter_has_one_basis_and_one_facet(club_folder: Path) -> None:
    charter = load(club_folder.parent / "minimal")
    assert charter.id == "club"
    assert list(charter.statuses) == ["member"]
    assert charter.statuses["member"].items[0].facet == "membership"
    assert charter.bases == {"effect": Basis("effect")}
    assert charter.default_basis == "effect"
    assert charter.facets == {"membership": Facet("membership")}
    assert charter.parties == {}


def test_the_organisation(club: Charter) -> None:
    assert club.names["zh"] == "河流俱乐部"
    assert club.founded_on == date(1990, 5, 1)
    assert club.dissolved_on == date(2040, 1, 1)
    assert club.recorded_at == datetime(2026, 1, 1, tzinfo=UTC)
    assert club.digest.startswith("sha256:")


def test_names_come_with_english_first_and_the_others_by_code() -> None:
    charter = inline("{names: {zh: 会员, fr: membre, en: member}}")
    assert list(charter.statuses["member"].items[0].names) == ["en", "fr", "zh"]


def test_one_mapping_and_a_list_are_both_versions(club: Charter) -> None:
    assert len(club.statuses["member"].items) == 1
    old, new = club.articles["treaty__art_7"].items
    assert old.period == Period(None, date(2010, 1, 1))
    assert new.period == Period(date(2010, 1, 1), None)
    assert (old.confidence, new.confidence) == ("high", "medium")


def test_versions_are_put_oldest_first() -> None:
    charter = inline("[{from: 2001-01-01, names: {en: b}}, {until: 2001-01-01, names: {en: a}}]")
    assert [each.names["en"] for each in charter.statuses["member"].items] == ["a", "b"]


def test_a_status_without_facet_is_of_the_first_one() -> None:
    charter = inline("{}", "facets: {alliance: {}, command: {}}")
    assert charter.facet_of("member") == charter.main_facet == "alliance"


def test_numbers_are_text_and_partial_dates_stay_partial(club: Charter) -> None:
    assert club.articles["treaty__art_1"].items[0].number == "1"
    assert club.instruments["treaty"].in_force_on == PartialDate.parse("1991")
    assert club.instruments["regulations"].adopted_on == PartialDate.parse("1999-06")


def test_the_default_basis(club: Charter) -> None:
    assert club.default_basis == "decision"
    assert list(club.bases) == ["decision", "signature"]


def test_a_path_with_its_stages(club: Charter) -> None:
    path = club.paths[0]
    assert path.preceded_by == ("friend", "partner")
    assert [stage.id for stage in path.stages] == ["applied", "decision", "signed"]
    assert path.stages[0].required is False
    assert path.stages[1] == Stage(
        id="decision",
        names={"en": "decision", "ru": "решение", "zh": "决定"},
        by=("assembly",),
        article="treaty__art_1",
        gives_status_on=("decision",),
    )
    assert club.paths[1].stages[0].gives_status_on == (ALL,)


def test_a_body_with_composition_and_life(club: Charter) -> None:
    bureau = club.bodies["bureau"].items[0]
    assert bureau.reports_to == "assembly"
    assert bureau.composition == (Seat(parties=("XA", "XB"), article=TREATY_ART_5),)
    assert bureau.life[2] == LifeStage(
        "transformed", TREATY_ART_5, "assembly", Period(date(2015, 1, 1), None)
    )
    assembly = club.bodies["assembly"].items[1]
    assert assembly.supreme
    assert assembly.chair == "chair"
    assert assembly.seat["en"] == "Ferryton"


def test_grants_of_everything_and_on_a_condition(club: Charter) -> None:
    first, second, _, conditional, _ = club.grants
    assert (first.rights, first.bodies) == ((ALL,), (ALL,))
    assert (second.bodies, second.answer) == ((ALL,), "yes")
    assert conditional.answer == "conditional"
    assert conditional.condition["en"] == "if the chair agrees"


def test_suspension_with_and_without_becoming_something_else(club: Charter) -> None:
    loses, becomes, everything = club.suspension
    assert (loses.loses, loses.counted_in_base) == (("speak", "decide"), True)
    assert (becomes.becomes, becomes.counted_in_base) == ("at_rest", False)
    assert everything.loses == (ALL,)


def test_notices(club: Charter) -> None:
    period, cutoff, at_once = (rule.notice for rule in club.withdrawal)
    assert period == Notice(
        months=12, then="first_of_next_month", roll_over=True, not_within_months=36
    )
    assert cutoff == Notice(notice_by=(7, 1), effect=(1, 1))
    assert at_once == Notice()


def test_an_office_that_rotates(club: Charter) -> None:
    chair = club.offices["chair"].items[0]
    assert chair.rotation == Rotation("alphabetical", True, TREATY_ART_5)
    assert (chair.holder, chair.term_months, chair.renewable) == ("party", 12, False)
    assert club.offices["secretary"].items[0].holder == "person"


def test_code_lists_and_sources(club: Charter) -> None:
    assert club.parties["XA"].former_codes == ("XAXA",)
    assert club.parties["XD"].kind == "organisation"
    assert not club.territories["XB-I"].within
    assert club.territories["XA-I"].of == "XA"
    assert club.sources["treaty-text"].accessed == "2026-01-01"
    assert club.order_of_states[1] == OrderOfStates(
        "ru", "order_names", "treaty__art_9", Period(date(2000, 1, 1), None)
    )


def test_a_capital_is_a_point_that_may_move(club: Charter) -> None:
    capitals = club.parties["XA"].capital
    assert capitals is not None
    old, new = capitals.items
    assert old.at == Position(Decimal("12.5"), Decimal(-3))
    assert (str(new.at.longitude), new.sources) == ("3.10", ("treaty-text",))
    assert club.parties["XB"].capital is None


def test_translations(club: Charter) -> None:
    assert list(club.translations) == ["ru", "zh"]
    assert club.in_language("Read in full.", "ru") == "Прочитано полностью."
    assert club.in_language("Read in full.", "fr") == "Read in full."
    assert club.in_language("Not translated.", "ru") == "Not translated."


def test_every_value_of_a_charter_is_frozen(club: Charter) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        club.id = "other"  # type: ignore[misc]
    with pytest.raises(TypeError):
        club.parties["XA"].names["en"] = "other"  # type: ignore[index]
    with pytest.raises(TypeError):
        club.translations["ru"]["Read in full."] = "other"  # type: ignore[index]


def test_faults_of_several_files_come_together_in_the_order_of_lines(
    club_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "club"
    shutil.copytree(club_folder, folder)
    replace(folder / "charter.yaml", "merged_into: partner", "merged_into: patrner")
    replace(folder / "codelists/parties.yaml", "kind: organisation", "kind: organization")
    with pytest.raises(DataError) as caught:
        load(folder)
    told = [(Path(f.place.file).name, f.code, f.advice) for f in caught.value.faults if f.place]
    assert told == [
        ("charter.yaml", "unknown_status", 'Did you mean "partner"?'),
        ("charter.yaml", "unknown_status", 'Did you mean "partner"?'),
        ("parties.yaml", "value_not_allowed", 'Did you mean "organisation"?'),
    ]


def test_every_unreadable_file_is_told(club_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "club"
    shutil.copytree(club_folder, folder)
    (folder / "charter.yaml").unlink()
    (folder / "sources.yaml").write_text("sources: {a: {title: x}, a: {title: y}}")
    with pytest.raises(DataError) as caught:
        load(folder)
    assert [fault.code for fault in caught.value.faults] == ["unreadable_file", "duplicate_key"]


def test_a_code_list_of_a_misspelt_name_is_told(club_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "club"
    shutil.copytree(club_folder, folder)
    (folder / "codelists/territories.yaml").rename(folder / "codelists/teritories.yml")
    with pytest.raises(DataError, match=r'Did you mean "territories\.yaml"\?') as caught:
        load(folder)
    assert [fault.code for fault in caught.value.faults] == ["unknown_file"]


def test_a_case_may_leave_out_what_its_rules_name() -> None:
    charter = inline(
        "{article: art_1}",
        "grants: [{statuses: [member], rights: [speak, all], bodies: [board], article: art_2}]",
        extra_parties=["SY"],
    )
    assert set(charter.articles) == {"art_1", "art_2"}
    assert set(charter.rights) == {"speak"}
    assert set(charter.bodies) == {"board"}
    assert charter.grants[0].rights == (ALL,)
    assert charter.parties == {"SY": Party("SY")}


def test_a_case_that_defines_a_section_must_define_all_of_it() -> None:
    with pytest.raises(DataError, match='no article "art_1"'):
        inline("{article: art_1}", "articles: {art_2: {}}")


def test_a_case_with_code_lists_of_its_own() -> None:
    text = """
    cases: []
    charter: {organisation: {id: club, names: {ru: Клуб}}, statuses: {member: {}}}
    parties: {DK: {names: {en: Denmark}}}
    territories: {GL: {of: DK}}
    translations: {ru: {Nuuk: Нуук}}
    """
    charter = load_inline(documents.parse(text), extra_parties=["DK", "SE"])
    assert charter.parties == {"DK": Party("DK", {"en": "Denmark"}), "SE": Party("SE")}
    assert charter.territories == {"GL": Territory("GL", "DK")}
    assert charter.in_language("Nuuk", "ru") == "Нуук"


def test_a_fault_in_a_case_has_its_line() -> None:
    text = (
        "files:\n  - charter: {organisation: {id: club},\n      statuses: {member: {facet: x}}}\n"
    )
    with pytest.raises(DataError) as caught:
        load_inline(documents.parse(text, "case.yaml"), "files", 0)
    assert [str(fault.place) for fault in caught.value.faults] == ["case.yaml:3:27"]
    text = "charter: {organisation: {id: club}, statuses: {member: {}}}\nparties:\n  be: {}\n"
    with pytest.raises(DataError) as caught:
        load_inline(documents.parse(text, "case.yaml"))
    assert [str(fault.place) for fault in caught.value.faults] == ["case.yaml:3:3"]


@pytest.mark.parametrize("text", ["cases: []", "- charter", "charter"])
def test_a_case_without_charter_is_refused(text: str) -> None:
    with pytest.raises(DataError, match='no key "charter"'):
        load_inline(documents.parse(text))


def inline(member: str, *lines: str, extra_parties: list[str] | None = None) -> Charter:
    rules = ["organisation: {id: club}", f"statuses: {{member: {member}}}", *lines]
    text = "charter:\n" + "\n".join(f"  {line}" for line in rules)
    return load_inline(documents.parse(text), extra_parties=extra_parties or ())


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
