"""What the page on treaties shows is read, computed and true."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from comity.kernel import documents
from comity.treaty.acts import DEPOSIT, FIELDS, FRAME, SHORT
from comity.treaty.answers import EXPECTED
from comity.treaty.cases import AROUND, CASE, QUESTION, run_document
from comity.treaty.model import KINDS as KINDS_OF_CONSENT
from comity.treaty.record import KINDS, Act
from comity.treaty.structure import FORM

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "treaties.md"
FORMAT = PAGE.read_text("utf-8")
(EXAMPLE,) = re.findall(r"^```yaml\n(.*?)^```", FORMAT, re.MULTILINE | re.DOTALL)
SAID = set(re.findall(r"\b[a-z_]+\b", FORMAT))


def test_the_example_is_read_and_its_case_holds() -> None:
    results = list(run_document(documents.parse(EXAMPLE, "treaties.md")))
    assert [each.failures for each in results] == [()]


def test_every_key_and_word_is_on_the_page() -> None:
    keys = {key for each in FORM.schema["$defs"].values() for key in each.get("properties", ())}
    fields_of_acts = {each for several in FIELDS.values() for each in several}
    words = {*KINDS, *KINDS_OF_CONSENT, *EXPECTED, *CASE, *AROUND, *QUESTION, *SHORT, *FRAME}
    assert (keys | words | fields_of_acts) - SAID == set()


def test_every_field_of_an_act_can_be_written() -> None:
    written = {*FRAME, *DEPOSIT, *(each for several in FIELDS.values() for each in several)}
    renamed = {"consent": "kind", "kind": "act", "tables": "weights"}
    assert {renamed.get(each.name, each.name) for each in fields(Act)} <= written
