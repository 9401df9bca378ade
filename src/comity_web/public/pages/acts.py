"""The register: acts chosen by what they are about, counted, a page at a time."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext

from comity.kernel.act import Act
from comity.kernel.errors import Fault
from comity.wording import names
from comity_web.public.pages.act_filters import NAMES, NEWEST, SORTS, in_order, read_filters
from comity_web.public.pages.act_years import act_years
from comity_web.public.pages.reader import Page, Reader
from comity_web.register.questions import BadQuestion, one_of, page_number

PARAMETERS = (*NAMES, "sort", "per", "page")
SIZES = ("50", "100")
_LONG = 220


def acts(reader: Reader, asked: Mapping[str, str]) -> Page:
    """Return a page of the acts asked for; raises `BadQuestion` or `UnknownName`."""
    filters = read_filters(reader, asked)
    size = int(one_of("per", asked["per"], SIZES) or SIZES[0])
    places = in_order(filters, asked["sort"])
    number = page_number(asked["page"])
    last = max(1, -(-len(places) // size))
    if number > last:
        fault = Fault("no_such_page", f"there is no page {number} of this list", f"1–{last}")
        raise BadQuestion("page", asked["page"], fault)
    title = gettext("Acts")
    shown = places[(number - 1) * size : number * size]
    return {
        **reader.frame(title, (title, reader.address("acts")), section="acts"),
        "total": len(places),
        "recorded": len(filters.index.acts),
        "filters": filters.asked(),
        "chips": filters.chips(),
        "chosen": bool(filters.wanted.values or asked["sort"]),
        "facets": filters.facets(),
        "years": act_years(filters),
        "acts": [_row(reader, filters.index.acts[each]) for each in shown],
        "first": (number - 1) * size + 1 if shown else 0,
        "last": (number - 1) * size + len(shown),
        "sorts": _choices(reader, "sort", SORTS, asked["sort"] or NEWEST),
        "sizes": _choices(reader, "per", dict(zip(SIZES, SIZES, strict=True)), str(size)),
        "pages": _pages(reader, number, last),
        "files": [{"name": kind.upper(), "url": _file(reader, kind)} for kind in ("csv", "jsonl")],
    }


def _row(reader: Reader, act: Act) -> Page:
    known = reader.situation.known
    revisions = reader.record.revisions_of(act.id, known=known)
    annulled = any(reader.record.recorded_act(each).kind == "annulled" for each in revisions)
    about = reader.act_subject(act)
    return {
        "id": act.id,
        "url": reader.address("acts", act.id),
        "label": reader.act_label(act),
        "note": "" if about else _shortened(reader.statement(act)),
        "kind": act.kind,
        "kind_name": reader.kind_name(act.kind),
        "on": str(act.effective_on),
        "on_in_words": reader.day(act.effective_on),
        "parties": [reader.party(each) for each in act.parties if each in reader.charter.parties],
        "body": reader.body_name(act.authority.body) if act.authority.body else "",
        "place": reader.translated(act.place),
        "confidence": act.confidence,
        "doubt": ""
        if act.confidence == "high"
        else names.confidence_name(act.confidence, reader.language),
        "to_come": act.effective_on.first > reader.question.on,
        "revised": ("annulled" if annulled else "corrected") if revisions else "",
    }


def _shortened(text: str) -> str:
    """Return a statement as a line or two."""
    return text if len(text) <= _LONG else f"{text[:_LONG].rstrip()}…"


def _choices(reader: Reader, name: str, labels: Mapping[str, str], chosen: str) -> list[Page]:
    """Return one of several ways to show the same, each as a link; the first one needs no name."""
    first = next(iter(labels))
    return [
        {
            "value": value,
            "label": gettext(label),
            "url": reader.question.other(**{name: "" if value == first else value, "page": ""}),
            "chosen": value == chosen,
        }
        for value, label in labels.items()
    ]


def _pages(reader: Reader, number: int, last: int) -> list[Page]:
    """Return links to the first pages, those around this one and the last; a gap is before some."""
    shown = sorted({1, 2, *range(number - 2, number + 3), last} & {*range(1, last + 1)})
    return [
        {
            "number": each,
            "url": reader.question.other(page=str(each) if each > 1 else ""),
            "chosen": each == number,
            "gap": each > 1 and each - 1 not in shown,
        }
        for each in (shown if last > 1 else ())
    ]


def _file(reader: Reader, kind: str) -> str:
    home = f"/{reader.language}/{reader.charter.id}/acts.{kind}"
    return home + reader.question.other(page="", per="")
