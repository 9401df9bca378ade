"""What a search finds: readable cases, and what must hold for every name and every text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from comity.charter.model import Charter
from comity.kernel import documents
from comity.kernel.errors import UnknownName
from comity.register.records import to_record
from comity.register.register import OrganisationRecord
from comity_web.register.selectors import Present, present
from comity_web.search.examples import examples
from comity_web.search.finding import Found, find
from comity_web.search.folding import composed, pieces, whole
from comity_web.search.keeping import index_of
from comity_web.search.lexicon import MISTYPED, SURE
from comity_web.search.reading import MOST_WORDS, QueryTooLong, Word, read
from comity_web.search.results import Marked
from comity_web.search.searching import search
from comity_web.search.things import KINDS

pytestmark = pytest.mark.usefixtures("published")
in_one_database = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])

CASES = documents.read(Path(__file__).parent / "cases" / "search.yaml").data
LANGUAGES = ("en", "ru", "zh")
ORGANISATIONS = ("au", "eu", "opec", "sco")
FIRST = 20


def outcome(case: dict[str, Any]) -> dict[str, Any]:
    """Return what a search gives of what a case expects."""
    on = date.fromisoformat(case["on"]) if "on" in case else date.max
    results = search(
        present(), case["ask"], case.get("in", "en"), organisation=case.get("at"), on=on, limit=1
    )
    hit = results.hits[0] if results.hits else None
    match = hit.match if hit else None
    found = {
        "first": f"{hit.kind} {hit.organisation} {hit.id}" if hit else "none",
        "called": hit.label.text if hit else "",
        "as": match.marked.text if match else "",
        "by": match.by if match else "",
        "instead": [each.text for each in results.suggestions],
    }
    return {name: value for name, value in found.items() if name in case}


@pytest.mark.parametrize("group", CASES)
def test_a_reader_finds_first_what_is_meant(group: str) -> None:
    for case in CASES[group]:
        expected = {name: case[name] for name in case.keys() - {"ask", "in", "at", "on"}}
        assert outcome(case) == expected, case["ask"]


def test_the_cases_are_many_and_of_every_script() -> None:
    asked = [str(case["ask"]) for cases in CASES.values() for case in cases]
    assert len(asked) == len(set(asked)) >= 80
    for script in ("abc", "абв", "国"):
        assert any(each in text.casefold() for text in asked for each in script)


# Every name of every thing


def names_of(record: OrganisationRecord) -> Iterator[tuple[str, str, str]]:
    """Yield kind, identifier and one name, in every language, of all that has one."""
    charter = record.charter
    yield from (("organisation", charter.id, e) for e in (*charter.names.values(), charter.id))
    yield from (("organisation", charter.id, each) for each in charter.short_names.values())
    yield from _parties(charter)
    for kind, every in (
        ("body", charter.bodies),
        ("office", charter.offices),
        ("status", charter.statuses),
    ):
        for id, versions in every.items():
            for version in versions.items:
                short = getattr(version, "short_names", {})
                yield from ((kind, id, e) for e in (*version.names.values(), *short.values()))
    for kind, plain in (("right", charter.rights), ("instrument", charter.instruments)):
        yield from ((kind, id, e) for id, one in plain.items() for e in one.names.values())
    for id, articles in charter.articles.items():
        yield from (("article", id, e) for one in articles.items for e in one.title.values())
    yield from (("source", each.id, each.title) for each in charter.sources.values())
    for act in record.acts:
        if act.kind == "adopted":
            yield from (("document", act.id, str(e)) for e in act.details["title"].values())
        if act.kind == "renamed":
            yield from (("party", act.parties[0], str(e)) for e in act.details["names"].values())


def _parties(charter: Charter) -> Iterator[tuple[str, str, str]]:
    for party in charter.parties.values():
        every = (party.names, party.formal_names, party.order_names)
        names = [name for texts in every for name in texts.values()]
        codes = (party.code, *party.former_codes)
        yield from (("party", party.code, each) for each in (*names, *codes))


def found(now: Present, text: str) -> Found:
    return find(index_of(now), read(text), now.known)


@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_every_name_of_every_thing_finds_it_among_the_first(organisation: str) -> None:
    now = present()
    index = index_of(now)
    record = now.register.organisation(organisation)
    preferred = index.of_organisation[organisation]
    for kind, id, name in names_of(record):
        hits = found(now, name[:200]).first(FIRST, preferred)
        assert index.known(kind, organisation, id) in hits, (kind, id, name)


@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_every_identifier_leads_to_what_it_identifies(organisation: str) -> None:
    now = present()
    record = now.register.organisation(organisation)
    # The process may remember an act that another test took back from its database.
    acts = [act.id for act in record.acts][: now.known[organisation]]
    identified = {"act": acts, "article": [*record.charter.articles]}
    identified["source"] = [*record.charter.sources]
    for kind, identifiers in identified.items():
        for id in identifiers:
            hits = found(now, id).first(FIRST, index_of(now).of_organisation[organisation])
            assert index_of(now).known(kind, organisation, id) in hits, (kind, id)


@in_one_database
@given(st.data())
def test_the_beginning_of_a_name_finds_it_too(data: st.DataObject) -> None:
    now = present()
    organisation = data.draw(st.sampled_from(ORGANISATIONS))
    every = sorted(set(names_of(now.register.organisation(organisation))))
    kind, id, name = data.draw(st.sampled_from(every))
    beginning = name[: data.draw(st.integers(1, len(name)))][:200]
    assume(whole(beginning))
    node = index_of(now).known(kind, organisation, id)
    assert node in found(now, beginning).every, beginning


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_with_one_letter_wrong_still_finds_its_party(language: str) -> None:
    now = present()
    index = index_of(now)
    for record in now.register.organisations:
        for party in record.charter.parties.values():
            words = pieces(composed(party.names[language]))
            name = words[0].text
            if len(words) > 1 or len(name) < 6 or words[0].han:
                continue
            node = index.known("party", record.charter.id, party.code)
            for at in range(1, len(name) - 1):
                mistyped = name[:at] + name[at + 1 :]
                terms = index.lexicon.terms(Word(mistyped))
                if not terms or min(terms.values()) == MISTYPED:
                    assert node in found(now, mistyped).every, mistyped


def test_a_mistake_is_forgiven_only_where_nothing_is_written_so() -> None:
    lexicon = index_of(present()).lexicon
    assert set(lexicon.terms(Word("nigeria")).values()) <= {*range(SURE + 1)}
    assert set(lexicon.terms(Word("nigeriq")).values()) == {MISTYPED}
    assert lexicon.terms(Word("mqli")) == {}
    assert lexicon.terms(Word("20177")) == {}


# Any text


TEXTS = st.text(max_size=210) | st.text("abeбд国印.-12 年月'“", max_size=40)


@in_one_database
@given(TEXTS, st.sampled_from(LANGUAGES), st.sampled_from([None, *ORGANISATIONS]))
def test_no_text_breaks_a_search(text: str, language: str, organisation: str | None) -> None:
    try:
        results = search(present(), text, language, organisation=organisation, each=3)
    except QueryTooLong:
        assert len(text) > 200 or len(read_parts(text)) > MOST_WORDS
        return
    assert len(results.hits) <= results.total == sum(results.kinds.values())
    assert results.total == sum(results.organisations.values())
    for hit in results.hits:
        assert "".join(part for part, _ in hit.label.parts()) == hit.label.text
        for marked in (hit.label, *([hit.match.marked] if hit.match else [])):
            assert_in_order(marked)


def read_parts(text: str) -> list[str]:
    return [each.text for each in pieces(text)]


def assert_in_order(marked: Marked) -> None:
    places = [place for each in marked.ranges for place in each]
    assert places == sorted(set(places)), marked
    assert not places or 0 <= places[0] < places[-1] <= len(marked.text)


@in_one_database
@given(st.sampled_from(["Kazakhstan", "совет", "印度", "2017", "suspended", "article 5", "re"]))
def test_the_order_is_always_the_same_and_pages_put_together_are_the_list(text: str) -> None:
    now = present()
    every = search(now, text, "en", limit=60).hits
    assert search(now, text, "en", limit=60).hits == every
    pages = [search(now, text, "en", limit=7, offset=at).hits for at in range(0, 63, 7)]
    assert [hit for page in pages for hit in page][:60] == list(every)


def test_an_overview_has_the_first_of_every_kind() -> None:
    now = present()
    overview = search(now, "совет", "ru", each=2)
    for kind in overview.kinds:
        alone = search(now, "совет", "ru", kinds=(kind,), limit=2)
        assert [each for each in overview.hits if each.kind == kind] == list(alone.hits)
        assert alone.total == overview.kinds[kind]
    assert list(overview.kinds) == [each for each in KINDS if each in overview.kinds]


def test_an_organisation_comes_first_or_is_all_there_is() -> None:
    now = present()
    for organisation in ("opec", "sco"):
        hits = search(now, "Kazakhstan", "en", organisation=organisation).hits
        assert hits[0].organisation == organisation
        assert {each.organisation for each in hits} == {"opec", "sco"}
    only = search(now, "Kazakhstan", "en", only="opec")
    assert {each.organisation for each in only.hits} == {"opec"}
    assert only.total == only.organisations["opec"] < sum(only.organisations.values())


def test_newer_acts_come_first_among_equals() -> None:
    hits = search(present(), "suspended Mali", "en", kinds=("act",)).hits
    days = [each.date for each in hits]
    assert days == sorted(days, reverse=True)
    assert len(days) == 3


def test_parties_and_bodies_come_before_acts_that_say_the_same() -> None:
    hits = search(present(), "SCO Kazakhstan", "en", limit=100).hits
    places = [KINDS.index(each.kind) for each in hits]
    assert places[0] == KINDS.index("party")
    assert places.index(KINDS.index("act")) > places.index(KINDS.index("party"))


def test_what_matched_is_marked_in_the_label_or_shown_beside_it() -> None:
    english = search(present(), "Kazak", "en", organisation="sco").hits[0]
    assert english.label.parts() == (("Kazak", True), ("hstan", False))
    russian = search(present(), "Казахстана", "en", organisation="sco").hits[0]
    assert (russian.label.text, russian.label.ranges) == ("Kazakhstan", ())
    assert russian.match
    assert russian.match.marked == Marked("Казахстан", ((0, 9),), "ru")
    act = search(present(), "Беларуси 4 июля 2024", "zh").hits[0]
    found = [part for part, is_found in act.label.parts() if is_found]
    assert found == ["白俄罗斯", "2024年7月4日"]


def test_a_note_on_a_body_does_not_make_its_meetings_speak_of_what_it_mentions() -> None:
    record = present().register.organisation("sco")
    assert "Kazakhstan" in record.charter.bodies["chg"].items[0].note["en"]
    hits = search(present(), "Kazakhstan", "en", kinds=("act",), only="sco", limit=100).hits
    found = [record.act(hit.id) for hit in hits]
    assert len(found) > 20
    for act in found:
        assert "KZ" in act.parties or "Kazakhstan" in str(to_record(act)), act.id


def test_a_long_label_is_cut_and_the_passage_shown_beside_it() -> None:
    hits = search(present(), "Chūgoku Moscow St Petersburg 2003 swapped", "en").hits
    assert hits == ()
    (hit,) = search(present(), "order swapped Pakistan passed over", "en", kinds=("act",)).hits
    assert len(hit.label.text) <= 210
    assert hit.match
    assert len(hit.match.marked.text) <= 200


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("organisation", [None, *ORGANISATIONS])
def test_every_example_finds_something(language: str, organisation: str | None) -> None:
    found = examples(present(), language, organisation)
    assert {"name", "other_name", "article", "day"} <= {each.sort for each in found}
    for each in found:
        assert search(present(), each.text, language, organisation=organisation).total, each


# Refusals


def test_too_long_a_question_is_refused_with_what_is_expected() -> None:
    assert search(present(), "x" * 200, "en").total == 0
    with pytest.raises(QueryTooLong) as characters:
        search(present(), "x" * 201, "en")
    assert str(characters.value) == "201 characters. Expected: at most 200 characters."
    many = " ".join(f"w{each}" for each in range(MOST_WORDS))
    assert search(present(), many, "en").total == 0
    with pytest.raises(QueryTooLong) as words:
        search(present(), f"{many} more", "en")
    assert words.value.code == "too_many_words"


def test_an_unknown_organisation_is_refused_with_the_nearest_one() -> None:
    for named in ({"organisation": "scoo"}, {"only": "scoo"}):
        with pytest.raises(UnknownName, match='Did you mean "sco"'):
            search(present(), "Belarus", "en", **named)


def test_a_text_without_a_word_finds_nothing() -> None:
    for text in ("", "   ", "…!?", "\u0301"):
        assert search(present(), text, "en").hits == ()
