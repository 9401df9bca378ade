"""Feeds, calendars and the map of the site, read as others read them."""

from __future__ import annotations

import json
import re
from datetime import date
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.test import Client
from icalendar import Calendar, Event

from comity_web.register.selectors import present, record
from comity_web.ui.templatetags.ui import linked_data

pytestmark = pytest.mark.usefixtures("published")

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LANGUAGES = ("en", "ru", "zh")
ORGANISATIONS = ("sco", "eu", "au", "opec")


def read(path: str) -> bytes:
    response = Client().get(path)
    assert response.status_code == 200, path
    return bytes(response.content)


def recorded(organisation: str) -> list[str]:
    """Return the acts in this database: the memory of the process may know of another's."""
    known = present().acts(organisation)
    return [act.id for act in record(organisation).acts[:known]]


def locations(raw: bytes) -> list[str]:
    return [urlsplit(str(each.text)).path for each in ET.fromstring(raw).iter(f"{MAP}loc")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_every_page_that_the_map_names_answers(language: str, organisation: str) -> None:
    """The map names every public page: this visits each, in each language."""
    client = Client()
    pages = [
        path
        for part in locations(read("/sitemap.xml"))
        if part.startswith(f"/sitemap-{organisation}-")
        for path in locations(read(part))
        if path.startswith(f"/{language}/")
    ]
    wrong = {path: client.get(path).status_code for path in pages}
    assert {path: status for path, status in wrong.items() if status != 200} == {}
    assert len(pages) > len(recorded(organisation))


def test_the_pages_of_the_site_itself_are_mapped_too() -> None:
    assert "/sitemap.site.xml" in locations(read("/sitemap.xml"))
    pages = locations(read("/sitemap.site.xml"))
    assert {f"/{language}/about/" for language in LANGUAGES} < set(pages)
    for path in pages:
        read(path)


def test_the_map_names_every_act_party_and_article_once() -> None:
    for organisation in ORGANISATIONS:
        pages = locations(read(f"/sitemap-{organisation}-1.xml"))
        found = record(organisation)
        assert len(pages) == len(set(pages))
        assert _last_steps(pages, "acts") == recorded(organisation)
        assert _last_steps(pages, "parties") == list(found.charter.parties)
        assert _last_steps(pages, "bodies") == list(found.charter.bodies)
        assert _last_steps(pages, "articles") == list(found.charter.articles)


def _last_steps(pages: list[str], step: str) -> list[str]:
    named = re.compile(rf"/en/\w+/{step}/([^/]+)/")
    return [match[1] for page in pages if (match := named.fullmatch(page))]


@pytest.mark.parametrize(
    "path",
    [
        "/sitemap-nobody-1.xml",
        "/sitemap-sco-x.xml",
        "/sitemap-sco-0.xml",
        "/sitemap-sco-99.xml",
        "/sitemap-sco-99999999999999999999.xml",
    ],
)
def test_there_is_no_map_of_what_is_not_there(path: str) -> None:
    assert Client().get(path).status_code == 404


def test_robots_are_told_where_the_map_is_and_kept_from_all_the_days() -> None:
    text = read("/robots.txt").decode()
    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert "Disallow: /*?*on=" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_feed_gives_the_acts_recorded_last_first(language: str) -> None:
    feed = ET.fromstring(read(f"/{language}/sco/acts.atom"))
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 100
    acts = recorded("sco")[::-1][:100]
    for entry, act in zip(entries, acts, strict=True):
        link = entry.find(f"{ATOM}link")
        assert link is not None
        assert urlsplit(str(link.get("href"))).path == f"/{language}/sco/acts/{act}/"
        assert str(entry.findtext(f"{ATOM}id")).endswith(f":register/sco/{act}")
        assert entry.findtext(f"{ATOM}title")
    identifiers = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(identifiers)) == len(identifiers)


def test_a_feed_names_the_address_that_the_site_is_known_by(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settings, "ADDRESS", "https://register.example")
    assert b'href="https://register.example/en/sco/acts.atom" rel="self"' in read(
        "/en/sco/acts.atom"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_calendar_has_every_meeting_on_its_days(language: str) -> None:
    events = _events(read(f"/{language}/sco/calendar.ics"))
    first = next(each for uid, each in events.items() if uid.endswith("2001-06-15-chs-1"))
    assert (first.start, first.end) == (date(2001, 6, 14), date(2001, 6, 16))
    meetings = [each for each in recorded("sco") if record("sco").act(each).kind == "met"]
    assert len([uid for uid in events if "/statuses/" not in uid]) == len(meetings)


def test_the_calendar_has_the_days_on_which_statuses_began() -> None:
    events = _events(read("/en/sco/calendar.ics"))
    day = next(each for uid, each in events.items() if uid.endswith("statuses/2017-06-09"))
    assert day.start == date(2017, 6, 9)
    assert "India" in str(day["summary"])


def _events(raw: bytes) -> dict[str, Event]:
    return {str(each["uid"]): each for each in Calendar.from_ical(raw).events}


@pytest.mark.parametrize("path", ["/en/nobody/acts.atom", "/en/sco/calendar.ics?on=x"])
def test_what_cannot_be_answered_is_said_as_on_a_page(path: str) -> None:
    response = Client().get(path)
    assert response.status_code in (404, 422)
    assert "<h1>" in response.content.decode()


def things(path: str) -> list[dict[str, object]]:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', read(path).decode())
    return [json.loads(each) for each in found]


def test_a_page_says_what_it_is_about_in_the_words_of_schema_org() -> None:
    home = {each["@type"]: each for each in things("/en/sco/")}
    assert home.keys() == {"BreadcrumbList", "Organization", "Dataset"}
    assert home["Organization"]["foundingDate"] == "2001-06-15"
    article = things("/ru/sco/articles/charter__art_14__relations/")[1]
    assert (article["@type"], article["legislationDateVersion"]) == ("Legislation", "2003-09-19")


def test_what_is_written_for_machines_cannot_end_its_element() -> None:
    written = linked_data([{"name": "</script><b>&"}])
    assert written.count("</script>") == 1
    text = re.search(r">(.*)</script>", written)
    assert text is not None
    assert json.loads(text[1]) == {"name": "</script><b>&"}


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_the_ends_of_the_calendar_are_days_like_others(organisation: str, day: str) -> None:
    client = Client()
    rooms = [
        path
        for path in locations(read(f"/sitemap-{organisation}-1.xml"))
        if path.startswith(f"/en/{organisation}/") and path.count("/") <= 4
    ]
    assert len(rooms) > 10
    for path in rooms:
        for asked in (f"on={day}", f"on={day}&with={day}&against={day}", f"known_at={day}"):
            assert client.get(f"{path}?{asked}").status_code in (200, 422), (path, asked)
