"""The measurements of the site: under load, page by page, and in a browser."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from benchmarks import browser, pages
from benchmarks.figures import Figure, shown, table
from benchmarks.instance import LANGUAGES, Site, days
from benchmarks.load import Client, Failed, Load, put_under_load
from benchmarks.processes import memory

Progress = Callable[[str], None]

FIRST_VIEWS = (
    "/",
    "/sco/",
    "/sco/parties/BY/",
    "/sco/acts/",
    "/sco/acts/2017-06-09-in-member/",
    "/sco/charter/",
    "/sco/offices/",
    "/sco/plans/",
    "/sco/why/status/BY/",
    "/eu/",
    "/assembly/",
)


@dataclass(frozen=True, slots=True)
class Task:
    """A page under load: ours with ``{day}`` or of one address, the peer's, and the ratio asked."""

    name: str
    path: str
    peer_path: str = ""
    times: float = 0
    least: float = 0


TASKS = (
    Task("a page of 100 rows", "/en/assembly/?on={day}", "/event/2/", times=5),
    Task("a list of 100", "/en/assembly/acts/?per=100&on={day}", "/category/1/", times=3),
    Task(
        "an export of 100 as JSON",
        "/en/assembly/?on={day}&format=json",
        "/export/categ/1.json?limit=100&nocache=yes",
        times=20,
    ),
    Task("a page of 100 rows that is kept", "/en/assembly/", least=2000),
    Task("an export that is kept", "/en/assembly/?format=json", "/export/categ/1.json?limit=100"),
)


@dataclass(frozen=True, slots=True)
class Measured:
    """A task, and its loads round by round: ours and, where there is one, the peer's."""

    task: Task
    own: list[Load]
    peer: list[Load]


def loads(
    site: Site, peer: Site | None, *, rounds: int, seconds: int, tell: Progress
) -> list[Measured]:
    """Put site and peer under load in turn, so that what else happens here happens to both."""
    found = [Measured(task, [], []) for task in TASKS]
    every = days()
    share = len(every) // (rounds * len(TASKS))
    parts = iter([every[start : start + share] for start in range(0, len(every), share)])
    for number in range(rounds):
        for each in found:
            tell(f"round {number + 1} of {rounds}: {each.task.name}")
            each.own.append(
                put_under_load(site.base, _paths(each.task, next(parts)), seconds, site.pid)
            )
            if peer and each.task.peer_path:
                load = put_under_load(peer.base, [each.task.peer_path], seconds, peer.pid)
                each.peer.append(load)
    return found


def _paths(task: Task, part: Sequence[str]) -> list[str]:
    return [task.path.format(day=day) for day in part] if "{day}" in task.path else [task.path]


def load_table(found: list[Measured]) -> list[str]:
    """Return what was measured under load as a table."""
    heads = ("under load", "req/s", "p50 ms", "p99 ms", "CPU ms", "kB", "ratio", "asked for", "")
    rows = []
    for each in found:
        ratio, asked, held = _judged(each)
        rows.append((each.task.name, *_row(each.own), ratio, asked, held))
        if each.peer:
            rows.append((f"– peer: {each.task.peer_path}", *_row(each.peer), "", "", ""))
    return table(heads, rows)


def _row(found: list[Load]) -> tuple[str, ...]:
    sizes = shown(_middle(found, lambda each: each.size / 1000))
    wanted = (lambda e: e.rate, lambda e: e.p50, lambda e: e.p99, lambda e: e.cpu)
    return (*(shown(_middle(found, each)) for each in wanted), sizes)


def _middle(found: list[Load], of: Callable[[Load], float]) -> float:
    return statistics.median(of(each) for each in found)


def _judged(found: Measured) -> tuple[str, str, str]:
    """Return the ratio to the peer of the same round, what was asked, and whether it was missed."""
    task, missed = found.task, "MISSED"
    if task.least:
        rate = _middle(found.own, lambda each: each.rate)
        return "", f"{shown(task.least)} req/s", "" if rate >= task.least else missed
    if not found.peer:
        return "", "", ""
    rounds = zip(found.own, found.peer, strict=True)
    ratio = statistics.median(own.rate / peer.rate for own, peer in rounds)
    asked = f"{shown(task.times)} ×" if task.times else ""
    return f"{shown(ratio)} ×", asked, "" if ratio >= task.times else missed


def memories(site: Site, peer: Site | None) -> Iterator[Figure]:
    """Yield the memory of two workers and what holds them together, after the load."""
    own = memory(site.pid)
    if peer:
        yield Figure("memory of the peer with two workers (PSS)", memory(peer.pid), "MiB")
    limit = ("<", memory(peer.pid) / 2) if peer else None
    yield Figure("memory of the site with two workers (PSS)", own, "MiB", limit)


def server_times(site: Site, organisation: str, tell: Progress) -> tuple[list[Figure], list[str]]:
    """Ask for every page of an organisation in every language on random days, one at a time."""
    tell(f"following the links of {organisation}")
    every = pages.addresses(site.base, organisation)
    chance = Random(1)
    asked = [(address, language) for address in every for language in LANGUAGES]
    chance.shuffle(asked)
    tell(f"asking for {len(asked)} pages, one at a time")
    times: dict[str, list[float]] = defaultdict(list)
    every_day = days(date(1996, 1, 1), date(2026, 12, 31))
    with Client(site.base) as client:
        for address, language in asked:
            path = f"/{language}{address[3:]}?on={chance.choice(every_day)}"
            took, _, good = client.get(path, **{"Accept-Encoding": "gzip", "Accept": "text/html"})
            if not good:
                raise Failed(f"{site.base}{path} is not answered")
            times[pages.kind(address)].append(took)
    found = sorted(each for part in times.values() for each in part)
    figures = [
        Figure(f"server time of {len(found)} pages, median", _at(found, 0.5), "ms", ("<", 15)),
        Figure("server time, 99th percentile", _at(found, 0.99), "ms", ("<", 60)),
        Figure("server time, slowest", found[-1], "ms"),
    ]
    return figures, _by_kind(times)


def _at(ordered: Sequence[float], share: float) -> float:
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def _by_kind(times: dict[str, list[float]]) -> list[str]:
    rows = []
    for name, took in sorted(times.items()):
        took.sort()
        figures = (_at(took, 0.5), _at(took, 0.99), took[-1])
        rows.append((name, str(len(took)), *(shown(each) for each in figures)))
    return table(("kind of page", "asked", "median ms", "99 % ms", "slowest ms"), rows)


def first_views(site: Site, tell: Progress) -> tuple[list[Figure], list[str]]:
    """See pages for the first time on a slow phone and on a desktop, each on a fresh day."""
    every, rows = [], []
    fresh = iter(days(date(2018, 1, 1), date(2026, 12, 31)))
    with browser.browser() as chromium:
        browser.first_view(chromium, f"{site.base}/en/", "desktop")  # the browser's own first time
        for path in FIRST_VIEWS:
            tell(f"seeing {path}")
            for language in LANGUAGES:
                for screen in browser.SCREENS:
                    address = f"{site.base}/{language}{path}?on={next(fresh)}"
                    view = browser.first_view(chromium, address, screen)
                    every.append(view)
                    cells = (shown(view.size / 1000), str(view.requests), shown(view.painted))
                    rows.append((f"/{language}{path}", screen, *cells))
    figures = [
        Figure("first view, most", max(e.size for e in every) / 1000, "kB", ("<", 150)),
        Figure("requests after the page, most", max(e.requests for e in every), "", ("<", 3)),
        Figure(
            "largest contentful paint, slowest", max(e.painted for e in every), "ms", ("<", 1000)
        ),
    ]
    return figures, table(("first view", "screen", "kB", "requests", "painted ms"), rows)
