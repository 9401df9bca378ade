"""How an act of the record is cited: in running text, and as files for programs that keep sources.

Whoever cites an act cites the register: it has no author, and is published by the log's origin.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import gettext

from comity.kernel.act import Act
from comity.wording.acts import act_statement
from comity.wording.catalogue import full_stop, text
from comity_web.public.pages.reader import Page, Reader, capital
from comity_web.register.proofs import ActProof


@dataclass(frozen=True, slots=True)
class Cited:
    """What every style needs of an act."""

    key: str
    title: str
    register: str
    number: str
    day: str
    year: int
    effective_on: date | None
    accessed: date
    accessed_in_words: str
    address: str


def cited(reader: Reader, act: Act, proof: ActProof, base: str) -> Cited:
    """Return an act with its place in the log and its address on the site at ``base``."""
    name = reader.text(reader.charter.names) or reader.charter.id
    entry = gettext("act %(act)s, entry %(position)s of the log %(log)s, root %(root)s")
    return Cited(
        key=f"{reader.charter.id}-{act.id}",
        title=capital(act_statement(act, reader.situation, reader.language)),
        register=gettext("Register of acts: %(organisation)s") % {"organisation": name},
        number=entry
        % {
            "act": act.id,
            "position": proof.position,
            "log": settings.LOG_ORIGIN,
            "root": f"{proof.size}:{proof.root[:16]}",
        },
        day=reader.day(act.effective_on),
        year=act.effective_on.first.year,
        effective_on=act.effective_on.first if act.effective_on.exact else None,
        accessed=reader.question.today,
        accessed_in_words=reader.day(reader.question.today),
        address=f"{base}/{reader.language}/{reader.charter.id}/acts/{act.id}/",
    )


def texts(reader: Reader, act: Act, proof: ActProof) -> list[Page]:
    """Return the citation in common styles, as text, and where it can be had as a file."""
    found = cited(reader, act, proof, settings.ADDRESS)
    seen = gettext("seen %(day)s") % {"day": found.accessed_in_words}
    home = f"/{reader.language}/{reader.charter.id}/acts/{act.id}"

    def stopped(said: str) -> str:
        return said + full_stop(reader.language, said)

    comma = text(reader.language, "list.comma")
    plain = (
        stopped(comma.join((found.title, found.day))),
        stopped(comma.join((found.register, found.number))),
        stopped(f"{found.address} ({seen})"),
    )
    styles = {
        gettext("Plain"): " ".join(plain),
        gettext("Like Chicago"): f"“{found.title}.” {stopped(found.day)} In {found.register}. "
        f"{capital(found.number)}. {stopped(capital(seen))} {found.address}.",
        gettext("Like APA"): f"{found.title}. ({found.year}). In {found.register} "
        f"({found.number}). {settings.LOG_ORIGIN}. {found.address}",
    }
    files = {"BibTeX": "citation.bib", "RIS": "citation.ris", "CSL-JSON": "citation.json"}
    return [{"style": style, "text": said, "url": ""} for style, said in styles.items()] + [
        {"style": style, "text": "", "url": f"{home}/{file}"} for style, file in files.items()
    ]


def bibtex(found: Cited) -> bytes:
    """Return the citation for BibTeX; the address stands as it is, without a command of TeX."""
    fields = {
        "title": f"{{{_tex(found.title)}}}",
        "year": str(found.year),
        "howpublished": _tex(found.register),
        "note": _tex(found.number),
        "url": found.address,
        "urldate": found.accessed.isoformat(),
    }
    if found.effective_on:
        fields["date"] = found.effective_on.isoformat()
    lines = (f"  {name} = {{{value}}}," for name, value in fields.items())
    return "\n".join([f"@misc{{{found.key},", *lines, "}\n"]).encode()


def _tex(text: str) -> str:
    """Escape what TeX would run or swallow."""
    marks = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}"}
    marks |= {each: f"\\{each}" for each in "#$%&_"} | {"^": r"\textasciicircum{}"}
    return "".join(marks.get(each, each) for each in text)


def ris(found: Cited) -> bytes:
    """Return the citation in the RIS format, a line a tag."""
    day = found.effective_on.strftime("%Y/%m/%d/") if found.effective_on else f"{found.year}///"
    tags = [
        ("TY", "GEN"),
        ("ID", found.key),
        ("TI", found.title),
        ("T2", found.register),
        ("PY", str(found.year)),
        ("DA", day),
        ("N1", found.number),
        ("PB", settings.LOG_ORIGIN),
        ("UR", found.address),
        ("Y2", found.accessed.strftime("%Y/%m/%d/")),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in tags).encode()


def csl(found: Cited) -> bytes:
    """Return the citation as CSL-JSON."""
    day = found.effective_on
    issued = [day.year, day.month, day.day] if day else [found.year]
    seen = found.accessed
    item = {
        "id": found.key,
        "type": "document",
        "title": found.title,
        "container-title": found.register,
        "number": found.number,
        "publisher": settings.LOG_ORIGIN,
        "issued": {"date-parts": [issued]},
        "accessed": {"date-parts": [[seen.year, seen.month, seen.day]]},
        "URL": found.address,
    }
    return json.dumps([item], ensure_ascii=False, indent=1).encode()
