"""The reference pages of the API and of open data are what they are made from."""

from __future__ import annotations

import pytest

from tests.web.api import ask
from tests.web.references import api, made, open_data, without_examples

HINT = "python -m tests.web.references writes it anew"


@pytest.mark.usefixtures("published")
def test_the_reference_of_the_api_is_that_of_its_document() -> None:
    assert made("api.md") == api(without_examples(ask("openapi.json").json())), HINT


def test_the_dictionary_of_open_data_is_that_of_its_tables() -> None:
    assert made("open-data.md") == open_data(), HINT
