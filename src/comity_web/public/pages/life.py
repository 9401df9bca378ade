"""The axis of an organisation's life in the control of the day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from comity_web.drawing.life import Landmark, life
from comity_web.drawing.plate import Caption
from comity_web.drawing.scale import Scale
from comity_web.drawing.svg import text_of

if TYPE_CHECKING:
    from comity_web.public.pages.reader import Reader


def life_axis(reader: Reader, control: dict[str, Any]) -> SafeString:
    """Return the axis with its landmarks; ``control`` is what `day_control` gives."""
    name = reader.text(reader.charter.names) or reader.charter.id
    plate = life(
        [_landmark(each) for each in control["landmarks"]],
        caption=Caption("life", gettext("The life of %(name)s") % {"name": name}),
        scale=Scale(date.fromisoformat(control["first"]), date.fromisoformat(control["last"])),
        day=reader.question.on,
        day_label=reader.day(reader.question.on),
    )
    return mark_safe(text_of(plate.element))  # the drawing has escaped all text


def _landmark(stop: dict[str, Any]) -> Landmark:
    label = gettext("%(what)s – %(label)s") % {
        "what": stop["on_in_words"],
        "label": stop["label"],
    }
    return Landmark(
        date.fromisoformat(stop["on"]), stop["on"][:4], label, stop["url"], stop["weight"]
    )
