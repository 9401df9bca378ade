"""What a published charter should have beyond being free of faults."""

from __future__ import annotations

from comity.charter.bundle import bundle, from_bundle
from comity.charter.completeness import advice, completeness
from comity.charter.load import load_inline
from comity.charter.model import Charter
from comity.kernel import documents
from comity.kernel.canonical import JSON


def test_the_club_is_complete(club: Charter) -> None:
    assert completeness(club) == ()
    assert advice(club) == ()


def test_every_kind_of_name_is_looked_for(club: Charter) -> None:
    bare = from_bundle(_without(bundle(club), ("zh",)))
    found = [fault.found for fault in completeness(bare)]
    for expected in (
        "the organisation has no name in zh",
        'the article "treaty__art_7" from 2010-01-01 has no title in zh',
        'the basis "decision" has no name in zh',
        'the facet "fleet" has no name in zh',
        'the status "friend" from 1999-06-15 has no name in zh',
        'the status "member" has no plural name in zh',
        'the count "family" has no name in zh',
        'the body "bureau" has no name in zh',
        'the right "speak" has no name in zh',
        'the office "secretary" has no name in zh',
        'the party "XA" has no name in zh',
        'the capital of "XA" from 2010-01-01 has no name in zh',
        'the territory "XA-I" has no name in zh',
        'the stage "applied" to "member" has no name in zh',
        "grant number 4 has no condition in zh",
    ):
        assert expected in found


def test_other_languages_may_be_asked_for(club: Charter) -> None:
    assert completeness(club, ("en",)) == ()
    assert "the organisation has no name in fr" in [
        fault.found for fault in completeness(club, ("en", "fr"))
    ]


def test_a_single_basis_and_facet_need_no_name() -> None:
    text = "charter: {organisation: {id: c, names: {en: C}}, statuses: {m: {names: {en: m}}}}"
    assert completeness(load_inline(documents.parse(text)), ("en",)) == ()


def test_advice_on_articles_and_sources() -> None:
    text = """
    charter:
      organisation: {id: club}
      statuses: {member: {article: art_1}, guest: {}}
      articles: {art_1: {}, art_2: {sources: [web]}}
      withdrawal: [{statuses: [member], notice: {days: 0}}]
    sources: {web: {title: Web}}
    """
    charter = load_inline(documents.parse(text))
    assert [(fault.code, fault.found) for fault in advice(charter)] == [
        ("article_without_source", 'the article "art_1" has no source'),
        ("rule_without_article", '"guest" under statuses names no article'),
        ("rule_without_article", "number 1 under withdrawal names no article"),
    ]


def _without(value: JSON, keys: tuple[str, ...]) -> JSON:
    if isinstance(value, list):
        return [_without(each, keys) for each in value]
    if isinstance(value, dict):
        return {key: _without(each, keys) for key, each in value.items() if key not in keys}
    return value
