"""What procedures, their stages and the rest of their file are called, and what has no name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from comity.kernel.errors import Fault
from comity.procedure.model import Names, Procedure, Procedures
from comity.wording.decisions import named


def procedure_name(procedure: Procedure, language: str) -> str:
    """Return what a procedure is called."""
    return named(procedure.names, language, procedure.id.replace("_", " "))


def unnamed_in(procedures: Procedures, languages: Iterable[str]) -> tuple[Fault, ...]:
    """Return a fault for whatever procedures define and has no name in one of the languages.

    What the decision rules define is looked at with them.
    """
    wanted = tuple(languages)
    return tuple(
        Fault(
            "name_missing",
            f'the {kind} "{name}" has no name in {", ".join(missing)}',
            f"a name in {', '.join(wanted)}",
        )
        for kind, name, names in dict.fromkeys(_named(procedures))
        if (missing := [each for each in wanted if each not in dict(names)])
    )


def _named(procedures: Procedures) -> Iterator[tuple[str, str, tuple[tuple[str, str], ...]]]:
    """Yield what has a name: its kind, its identifier and its names."""
    for kind, name, names in _entries(procedures):
        yield kind, name, tuple(names.items())


def _entries(procedures: Procedures) -> Iterator[tuple[str, str, Names]]:
    every = [each for versions in procedures.versions.values() for each in versions]
    if every:
        roles, documents = every[0].roles, every[0].documents
        yield from (
            ("role", *each) for each in roles.items() if each[0] not in procedures.rules.roles
        )
        yield from (("document", *each) for each in documents.items())
    for name, article in procedures.articles.items():
        if name not in procedures.rules.articles:
            yield "article", name, article.names
    for procedure in every:
        yield "procedure", procedure.id, procedure.names
        for stage in procedure.stages.values():
            yield "stage", f"{procedure.id}.{stage.id}", stage.names
