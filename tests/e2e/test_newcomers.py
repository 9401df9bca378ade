"""Someone who has never heard of comity answers five questions on the site alone.

In three languages; on a wide screen, on a phone, and without a script at 200 %; and on paper.
Each journey starts at a page that a newcomer comes upon, and goes on by what can be seen.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable
from io import BytesIO
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from tests.e2e.reading import LANGUAGES, PHONE, ZOOMED, Open, keep, overflow

DEVICES: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": PHONE, "has_touch": True, "is_mobile": True},
    "without-script": {"viewport": ZOOMED, "java_script_enabled": False},
}


class Words(NamedTuple):
    """What a newcomer looks for, and the answers, in one language."""

    organisation: str
    day: str
    show: str
    why: str
    party: str
    observer_since: str
    article: str
    grant: str
    family: str
    differ: str
    newest: str
    rights: str
    body: str
    attend: str
    rule: str
    compare: str
    meetings: str
    first: str
    second: str
    summits: str
    left_over: str


WORDS = {
    "en": Words(
        organisation="Shanghai Cooperation Organisation",
        day="On the day",
        show="Show",
        why="Why?",
        party="Belarus",
        observer_since="Since 10 July 2015",
        article="Charter of the SCO, Article 14",
        grant="decision to grant",
        family="SCO family",
        differ="Why they differ on this day",
        newest="Bahrain",
        rights="Rights",
        body="CHG",
        attend="attend",
        rule="Observers at the CHS and the CHG",
        compare="Compare",
        meetings="Choose from the meetings",
        first="9 June 2017 as the first day",
        second="1 September 2025 as the second day",
        summits="Member States 8 → 10",
        left_over="Observers 4 → 0",
    ),
    "ru": Words(
        organisation="Шанхайская организация сотрудничества",
        day="На день",
        show="Показать",
        why="Почему?",
        party="Беларусь",
        observer_since="С 10 июля 2015 г.",
        article="Хартия ШОС, ст. 14",
        grant="решение о предоставлении",
        family="«Семья ШОС»",
        differ="Почему в этот день они различаются",
        newest="Бахрейн",
        rights="Права",
        body="СГП",
        attend="присутствовать",
        rule="Наблюдатели на СГГ и СГП",
        compare="Сравнить",
        meetings="Выбрать из заседаний",
        first="9 июня 2017 г. как первый день",
        second="1 сентября 2025 г. как второй день",
        summits="Государства-члены: 8 → 10",
        left_over="Наблюдатели: 4 → 0",
    ),
    "zh": Words(
        organisation="上海合作组织",
        day="日期",
        show="查看",
        why="依据何在？",
        party="白俄罗斯",
        observer_since="自2015年7月10日起",
        article="上海合作组织宪章，第14条",
        grant="决定给予",
        family="上合大家庭",
        differ="当日差异的原因",
        newest="巴林",
        rights="权利",
        body="总理理事会",
        attend="出席",
        rule="观察员列席元首和总理会议",
        compare="比较",
        meetings="从最高机构会议中选择",
        first="以2017年6月9日为第一日",
        second="以2025年9月1日为第二日",
        summits="成员国 8 → 10",
        left_over="观察员 4 → 0",
    ),
}


def belarus(page: Page, words: Words) -> list[str]:
    """Ask what a State was on a day, and why."""
    page.get_by_role("link", name=words.organisation).click()
    ask_for(page, words, "2016-06-01")
    page.locator("#content").get_by_role("link", name=words.party, exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words.party)
    page.locator("#content").get_by_role("link", name=words.why, exact=True).first.click()
    return [words.observer_since, words.article, words.grant]


def family(page: Page, words: Words) -> list[str]:
    """Ask how many there were on either basis, and why sources differ."""
    page.get_by_role("link", name=words.organisation).click()
    ask_for(page, words, "2023-07-04")
    expect(page.get_by_text(words.family).first).to_be_visible()
    page.get_by_role("navigation").locator("a[href*='/sources/']").click()
    page.locator("#content a[href*='/disagreements/']").first.click()
    row = page.locator("#content").get_by_role("row").filter(has_text=words.family).first
    expect(row.get_by_role("cell")).to_have_text(["25", "26"])
    expect(page.get_by_role("heading", name=words.differ)).to_be_visible()
    return [words.family, words.differ, words.newest]


def rights(page: Page, words: Words) -> list[str]:
    """Ask which rights a status has in a body, and under which rule, in two clicks."""
    page.goto(f"{page.url}sco/?on=2023-12-14")
    page.get_by_role("navigation").get_by_role("link", name=words.rights, exact=True).click()
    bodies = page.locator("#content").get_by_role("navigation")
    bodies.get_by_role("link", name=words.body, exact=True).click()
    # A table where there is room, else a list for each status: in both the right leads to its
    # grounds, and the rule to its article.
    for address in ("/why/grant/observer/attend/chg/", "/articles/secretariat_account__observers/"):
        expect(seen(page.locator(f"#content a[href*='{address}']"))).to_be_visible()
    return [words.attend, words.rule]


def summits(page: Page, words: Words) -> list[str]:
    """Ask what changed between two summits, chosen from the list of them."""
    page.get_by_role("link", name=words.organisation).click()
    page.get_by_role("navigation").get_by_role("link", name=words.compare, exact=True).click()
    for choice, asked in (
        (words.second, "on=2025-09-01"),
        (words.first, "on=2025-09-01&with=2017-06-09$"),
    ):
        page.get_by_text(words.meetings).click()
        page.get_by_role("link", name=choice).click()
        expect(page).to_have_url(re.compile(asked))
    return [words.summits, words.left_over]


def proof(page: Page, words: Words) -> list[str]:
    """Find an act from a party's page, and its place in the log."""
    page.goto(f"{page.url}sco/parties/BY/?on=2016-06-01")
    page.locator("#content a[href*='/acts/2015-07-10-by-observer/']").first.click()
    expect(page).to_have_url(re.compile("/acts/2015-07-10-by-observer/"))
    raw = page.request.get(re.sub(r"\?.*", "", page.url) + "proof.json").body()
    given = json.loads(raw)
    assert root_of(given) == given["root"]
    assert given["root"] in page.locator("#colophon").inner_text()
    assert json.loads(given["leaf"])["id"] == "2015-07-10-by-observer"
    for each in given["path"]:
        expect(page.get_by_text(each[:10]).first).to_be_attached()
    return [given["leaf_hash"], given["root"], words.party]


def root_of(given: dict[str, Any]) -> str:
    """Climb from the leaf to the root, with nothing but a hash function (RFC 6962)."""
    at, last = given["position"], given["size"] - 1
    node = hashlib.sha256(b"\0" + given["leaf"].encode()).digest()
    assert node.hex() == given["leaf_hash"]
    for other in map(bytes.fromhex, given["path"]):
        while at == last and at % 2 == 0 and at:
            at, last = at // 2, last // 2
        node = hashlib.sha256(b"\1" + (other + node if at % 2 else node + other)).digest()
        at, last = at // 2, last // 2
    return node.hex()


def ask_for(page: Page, words: Words, day: str) -> None:
    page.get_by_label(words.day, exact=True).fill(day)
    page.get_by_role("button", name=words.show, exact=True).click()
    expect(page).to_have_url(re.compile(f"on={day}"))
    expect(page.locator("#content .lede").first).to_contain_text(day[:4])


Journey = Callable[[Page, Words], list[str]]
JOURNEYS: dict[str, Journey] = {
    each.__name__: each for each in (belarus, family, rights, summits, proof)
}


def seen(found: Locator) -> Locator:
    """Return the first of what was found that can be seen."""
    return found.locator("visible=true").first


def plain(text: str) -> str:
    """Return a text without blanks and variants of letters, for paper keeps neither."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).casefold()


@pytest.mark.parametrize("journey", JOURNEYS)
@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_newcomer_finds_the_answer(visit: Open, language: str, device: str, journey: str) -> None:
    page = visit(f"/{language}/", **DEVICES[device])
    for answer in JOURNEYS[journey](page, WORDS[language]):
        expect(seen(page.get_by_text(answer))).to_be_visible()
    assert overflow(page) == 0
    keep(page, f"{journey}-{language}-{device}")


@pytest.mark.parametrize("journey", JOURNEYS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_can_be_taken_away_on_paper(visit: Open, language: str, journey: str) -> None:
    words = WORDS[language]
    page = visit(f"/{language}/", **DEVICES["without-script"])
    answers = JOURNEYS[journey](page, words)
    page.emulate_media(media="print")
    for hidden in (".day", "form.question", "nav.sections", "nav.languages", "#panel", ".skip"):
        expect(page.locator(hidden).locator("visible=true")).to_have_count(0)
    printed = plain("".join(each.extract_text() for each in PdfReader(BytesIO(page.pdf())).pages))
    for answer in answers:
        assert plain(answer) in printed
    assert plain(words.show + "‹") not in printed
