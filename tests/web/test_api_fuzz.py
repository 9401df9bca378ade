"""Whatever is asked of the read API, it answers as its document says, and never with a 500."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from comity_web.api.operations import OPERATIONS
from comity_web.register.selectors import present
from comity_web.serving.answers import ANSWERS

pytestmark = pytest.mark.usefixtures("published")

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
PLAIN = {"Accept-Encoding": "identity"}
some = settings(
    max_examples=12,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@cache
def document() -> schemathesis.BaseSchema:
    """Load the document as a stranger would: from its address."""
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler(), headers=PLAIN)


def operation(path: str) -> schemathesis.APIOperation:
    return document()[f"/{path}"]["GET"]


def ask(case: schemathesis.Case) -> int:
    response = case.call(headers=PLAIN)
    case.validate_response(response, checks=CHECKS)
    return response.status_code


def test_the_document_is_one() -> None:
    document().validate()
    assert document().specification.version == "3.1.0"
    assert {each.ok().label for each in document().get_all_operations()} == {
        f"GET /{each.path}" for each in OPERATIONS
    }


@pytest.mark.parametrize("path", [each.path for each in OPERATIONS])
def test_what_fits_the_document_is_answered_as_it_says(path: str) -> None:
    @some
    @given(operation(path).as_strategy(GenerationMode.POSITIVE))
    def anything(case: schemathesis.Case) -> None:
        assert ask(case) in (200, 404, 422)

    anything()


@pytest.mark.parametrize("path", [each.path for each in OPERATIONS if each.parameters])
def test_what_does_not_fit_the_document_is_refused(path: str) -> None:
    @some
    @given(operation(path).as_strategy(GenerationMode.NEGATIVE))
    def anything(case: schemathesis.Case) -> None:
        assert ask(case) in (404, 422)

    anything()


@pytest.mark.parametrize("path", [each.path for each in OPERATIONS])
def test_what_is_asked_of_what_there_is_is_answered(path: str) -> None:
    """Real names and bases, and any day or moment: nearly all of it has an answer."""
    ANSWERS.clear()
    seen: Counter[int] = Counter()
    known = {each.charter.id: each.charter for each in present().register.organisations}

    @some
    @given(st.data())
    def anything(choice: st.DataObject) -> None:
        charter = known[choice.draw(st.sampled_from(sorted(known)))]
        acts = present().register.organisation(charter.id).acts
        names = {
            "organisation": charter.id,
            "party": choice.draw(st.sampled_from(sorted(charter.parties))),
            "body": choice.draw(st.sampled_from(sorted(charter.bodies))),
            "office": choice.draw(st.sampled_from(sorted(charter.offices))),
            "article": choice.draw(st.sampled_from(sorted(charter.articles))),
            "act": choice.draw(st.sampled_from([each.id for each in acts])),
        }
        case = choice.draw(operation(path).as_strategy(GenerationMode.POSITIVE))
        case.path_parameters = {name: names[name] for name in case.path_parameters or {}}
        case.query = _possible(dict(case.query or {}), sorted(charter.bases)[0])
        seen[ask(case)] += 1

    anything()
    assert set(seen) <= {200, 404, 422}
    assert seen[200] > 0


def _possible(query: dict[str, object], basis: str) -> dict[str, object]:
    """Leave out what names nothing there is, and name a basis there is."""
    named = ("party", "body", "right", "status", "kind", "after")
    kept = {name: value for name, value in query.items() if name not in named}
    return {**kept, **({"basis": basis} if "basis" in kept else {})}
