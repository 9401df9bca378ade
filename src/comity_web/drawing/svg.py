"""A drawing as a tree of elements, and the text of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

Value: TypeAlias = str | int | float
NAMESPACE = "http://www.w3.org/2000/svg"

_ESCAPED = {ord(mark): code for mark, code in zip('&<>"', ("amp", "lt", "gt", "quot"), strict=True)}
_TEXT: dict[int, str | None] = {
    # What XML cannot hold at all is left out.
    **dict.fromkeys([*range(0x20), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF]),
    **{mark: f"&{code};" for mark, code in _ESCAPED.items()},
    **{ord(mark): " " for mark in "\t\n\r"},
}


@dataclass(frozen=True, slots=True)
class Element:
    """An element of SVG: a name, attributes, and elements or text inside."""

    name: str
    attributes: Mapping[str, Value]
    children: tuple[Element | str, ...] = ()


def el(name: str, *children: Element | str, **attributes: Value | None) -> Element:
    """Return an element; ``class_`` means ``class``, ``_`` means ``-``, and ``None`` no attribute.

    >>> text_of(el("text", "R & D", class_="name", text_anchor="end", x=percent(1 / 3), y=None))
    '<text class="name" text-anchor="end" x="0.33%">R &amp; D</text>'
    """
    named = {_NAMES[key]: value for key, value in attributes.items() if value is not None}
    return Element(name, named, children)


def group(children: Iterable[Element], **attributes: Value | None) -> Element:
    """Return elements put together."""
    return el("g", *children, **attributes)


class _Names(dict[str, str]):
    """The names of attributes by those of keywords."""

    def __missing__(self, keyword: str) -> str:
        self[keyword] = name = keyword.rstrip("_").replace("_", "-")
        return name


_NAMES = _Names()


def percent(value: float) -> str:
    """Return a share of the width, to a hundredth of a percent."""
    return f"{value:.2f}".rstrip("0").rstrip(".") + "%"


def text_of(element: Element) -> str:
    """Write an element; numbers to two decimals, and no text that could be read as markup."""
    parts: list[str] = []
    _write(element, parts.append)
    return "".join(parts)


def document(element: Element) -> str:
    """Write a drawing as a file that stands alone."""
    attributes = {"xmlns": NAMESPACE, **element.attributes}
    alone = Element(element.name, attributes, element.children)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text_of(alone)}\n'


def _write(element: Element, put: Callable[[str], None]) -> None:
    name = element.name
    given = [f' {key}="{_value(value)}"' for key, value in element.attributes.items()]
    if not element.children:
        put(f"<{name}{''.join(given)}/>")
        return
    put(f"<{name}{''.join(given)}>")
    for each in element.children:
        if isinstance(each, str):
            put(_escaped(each))
        else:
            _write(each, put)
    put(f"</{name}>")


def _value(value: Value) -> str:
    if isinstance(value, str):
        return _escaped(value)
    return str(value) if isinstance(value, int) else number(value)


@lru_cache(maxsize=8192)
def _escaped(text: str) -> str:
    return text.translate(_TEXT)


def number(value: float) -> str:
    """Return a number to two decimals, as short as it can be written.

    >>> number(12.0), number(0.126), number(-0.001)
    ('12', '0.13', '0')
    """
    short = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if short == "-0" else short
