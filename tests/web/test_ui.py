"""Components of the interface that are drawn by tags."""

from __future__ import annotations

from xml.etree import ElementTree

from django.template import engines

ACT = {"kind": "act", "id": "a-1", "label": "Admission", "url": "/en/club/acts/a-1/?on=2020-01-01"}
BASIS = {"kind": "other", "id": "x", "label": "x", "url": ""}


def drawn(answer: dict[str, object]) -> str:
    return engines["django"].from_string("{% grounds answer %}").render({"answer": answer})


def test_grounds_are_linked_where_they_have_a_page() -> None:
    html = drawn({"grounds": [ACT, BASIS]})
    assert html == (
        '<ul class="grounds">\n'
        '<li class="ground-act"><a href="/en/club/acts/a-1/?on=2020-01-01">Admission</a></li>\n'
        '<li class="ground-other">x</li>\n'
        "</ul>\n"
    )


def test_doubts_follow_the_grounds() -> None:
    doubt = {"code": "imprecise_date", "ground": "a-1", "text": "Known only as 2009."}
    html = drawn({"grounds": [ACT], "doubts": [doubt]})
    assert html.endswith('</ul>\n<ul class="doubts">\n<li>Known only as 2009.</li>\n</ul>\n')


def test_nothing_is_drawn_where_there_are_neither() -> None:
    assert drawn({"grounds": [], "doubts": []}) == ""


def rendered(template: str, **values: object) -> str:
    return engines["django"].from_string(template).render(values)


def test_an_answer_leads_to_its_grounds_where_it_has_an_address() -> None:
    assert rendered("{% why answer %}", answer={"why": "/en/club/why/status/XA/"}) == (
        '<a class="why" href="/en/club/why/status/XA/">Why?</a>'
    )
    assert rendered("{% why answer %}", answer={"grounds": []}) == ""


def test_answers_are_listed_by_their_names() -> None:
    rights = [{"why": "/1", "name": "speak"}, {"why": "/2", "name": "<vote>"}]
    assert rendered("{% whys rights %}", rights=rights) == (
        '<ul class="whys"><li><a class="why" href="/1">speak</a></li>'
        '<li><a class="why" href="/2">&lt;vote&gt;</a></li></ul>'
    )


def test_a_path_has_its_years_and_says_what_is_to_come() -> None:
    first = {"shade": 1, "name": "observer", "from": 1990, "until": "", "to_come": False}
    last = {"shade": 2, "name": "member", "from": 2001, "until": 2010, "to_come": True}
    html = rendered("{% path steps %}", steps=[first, last])
    assert '<li class="tint-1">observer <span>1990</span></li>' in html
    assert "member <span>2001–2010</span>" in html
    assert html.count("still to come on this day") == 1


def test_what_an_answer_says_is_text_and_no_markup() -> None:
    ground = {"kind": "act", "id": "b", "label": "<b>A & B</b>", "url": '/"><script>'}
    html = drawn({"grounds": [ground], "doubts": [{"text": "<i>"}]})
    assert "&lt;b&gt;A &amp; B&lt;/b&gt;" in html
    assert "&lt;i&gt;" in html
    assert "<script>" not in html


def test_a_mark_adds_no_blank_and_no_markup() -> None:
    parts = [{"text": "Kazak", "found": True}, {"text": "<hstan", "found": False}]
    html = rendered("<a>{% marked text %}</a>", text={"parts": parts})
    assert html == "<a><mark>Kazak</mark>&lt;hstan</a>"


def test_columns_lead_to_their_years_and_name_some_of_them() -> None:
    column = {"x": 0.0, "width": 8.5, "middle": 5.0, "url": '/en/club/?on="1990"', "count": 3}
    bar = {"y": 2.0, "height": 90.0, "shade": 2}
    figure = {
        "width": 720,
        "height": 114,
        "floor": 96,
        "label_y": 110,
        "columns": [
            {**column, "year": 1990, "bars": [bar], "chosen": False, "named": True},
            {**column, "year": 1991, "bars": [], "chosen": True, "named": "minor"},
            {**column, "year": 1992, "bars": [], "chosen": False, "named": False, "url": ""},
        ],
    }
    svg = engines["django"].from_string("{% year_columns figure %}").render({"figure": figure})
    links = ElementTree.fromstring(svg).findall("a")
    assert [each.get("aria-label") for each in links] == ["1990: 3", "1991: 3"]
    assert {each.get("href") for each in links} == {'/en/club/?on="1990"'}
    assert [each.get("aria-current") for each in links] == [None, "true"]
    assert ["".join(each.itertext()) for each in links] == ["1990", "1991"]
    (drawn,) = links[0].findall("rect[@class='years-bar tint-2']")
    assert (drawn.get("y"), drawn.get("height"), drawn.get("width")) == ("2.0", "90.0", "8.5")
