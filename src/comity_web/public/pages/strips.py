"""The strip of those who held an office, for other pages to show."""

from __future__ import annotations

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from comity.membership.bodies import Tenure
from comity_web.drawing import holders
from comity_web.drawing.plate import Caption
from comity_web.public.pages.drawn import as_markup, day_label, said, scale
from comity_web.public.pages.reader import Reader


def office_holders(reader: Reader, office: str) -> list[SafeString]:
    """Return the strip of those who held an office; none where nobody did."""
    tenures = reader.situation.tenures(office)
    if not tenures:
        return []
    name = reader.office_name(office)
    plate = holders.holders(
        [_tenure(reader, each) for each in tenures],
        caption=Caption(f"holders-{office}", gettext("Holders: %(office)s") % {"office": name}),
        scale=scale(reader, [each.start.first for each in tenures]),
        day=reader.question.on,
        day_label=day_label(reader),
    )
    return as_markup([plate])


def _tenure(reader: Reader, tenure: Tenure) -> holders.Tenure:
    party = reader.party_name(tenure.party) if tenure.party else ""
    person = reader.translated(tenure.person)
    name = person or party
    what = f"{person} ({party})" if person and party else name
    return holders.Tenure(
        tenure.start,
        tenure.end,
        name,
        tenure.party,
        said(reader, what, tenure.start, tenure.end),
        reader.address("acts", tenure.act),
    )
