"""How answers look on a terminal: headings, tables that fold on a narrow one, grounds.

Colour only repeats what words say. Text is never read as markup.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from comity.charter.model import Source
from comity.cli.context import Session
from comity.kernel.finding import Doubt
from comity.register.situation import Situation
from comity.wording.catalogue import text
from comity.wording.grounds import GroundLine, doubt_sentence, source_text
from comity.wording.names import confidence_name

NARROW = 72
WIDTH_OF_A_FILE = 110  # what is written to a file or a pipe


class Page:
    """What a command prints."""

    def __init__(self, session: Session) -> None:
        self.language = session.language
        self.console = Console(
            highlight=False, markup=False, emoji=False, soft_wrap=False,
            no_color=None if session.color else True,
            width=None if sys.stdout.isatty() else WIDTH_OF_A_FILE,
        )  # fmt: skip

    @property
    def narrow(self) -> bool:
        """Whether a table would not fit."""
        return self.console.width < NARROW

    def word(self, key: str, **values: object) -> str:
        """Return a label in the language of the answer."""
        return text(self.language, f"label.{key}", **values)

    def heading(self, words: str) -> None:
        """Print a heading after an empty line."""
        self.console.print()
        self.console.print(Text(words, style="bold"))

    def line(self, words: str, *, indent: int = 0, style: str = "") -> None:
        """Print a paragraph, folded to the width."""
        self.console.print(Padding(Text(words, style=style), (0, 0, 0, indent), expand=False))

    def address(self, url: str, *, indent: int = 0) -> None:
        """Print an address on a line of its own, never folded, so that it can be followed."""
        self.console.print(Text(" " * indent + url, style="dim"), soft_wrap=True)

    def rows(self, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Print a table; on a narrow terminal, each row as a few lines."""
        every = [tuple(row) for row in rows]
        if self.narrow:
            for row in every:
                self._stack(columns, row)
            return
        table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
        for number, column in enumerate(columns):
            last = number == len(columns) - 1
            widest = max((cell_len(row[number]) for row in every), default=0)
            short = not last and widest <= self.console.width // 4
            table.add_column(Text(column), no_wrap=short, overflow="fold", ratio=1 if last else None)
        for row in every:
            table.add_row(*(Text(each) for each in row))
        self.console.print(table)

    def _stack(self, columns: Sequence[str], row: Sequence[str]) -> None:
        self.line(f"{row[0]}  {row[1]}" if len(row) > 1 else row[0], style="bold")
        for column, cell in zip(columns[2:], row[2:], strict=False):
            if cell:
                self.line(f"{column}: {cell}" if column else cell, indent=2)

    def grounds(self, lines: Iterable[GroundLine]) -> None:
        """Print articles with their text and acts with their sources."""
        for line in lines:
            self.line(f"{line.summary}  [{line.id}]", indent=2)
            if line.body:
                self.line(line.body, indent=6)
            for source in line.sources:
                self._source(source)
            if not line.sources:
                self.line(self.word("no_source"), indent=6, style="dim")
            if line.confidence != "high":
                self.line(confidence_name(line.confidence, self.language), indent=6, style="dim")

    def _source(self, source: Source) -> None:
        self.line(source_text(source, self.language), indent=6, style="dim")
        if source.url:
            self.address(source.url, indent=6)

    def doubts(self, doubts: Iterable[Doubt], situation: Situation) -> None:
        """Print why an answer should be read with care."""
        sentences = [doubt_sentence(each, situation, self.language) for each in doubts]
        if sentences:
            self.heading(self.word("doubts"))
            for sentence in sentences:
                self.line(f"? {sentence}", indent=2)

    def more(self, *commands: str) -> None:
        """Print how to see more, each command on a line of its own to copy."""
        self.console.print()
        self.line(self.word("more"), style="dim")
        for command in commands:
            self.console.print(Text(f"  comity {command}", style="dim"), soft_wrap=True)

