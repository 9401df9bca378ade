"""All tables of all organisations as files, at one state of the log."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from comity.kernel.errors import DataError, Fault
from comity.kernel.tables import in_lots
from comity_web.api.addresses import log_head
from comity_web.api.answers.reader import Reader
from comity_web.api.opendata.columns import Table
from comity_web.api.opendata.formats import FORMS
from comity_web.api.opendata.package import PACKAGE, package
from comity_web.api.opendata.tables import TABLES
from comity_web.api.parameters import Asked
from comity_web.register.questions import Question
from comity_web.register.replacing import replacing
from comity_web.register.selectors import Present

INDEX = "index.json"
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Dumped:
    """What was written."""

    organisations: int
    acts: int
    files: int


def dump(
    present: Present, path: Path, question: Question, progress: Progress | None = None
) -> Dumped:
    """Write every table of every organisation below ``path``, which holds the old or the new ones.

    Each organisation has a folder with its tables and their description; ``index.json`` lists
    them, with the head of the log that all of it was read at. Raises `DataError` where ``path``
    holds anything else.
    """
    if path.exists() and not (path / INDEX).exists() and (path.is_file() or any(path.iterdir())):
        found = f"{path} holds something else"
        raise DataError(Fault("not_empty", found, "a new name, or an earlier dump"))
    asked, done = Asked(question, {}, ()), 0
    readers = [Reader(present, each.charter.id, asked) for each in present.register.organisations]
    total = sum(each.situation.known for each in readers)
    with replacing(path) as folder:
        folder.mkdir()
        for reader in readers:
            _dump_one(reader, folder / reader.charter.id)
            done += reader.situation.known
            if progress:
                progress(done, total)
        _write(folder / INDEX, _index(present, readers, question))
    files = len(readers) * (len(TABLES) * len(FORMS) + 1) + 1
    return Dumped(len(readers), total, files)


def _dump_one(reader: Reader, folder: Path) -> None:
    folder.mkdir()
    for table in TABLES.values():
        _dump_table(reader, table, folder)
    _write(folder / PACKAGE, package(reader))


def _dump_table(reader: Reader, table: Table, folder: Path) -> None:
    """Write a table in every form at once: making its rows costs more than writing them."""
    with ExitStack() as opened:
        files = {
            each: opened.enter_context((folder / f"{table.name}.{name}").open("wb"))
            for name, each in FORMS.items()
        }
        for form, file in files.items():
            file.write(form.head(table.header(reader.languages)))
        for some in in_lots(table.rows(reader)):
            for form, file in files.items():
                file.write(form.rows(table, reader.languages, some))


def _write(file: Path, value: Any) -> None:
    file.write_bytes(msgspec.json.format(msgspec.json.encode(value)) + b"\n")


def _index(present: Present, readers: list[Reader], question: Question) -> dict[str, Any]:
    return {
        "log": log_head(present),
        "question": {"on": question.on, "known_at": question.known_at},
        "organisations": [
            {
                "id": each.charter.id,
                "names": dict(each.charter.names),
                "package": f"{each.charter.id}/{PACKAGE}",
            }
            for each in readers
        ],
    }
