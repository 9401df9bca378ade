"""What holds for every drawing: it can be read, seen without colour, and drawn again the same."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import comity_web
from comity_web.drawing.alone import LOOKS, Part, alone, dressed
from comity_web.drawing.fills import FILLS, mark, patterns, swatch
from comity_web.drawing.growth import growth
from comity_web.drawing.holders import holders
from comity_web.drawing.life import life
from comity_web.drawing.map import PHONE, map_of
from comity_web.drawing.path import path
from comity_web.drawing.plate import LEAST_STEPS, MOST_STEPS, STEP, Plate
from comity_web.drawing.svg import document, el, number, text_of
from comity_web.drawing.timelines import timelines
from tests.drawing import families as tiny

GOLDEN = Path(__file__).parent / "golden"
STYLES = Path(comity_web.__file__).parent / "ui" / "styles"
COMMON = {"caption": tiny.CAPTION, "scale": tiny.SCALE, "day": tiny.DAY, "day_label": "1 June 2012"}


def all_drawings() -> dict[str, tuple[Plate, ...]]:
    return {
        "timelines": timelines(tiny.GROUPS, **COMMON),
        "path": (path(tiny.LANES, tiny.STEPS, pending=tiny.PENDING, **COMMON),),
        "growth": (growth(tiny.BANDS, tiny.STRETCHES, tiny.EVENTS, **COMMON),),
        "life": (life(tiny.LANDMARKS, **COMMON),),
        "holders": (holders(tiny.TENURES, **COMMON),),
        "map": (map_of(tiny.POINTS, caption=tiny.CAPTION),),
        "map of a phone": (map_of(tiny.POINTS, caption=tiny.CAPTION, shape=PHONE),),
    }


DRAWINGS = all_drawings()
PLATES = [(name, plate) for name, plates in DRAWINGS.items() for plate in plates]
every_plate = pytest.mark.parametrize(("name", "plate"), PLATES)


@every_plate
def test_it_is_well_formed_and_says_what_it_is(name: str, plate: Plate) -> None:
    root = tiny.parsed(plate)
    said = {
        each.get("id"): each for each in root if each.tag in (f"{tiny.SVG}title", f"{tiny.SVG}desc")
    }
    assert root.get("role") == "group", name
    for attribute in ("aria-labelledby", "aria-describedby"):
        assert said[root.get(attribute)].text


@every_plate
def test_it_has_no_style_and_no_script(name: str, plate: Plate) -> None:
    for each in tiny.parsed(plate).iter():
        assert each.tag.removeprefix(tiny.SVG) not in ("style", "script", "image", "foreignObject")
        inline = [key for key in each.attrib if key == "style" or key.startswith("on")]
        assert inline == [], name


def test_what_can_be_followed_says_where_to() -> None:
    links = [each for _, plate in PLATES for each in tiny.parsed(plate).iter(f"{tiny.SVG}a")]
    assert len(links) > 12
    for each in links:
        assert each.get("href")
        title = each.find(f"{tiny.SVG}title")
        assert title is not None
        assert title.text


@pytest.mark.parametrize("name", DRAWINGS)
def test_identifiers_are_unique_and_references_lead_somewhere(name: str) -> None:
    text = "".join(text_of(plate.element) for plate in DRAWINGS[name])
    defined = Counter(re.findall(r' id="([^"]+)"', text))
    assert set(defined.values()) == {1}
    assert set(re.findall(r"url\(#([^)]+)\)", text)) <= set(defined)


@pytest.mark.parametrize("name", DRAWINGS)
def test_it_is_drawn_the_same_again(name: str) -> None:
    again = all_drawings()[name]
    assert [text_of(e.element) for e in again] == [text_of(e.element) for e in DRAWINGS[name]]


@pytest.mark.parametrize("name", ["timelines", "path", "growth", "life", "holders"])
def test_a_tiny_family_looks_as_it_always_did(name: str) -> None:
    """To change a drawing on purpose, delete its file and run this twice."""
    file = GOLDEN / f"{name}.svg"
    drawn = document(alone([Part("", DRAWINGS[name])], id=name, title="The River Club"))
    if not file.exists():
        file.write_text(drawn, "utf-8")
        pytest.fail(f"{file.name} was not there and has been written: look at it")
    assert drawn == file.read_text("utf-8")


# Text


@given(tiny.WORDS)
def test_no_text_becomes_markup(text: str) -> None:
    written = text_of(el("text", text, aria_label=text, x="1%"))
    root = ET.fromstring(written)
    kept = "".join(
        each for each in text if (each >= " " and each not in "\ufffe\uffff") or each in "\t\n\r"
    )
    plain = re.sub(r"[\t\n\r]", " ", kept)
    assert (root.text or "") == plain
    assert root.get("aria-label") == plain
    assert list(root) == []


@given(st.floats(-1e6, 1e6))
def test_numbers_are_short_and_right(value: float) -> None:
    written = number(value)
    assert float(written) == pytest.approx(value, abs=0.00501)
    assert re.fullmatch(r"-?\d+(\.\d{1,2})?", written)


# Without colour


def test_every_status_has_a_fill_and_a_mark_of_its_own() -> None:
    numbers = range(1, FILLS + 1)
    defined = patterns("x", numbers)
    plain = [
        re.sub(
            r' (id|class)="[^"]*?"', "", text_of(each).replace("solid", "").replace("ground", "")
        )
        for each in defined.children
        if not isinstance(each, str)
    ]
    assert len(set(plain)) == FILLS
    shapes = [re.sub(r" tint-\d", "", text_of(mark(each))) for each in numbers]
    assert len(set(shapes)) == FILLS
    assert all('aria-hidden="true"' in text_of(swatch("x", each)) for each in numbers)


# As a file


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_file_carries_its_looks_and_leads_nowhere(name: str) -> None:
    text = document(alone([Part("Part", DRAWINGS[name])], id=name, title="T", notes=["A & B"]))
    root = ET.fromstring(text)
    assert root.get("role") == "img"
    for each in root.iter():
        assert {"class", "href", "style"}.isdisjoint(each.attrib), each.attrib
        assert each.tag != f"{tiny.SVG}a"
    assert "A &amp; B" in text


def test_each_class_has_looks_for_files_and_the_same_in_the_style_sheet() -> None:
    structure = {"drawing", "row", "step", "point", "wide", "hit", "narrow"}
    structure |= {"timelines", "path", "growth", "life", "holders", "map", "swatch"}
    used = {
        each
        for _, plate in PLATES
        for named in re.findall(r' class="([^"]*)"', text_of(plate.element))
        for each in named.split()
        if not each.startswith(("tint-", "left-", "right-"))
    }
    assert used - structure - set(LOOKS) == set()
    names = ("drawing", "map")
    css = "".join((STYLES / "components" / f"{each}.css").read_text("utf-8") for each in names)
    assert {each for each in used - structure if f".{each}" not in css} == set()
    for steps in range(LEAST_STEPS, MOST_STEPS + 1):
        for side in ("left", "right"):
            assert f".{side}-{steps} {{ --{side}: {steps * STEP}px; }}" in css


def test_files_have_the_colours_of_the_site() -> None:
    tokens = (STYLES / "tokens.css").read_text("utf-8").partition("prefers-color-scheme")[0]
    named = set(re.findall(r"#[0-9a-f]{6}", tokens))
    text = "".join(text_of(dressed(plate.element)) for _, plate in PLATES)
    used = set(re.findall(r"#[0-9a-f]{6}", text))
    assert used
    assert used <= named
