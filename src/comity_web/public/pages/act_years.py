"""How many acts took effect in each year, drawn as columns that lead to them."""

from __future__ import annotations

from comity.register.browsing import Wanted
from comity_web.public.pages.act_filters import Filters
from comity_web.public.pages.reader import Page

HEIGHT, WIDTH, FOOT = 56, 720, 18
_SPACE = 60  # a label takes so much room


def act_years(filters: Filters) -> Page:
    """Return a column for each year from the first act to the last, under all filters but time.

    A column leads to the acts of its year; that of a year that is chosen leads away from it.
    """
    wanted = Wanted(filters.wanted.values, words=filters.wanted.words)
    chosen = filters.chosen if wanted == filters.wanted else filters.index.choose(wanted)
    counts = chosen.counts["year"]
    numbers = {int(year): count for year, count in counts.items()}
    every = range(min(numbers), max(numbers) + 1) if numbers else range(0)
    step = WIDTH / max(len(every), 1)
    most = max(numbers.values(), default=1)
    columns = [_column(filters, year, numbers.get(year, 0), most) for year in every]
    apart = -(-_SPACE // step) if columns else 1
    for place, each in enumerate(columns):
        each |= {"x": round(place * step, 2), "width": round(step - 1.5, 2)}
        each |= {"middle": round((place + 0.5) * step, 2), "named": each["year"] % apart == 0}
    return {
        "columns": columns,
        "most": most,
        "width": WIDTH,
        "height": HEIGHT + FOOT,
        "floor": HEIGHT,
        "label_y": HEIGHT + FOOT - 4,
    }


def _column(filters: Filters, year: int, count: int, most: int) -> Page:
    height = count / most * (HEIGHT - 4)
    asked = dict(filters.reader.question.own)
    chosen = asked.get("from") == asked.get("to") == str(year)
    period = "" if chosen else str(year)
    url = filters.reader.question.other(**{"from": period, "to": period, "page": ""})
    return {
        "year": year,
        "count": count,
        "bars": [{"y": round(HEIGHT - height, 2), "height": round(height, 2), "shade": 1}],
        "chosen": chosen,
        "url": url if count or chosen else "",
    }
