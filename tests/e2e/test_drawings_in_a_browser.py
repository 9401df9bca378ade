"""Drawings as they are seen: labels apart, tables at hand, links to what is drawn."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.pages import DAY, PAGES
from tests.e2e.reading import Open, violations

OVERLAPS = """() => [...document.querySelectorAll("svg.drawing")].flatMap((drawing) => {
  const boxes = [...drawing.querySelectorAll("text:not(.letter)")]
    .map((text) => [text.textContent, text.getBoundingClientRect()])
    .filter(([, box]) => box.width > 0);
  return boxes.flatMap(([one, a], index) => boxes.slice(index + 1)
    .filter(([, b]) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
      && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3)
    .map(([other]) => `${one} | ${other}`));
})"""


@pytest.mark.parametrize(
    "path",
    [
        f"/en/sco/timeline/?on={DAY}",
        "/ru/au/timeline/?on=2022-06-01",
        f"/ru/sco/growth/?on={DAY}",
        "/en/eu/growth/",
        f"/zh/sco/map/?on={DAY}",
        "/ru/au/map/?on=2022-06-01",
        "/en/eu/parties/GB/?on=2019-06-01",
    ],
)
def test_labels_of_drawings_do_not_overlap(visit: Open, path: str) -> None:
    """Widths are estimated when a drawing is made; here they are measured."""
    page = visit(path)
    over_another = {}
    for width in (320, 390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        over_another[width] = page.evaluate(OVERLAPS)
    assert {width: labels for width, labels in over_another.items() if labels} == {}


@pytest.mark.parametrize("name", ["timelines", "growth", "growth in Russian"])
def test_the_tables_of_drawings_are_accessible(visit: Open, name: str) -> None:
    page = visit(PAGES[name])
    for summary in page.locator(".plates-table > summary").all():
        summary.click()
    assert violations(page) == []


def test_a_reader_goes_from_the_drawing_to_a_party_and_a_day(visit: Open) -> None:
    page = visit(f"/en/sco/timeline/?on={DAY}")
    page.get_by_role("link", name="Belarus: dialogue partner, 28 April 2010").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Belarus")
    page.get_by_role("link", name="8. 4 July 2024").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("procedure completed")
    page.goto(page.url.partition("/en/")[0] + f"/en/sco/growth/?on={DAY}")
    page.get_by_role("link", name="13. 9 June 2017").click()
    page.wait_for_url("**/en/sco/growth/?on=2017-06-09")


def test_the_table_of_a_drawing_is_printed(visit: Open) -> None:
    page = visit(f"/en/sco/growth/?on={DAY}")
    table = page.get_by_role("table").first
    expect(table).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="15 June 2001", exact=True).first).to_be_visible()
