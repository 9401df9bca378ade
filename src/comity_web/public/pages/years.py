"""How many held each status at the end of each year, drawn as columns."""

from __future__ import annotations

from collections import Counter
from datetime import date

from comity_web.public.pages.reader import Page, Reader

HEIGHT, WIDTH, FOOT = 96, 720, 18
LABEL_WIDTH = 40  # the chosen year is always named; one beside it would be written over


def years(reader: Reader) -> Page:
    """Return a column for each year since the foundation, each leading to its last day."""
    first = (reader.charter.founded_on or reader.question.on).year
    last = max(reader.question.today.year, reader.question.on.year)
    rows = [_year(reader, year) for year in range(max(first, last - 119), last + 1)]
    most = max((row["total"] for row in rows), default=0) or 1
    step = WIDTH / max(len(rows), 1)
    every = 5 if len(rows) <= 60 else 10
    shades = {status: reader.shade(status) for status in _main_statuses(reader)}
    for number, row in enumerate(rows):
        row |= {"x": round(number * step, 2), "width": round(step - 1.5, 2)}
        row["middle"] = round((number + 0.5) * step, 2)
        beside = 0 < abs(row["year"] - reader.question.on.year) * step < LABEL_WIDTH
        row["marked"] = row["year"] % every == 0 and not beside
        row["bars"] = _stack(row["counts"], shades, most)
    statuses = [
        {"status": status, "name": reader.status_name(status), "shade": shade}
        for status, shade in shades.items()
        if any(row["counts"].get(status) for row in rows)
    ]
    return {
        "years": rows,
        "statuses": statuses,
        "most": most,
        "height": HEIGHT + FOOT,
        "label_y": HEIGHT + FOOT - 4,
        "floor": HEIGHT,
        "width": WIDTH,
    }


def _main_statuses(reader: Reader) -> list[str]:
    main = reader.charter.main_facet
    return [each for each in reader.charter.statuses if reader.charter.facet_of(each) == main]


def _year(reader: Reader, year: int) -> Page:
    day = date(year, 12, 31)
    spells = (
        spell
        for party in reader.record.parties()
        for spell in reader.situation.history(party)
        if spell.holds_on(day)
    )
    counts = Counter(spell.status for spell in spells)
    return {
        "year": year,
        "counts": dict(counts),
        "total": counts.total(),
        "chosen": year == reader.question.on.year,
        "url": f"/{reader.language}/{reader.charter.id}/"
        + reader.question.other(on=day.isoformat()),
    }


def _stack(counts: Page, shades: dict[str, int], most: int) -> list[Page]:
    """Put the statuses of one year on top of one another, the first one at the foot."""
    foot = float(HEIGHT)
    bars = []
    for status, shade in shades.items():
        height = counts.get(status, 0) / most * (HEIGHT - 4)
        foot -= height
        if height:
            bars.append({"y": round(foot, 2), "height": round(height, 2), "shade": shade})
    return bars
