"""The map of all pages in all languages, for those who index them (sitemaps.org)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import quote
from xml.etree import ElementTree as ET

from django.conf import settings

from comity.kernel.errors import UnknownName, unknown
from comity.register.register import OrganisationRecord
from comity_web.public.pages.sections import SECTIONS
from comity_web.register.selectors import Present

_PAGES_A_FILE = 5_000  # with every language and its alternates some 6 MB
# The pages of the site itself, after the language.
PAGES = ("", "about/", "data/", "api/")
_MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_LINK = "http://www.w3.org/1999/xhtml"


def index(present: Present, base: str) -> bytes:
    """Return the list of the maps, one or more for each organisation."""
    root = ET.Element("sitemapindex", xmlns=_MAP)
    ET.SubElement(ET.SubElement(root, "sitemap"), "loc").text = f"{base}/sitemap.site.xml"
    for record in present.register.organisations:
        for number in range(1, _files(present, record) + 1):
            entry = ET.SubElement(root, "sitemap")
            name = quote(record.charter.id)
            ET.SubElement(entry, "loc").text = f"{base}/sitemap-{name}-{number}.xml"
    return _written(root)


def organisation_map(present: Present, organisation: str, number: int, base: str) -> bytes:
    """Return one map of an organisation's pages, numbered from 1.

    Raises `UnknownName` where there is no such organisation, or no map of this number.
    """
    record = present.register.organisation(organisation)
    numbers = [str(each) for each in range(1, _files(present, record) + 1)]
    if str(number) not in numbers:
        raise UnknownName(unknown("sitemap", str(number), numbers))
    start = (number - 1) * _PAGES_A_FILE
    return _urls(islice(_paths(present, record), start, start + _PAGES_A_FILE), base)


def site_map(base: str) -> bytes:
    """Return the map of the pages that belong to no organisation."""
    return _urls(PAGES, base)


def _urls(paths: Iterable[str], base: str) -> bytes:
    root = ET.Element("urlset", {"xmlns": _MAP, "xmlns:xhtml": _LINK})
    for path in paths:
        for language, _ in settings.LANGUAGES:
            entry = ET.SubElement(root, "url")
            ET.SubElement(entry, "loc").text = f"{base}/{language}/{path}"
            for other, _ in settings.LANGUAGES:
                href = f"{base}/{other}/{path}"
                alternate = {"rel": "alternate", "hreflang": other, "href": href}
                ET.SubElement(entry, "xhtml:link", alternate)
    return _written(root)


def _files(present: Present, record: OrganisationRecord) -> int:
    pages = sum(1 for _ in _paths(present, record))
    return -(-pages // _PAGES_A_FILE)


def _paths(present: Present, record: OrganisationRecord) -> Iterator[str]:
    """Yield the path of every page of an organisation after the language."""
    home = quote(record.charter.id)
    yield f"{home}/"
    yield from (f"{home}/{step}/" for step in SECTIONS if step)
    yield f"{home}/disagreements/"
    yield from (f"{home}/sources/{quote(each)}/" for each in record.charter.sources)
    yield from (f"{home}/parties/{quote(code)}/" for code in record.charter.parties)
    yield from (f"{home}/bodies/{quote(each)}/" for each in record.charter.bodies)
    yield from (f"{home}/articles/{quote(each)}/" for each in record.charter.articles)
    known = present.acts(record.charter.id)
    yield from (f"{home}/acts/{quote(act.id)}/" for act in record.acts[:known])


def _written(root: ET.Element) -> bytes:
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))
