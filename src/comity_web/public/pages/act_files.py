"""The acts asked for as files, as they read at the moment of knowledge: a table, or one a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from comity.kernel.act import Act
from comity.kernel.canonical import encode
from comity.kernel.tables import csv_table
from comity.register.records import to_record
from comity.wording.acts import act_sentence
from comity_web.public.pages.act_filters import in_order, read_filters
from comity_web.public.pages.reader import Reader, capital

COLUMNS = (
    "id", "kind", "effective_on", "decided_on", "recorded_at", "parties", "body", "article",
    "place", "confidence", "sources", "details", "note", "sentence", "address",
)  # fmt: skip


def as_csv(reader: Reader, asked: Mapping[str, str], base: str) -> Iterator[bytes]:
    """Yield a table (RFC 4180, UTF-8), the first row naming the columns."""
    rows = (_cells(act) | _said(reader, act, base) for act in _acts(reader, asked))
    return csv_table(COLUMNS, rows)


def as_jsonl(reader: Reader, asked: Mapping[str, str], base: str) -> Iterator[bytes]:
    """Yield each act as its record, with a sentence and its address, one a line."""
    for act in _acts(reader, asked):
        line = to_record(act) | _said(reader, act, base)
        yield json.dumps(line, ensure_ascii=False).encode() + b"\n"


def _acts(reader: Reader, asked: Mapping[str, str]) -> Iterator[Act]:
    filters = read_filters(reader, asked)
    return (filters.index.acts[each] for each in in_order(filters, asked["sort"]))


def _said(reader: Reader, act: Act, base: str) -> dict[str, str]:
    return {
        "sentence": capital(act_sentence(act, reader.situation, reader.language)),
        "address": base + reader.address("acts", act.id),
    }


def _cells(act: Act) -> dict[str, object]:
    record = to_record(act)
    return {
        **record,
        "parties": act.parties,
        "sources": act.sources,
        "body": act.authority.body,
        "article": act.authority.article,
        "confidence": act.confidence,
        "details": encode(record["details"]).decode() if act.details else "",
    }
