"""How answers look on a terminal: headings, tables that fold on a narrow one, grounds.

Colour only repeats what words say. Text is never read as markup.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from comity.cli.context import Session
from comity.cli.folding import fold
from comity.kernel.finding import Doubt
from comity.register.situation import Situation
from comity.wording.catalogue import text
from comity.wording.grounds import GroundLine, doubt_sentence, source_text
from comity.wording.names import confidence_name

NARROW = 72
WIDTH_OF_A_FILE = 110  # what is written to a file or a pipe


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leave it to the command line to end quietly, with its own exit code."""
        raise BrokenPipeError


class Page:
    """What a command prints."""

    def __init__(self, session: Session) -> None:
        """Open a page on standard output; to a file or a pipe it has a fixed width."""
        self.language = session.language
        self._hints = session.hints
        self.console = _Console(
            highlight=False,
            markup=False,
            emoji=False,
            no_color=None if session.color else True,
            width=None if sys.stdout.isatty() else WIDTH_OF_A_FILE,
        )

    def word(self, key: str, **values: object) -> str:
        """Return a label in the language of the answer."""
        return text(self.language, f"label.{key}", **values)

    def heading(self, words: str) -> None:
        """Print a heading after an empty line."""
        self.space()
        self.line(words, style="bold")

    def space(self) -> None:
        """Print an empty line."""
        self.console.print()

    def line(self, words: str, *, indent: int = 0, style: str = "") -> None:
        """Print a paragraph, folded to the width."""
        width = max(self.console.width - indent, 16)
        for folded in self._folded(words, style, width):
            folded.rstrip()
            self.console.print(Text(" " * indent) + folded, soft_wrap=True)

    def _folded(self, words: str, style: str, width: int) -> Iterable[Text]:
        if self.language == "zh":
            return [Text(each, style=style) for each in fold(words, width)]
        return Text(words, style=style).wrap(self.console, width)

    def address(self, url: str, *, indent: int = 0) -> None:
        """Print an address on a line of its own, never folded, so that it can be followed."""
        self.whole(url, indent=indent, style="dim")

    def whole(self, words: str, *, indent: int = 0, style: str = "") -> None:
        """Print a line that is never folded: one that a program may read, or a place to go to."""
        self.console.print(Text(" " * indent + words, style=style), soft_wrap=True)

    def fits(self, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
        """Whether a table can be read at this width: short columns whole, others not too thin."""
        needed = sum(min(self._widest(columns, rows, n), 18) + 3 for n in range(len(columns)))
        return self.console.width >= max(NARROW, needed)

    @staticmethod
    def _widest(columns: Sequence[str], rows: Sequence[Sequence[str]], number: int) -> int:
        return max(cell_len(row[number]) for row in (columns, *rows))

    def rows(self, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Print a table; where it does not fit, each row as a few lines."""
        every = [tuple(row) for row in rows]
        if not self.fits(columns, every):
            for row in every:
                self._stack(columns, row)
            return
        table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
        for number, column in enumerate(columns):
            widest = self._widest(columns, every, number)
            whole = number < len(columns) - 1 and widest <= self.console.width // 4
            table.add_column(Text(column), no_wrap=whole, overflow="fold")
        for row in every:
            table.add_row(*(Text(each) for each in row))
        self.console.print(table)

    def _stack(self, columns: Sequence[str], row: Sequence[str]) -> None:
        self.line("  ".join(row[:2]), style="bold")
        for column, cell in zip(columns[2:], row[2:], strict=True):
            if cell:
                self.line(f"{column}: {cell}", indent=2)

    def summaries(self, lines: Iterable[GroundLine], *, indent: int = 2) -> None:
        """Print grounds in one line each."""
        for line in lines:
            self.line(f"{line.summary}  [{line.id}]", indent=indent)

    def grounds(self, lines: Iterable[GroundLine]) -> None:
        """Print articles with their text and acts with their sources."""
        for line in lines:
            self.summaries([line])
            self.details(line, indent=6)

    def details(self, line: GroundLine, *, indent: int) -> None:
        """Print the text and the sources of a ground."""
        if line.body:
            self.line(line.body, indent=indent)
        for source in line.sources:
            self.line(source_text(source, self.language), indent=indent, style="dim")
            if source.url:
                self.address(source.url, indent=indent)
        if not line.sources:
            self.line(self.word("no_source"), indent=indent, style="dim")
        if line.confidence != "high":
            self.line(confidence_name(line.confidence, self.language), indent=indent, style="dim")

    def doubts(self, doubts: Iterable[Doubt], situation: Situation) -> None:
        """Print why an answer should be read with care."""
        sentences = [doubt_sentence(each, situation, self.language) for each in doubts]
        if sentences:
            self.heading(self.word("doubts"))
        for sentence in sentences:
            self.line(f"? {sentence}", indent=2)

    def more(self, *commands: str) -> None:
        """Print how to see more, each command on a line of its own to copy."""
        self.space()
        self.line(self.word("more"), style="dim")
        for command in commands:
            self.address(" ".join(["comity", command, *self._hints]), indent=2)
