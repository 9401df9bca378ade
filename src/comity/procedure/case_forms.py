"""The form of what cases write of matters and events, checked before anything is read from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from comity.kernel.errors import Fault
from comity.kernel.forms import shown


class Form(NamedTuple):
    """What a value must look like, as a test and in words."""

    fits: Callable[[Any], bool]
    expected: str


def _is_text(value: Any) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool)


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _by_name(fits: Callable[[Any], bool]) -> Callable[[Any], bool]:
    def every(value: Any) -> bool:
        return isinstance(value, dict) and all(
            _is_text(name) and fits(each) for name, each in value.items()
        )

    return every


def _is_period(value: Any) -> bool:
    if value is None:
        return True
    return isinstance(value, dict) and all(
        key in ("from", "until") and (each is None or _is_text(each)) for key, each in value.items()
    )


def _are_seats(value: Any) -> bool:
    return _is_text(value) or _are_texts(value) or _by_name(_is_period)(value)


def _are_positions(value: Any) -> bool:
    return value is None or isinstance(value, str) or _are_texts(value)


TEXT = Form(_is_text, "text")
SEATS = Form(_are_seats, "names in a list, or periods by name such as {AA: {until: 2030-06-06}}")
MATTER: Mapping[str, Form] = {
    "members": SEATS,
    "bodies": Form(_by_name(_are_seats), "members by body"),
    "roles": Form(_by_name(_are_seats), "holders by role"),
    "groups": Form(_by_name(_are_texts), "lists of members by group"),
    "weights": Form(_by_name(_by_name(_is_text)), "weights of members by unit"),
}
EVENT: Mapping[str, Form] = {
    **dict.fromkeys(
        ("id", "at", "zone", "event", "by", "position", "text", "until", "reason", "about"), TEXT
    ),
    "positions": Form(_by_name(_are_positions), "positions by member, or members by position"),
}


CASE: Mapping[str, Form] = {
    "events": Form(lambda value: isinstance(value, list), "a list"),
    "questions": Form(lambda value: isinstance(value, list), "a list"),
    "constructed": Form(lambda value: isinstance(value, bool), "true, or no such key"),
    **dict.fromkeys(("title", "procedure", "on", "zone"), TEXT),
}


def faults_of_form(data: Mapping[str, Any], forms: Mapping[str, Form]) -> Iterator[Fault]:
    """Yield a fault for every value of the wrong form; what is null is as if it were left out."""
    for key, form in forms.items():
        value = data.get(key)
        if value is not None and not form.fits(value):
            yield Fault("wrong_type", f"under {key}, {shown(value)}", form.expected)
