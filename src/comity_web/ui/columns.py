"""Columns by year as SVG, each leading to its year.

Written here and not in a template: a page has hundreds of rectangles, and a template takes ten
times as long for each.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

Figure = Mapping[str, Any]


def columns(figure: Figure, label: str) -> str:
    """Return a figure: its ``width``, ``height``, ``floor``, ``label_y`` and ``columns``.

    A column has ``x``, ``width``, ``middle``, ``year``, ``count`` and ``bars`` (each with ``y``,
    ``height`` and ``shade``); ``url``, if it leads somewhere; and says whether it is ``chosen``,
    and whether its year is ``named``: as one of a row, or (``"minor"``) for its own sake.
    """
    width, floor = figure["width"], figure["floor"]
    drawn = "\n".join(_column(each, figure) for each in figure["columns"])
    return (
        f'<svg viewBox="0 0 {width} {figure["height"]}" role="group" '
        f'aria-label="{escape(label)}">\n{drawn}\n'
        f'<line class="years-floor" x1="0" x2="{width}" y1="{floor}" y2="{floor}"/></svg>'
    )


def _column(column: Figure, figure: Figure) -> str:
    named = _named(column, figure)
    if not column["url"]:
        return named
    place = f'x="{column["x"]}"', f'width="{column["width"]}"'
    hit = f'<rect class="years-hit" {place[0]} y="0" {place[1]} height="{figure["floor"]}"/>'
    bars = "".join(
        f'<rect class="years-bar tint-{bar["shade"]}" {place[0]} y="{bar["y"]}" {place[1]} '
        f'height="{bar["height"]}"/>'
        for bar in column["bars"]
    )
    chosen = ' class="years-chosen" aria-current="true"' if column["chosen"] else ""
    said = f"{column['year']}: {column['count']}"
    link = f'<a href="{escape(column["url"])}" aria-label="{said}"{chosen}>'
    return f"{link}{hit}{bars}{named}</a>"


def _named(column: Figure, figure: Figure) -> str:
    if not column["named"]:
        return ""
    minor = " years-label-minor" if column["named"] == "minor" else ""
    place = f'x="{column["middle"]}" y="{figure["label_y"]}"'
    return f'<text class="years-label{minor}" {place}>{column["year"]}</text>'
