"""How procedures look on a terminal, stage by stage, and as data."""

from __future__ import annotations

from comity.cli.following import teller_of
from comity.cli.rulebook import Rulebook
from comity.cli.tables import Page
from comity.kernel.canonical import JSON
from comity.procedure.model import Procedure, Procedures
from comity.wording.catalogue import text
from comity.wording.dates import date_text, period_text
from comity.wording.procedure_names import procedure_name
from comity.wording.procedure_rules import stage_sentences
from comity.wording.procedures import Teller


def _in_force(book: Rulebook, procedures: Procedures, only: str | None) -> list[Procedure]:
    """Return the versions in force on the day, of one procedure or of all."""
    if only is not None:
        return [procedures.on(only, book.on)]
    every = (each for versions in procedures.versions.values() for each in versions)
    return [each for each in every if book.on in each.period]


def show_procedures(
    page: Page, book: Rulebook, procedures: Procedures, *, only: str | None
) -> None:
    """Print the procedures in force on the day, each stage in sentences."""
    day = date_text(book.on, page.language)
    page.line(page.word("on", name=book.title(page.language), date=day), style="bold")
    for procedure in _in_force(book, procedures, only):
        page.heading(f"{procedure.id}: {procedure_name(procedure, page.language)}")
        articles = [procedure.article] if procedure.article else []
        for summary, _ in book.ground_lines(articles, page.language):
            page.line(summary, indent=2, style="dim")
        if procedure.period.start or procedure.period.end:
            page.line(period_text(procedure.period, page.language), indent=2, style="dim")
        teller = teller_of(book, procedure, page.language)
        for stage in procedure.stages.values():
            title = f"{stage.id}: {teller.stage(stage.id)}"
            if stage.id == procedure.starts:
                title += f" {text(page.language, 'follow.starts')}"
            page.line(title, indent=2, style="bold")
            for sentence in stage_sentences(stage, teller):
                page.line(sentence, indent=4)


def procedures_data(
    book: Rulebook, procedures: Procedures, language: str, *, only: str | None
) -> dict[str, JSON]:
    """Return the procedures in force on the day as plain data."""
    return {
        "organisation": book.id,
        "name": book.title(language),
        "on": book.on.isoformat(),
        "language": language,
        "procedures": [
            _procedure_data(each, teller_of(book, each, language))
            for each in _in_force(book, procedures, only)
        ],
    }


def _procedure_data(procedure: Procedure, teller: Teller) -> JSON:
    start, end = procedure.period.start, procedure.period.end
    return {
        "id": procedure.id,
        "name": procedure_name(procedure, teller.language),
        "article": procedure.article or None,
        "article_name": teller.articles(procedure.article).strip(" ()（）") or None,
        "from": str(start) if start else None,
        "until": str(end) if end else None,
        "zone": procedure.calendar.zone,
        "starts": procedure.starts,
        "stages": [
            {
                "id": stage.id,
                "name": teller.stage(stage.id),
                "outcome": stage.outcome or None,
                "says": stage_sentences(stage, teller),
            }
            for stage in procedure.stages.values()
        ],
    }
