"""The drawings: each a page, the drawing itself as a file, and its table as a file."""

from __future__ import annotations

from collections.abc import Iterator

from comity_web.public.answering import public_file, public_page
from comity_web.public.pages import growth as growths
from comity_web.public.pages import map as maps
from comity_web.public.pages import timeline as timelines
from comity_web.public.pages.reader import Page, Reader
from comity_web.register.questions import Question
from comity_web.register.selectors import Present

_SVG, _CSV = "image/svg+xml", "text/csv; charset=utf-8; header=present"


@public_page("public/timeline.html")
def timeline(present: Present, question: Question, language: str, organisation: str) -> Page:
    """Show the status of all parties over the years."""
    return timelines.timeline(Reader(present, organisation, question, language))


@public_file(_SVG)
def timeline_svg(
    present: Present, question: Question, language: str, base: str, organisation: str
) -> bytes:
    """Send the drawing of the timelines."""
    return timelines.timeline_file(Reader(present, organisation, question, language), base)


@public_file(_CSV)
def timeline_csv(
    present: Present, question: Question, language: str, base: str, organisation: str
) -> Iterator[bytes]:
    """Send every spell and suspension as a table."""
    return timelines.timeline_table(Reader(present, organisation, question, language), base)


@public_page("public/growth.html")
def growth(present: Present, question: Question, language: str, organisation: str) -> Page:
    """Show how many held each status from day to day."""
    return growths.growth(Reader(present, organisation, question, language))


@public_file(_SVG)
def growth_svg(
    present: Present, question: Question, language: str, base: str, organisation: str
) -> bytes:
    """Send the drawing of the growth."""
    return growths.growth_file(Reader(present, organisation, question, language), base)


@public_file(_CSV)
def growth_csv(
    present: Present, question: Question, language: str, base: str, organisation: str
) -> Iterator[bytes]:
    """Send every move from status to status as a table."""
    return growths.growth_table(Reader(present, organisation, question, language), base)


@public_page("public/map.html")
def map_of(present: Present, question: Question, language: str, organisation: str) -> Page:
    """Show who holds which status, at the capitals."""
    return maps.map_page(Reader(present, organisation, question, language))


@public_file(_SVG)
def map_svg(
    present: Present, question: Question, language: str, base: str, organisation: str
) -> bytes:
    """Send the map."""
    return maps.map_file(Reader(present, organisation, question, language), base)


@public_file(_CSV)
def map_csv(
    present: Present, question: Question, language: str, base: str, organisation: str
) -> Iterator[bytes]:
    """Send the parties and their capitals as a table."""
    return maps.map_table(Reader(present, organisation, question, language), base)
