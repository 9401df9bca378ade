"""What a reader over HTTP is shown in tests, and how it refuses."""

from __future__ import annotations

import pytest

from comity.cli.http_reader import HttpReader
from comity.kernel.errors import DataError

CONTENT = b"some bytes \x00\xff" * 100


def told(reader: HttpReader, code: str, *, path: str = "file", most: int = len(CONTENT)) -> str:
    with pytest.raises(DataError) as refused:
        reader.get(path, most)
    assert refused.value.code == code, refused.value
    assert str(refused.value).startswith(reader.address)
    return str(refused.value)
