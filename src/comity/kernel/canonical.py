"""One way to write a value as bytes, so that the same record always has the same hash.

The encoding is JSON as in RFC 8785 (JCS), restricted further: strings, integers, booleans, null,
lists and objects with ASCII keys; no floating-point numbers. Keys are sorted, there is no white
space, text is UTF-8 as given: nothing is normalised, two spellings are two texts.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from comity.kernel.errors import DataError, Fault

JSON: TypeAlias = "bool | int | str | Sequence[JSON] | Mapping[str, JSON] | None"

MAX_INTEGER = 2**53 - 1


def encode(value: JSON) -> bytes:
    """Return the canonical bytes of ``value``; raises `DataError` for what has no canonical form.

    >>> encode({"b": [1, True, None], "a": "é"})
    b'{"a":"\\xc3\\xa9","b":[1,true,null]}'
    """
    try:
        _check(value, "")
        text = json.dumps(
            value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=dict
        )
        return text.encode()
    except RecursionError as error:
        raise DataError(Fault("too_deep", "nesting too deep", "at most some 100 levels")) from error
    except UnicodeEncodeError as error:
        raise DataError(Fault("not_canonical", f"text holds a lone surrogate: {error}")) from error


def digest(value: JSON) -> str:
    """Return ``sha256:`` and the hexadecimal hash of the canonical bytes of ``value``."""
    return "sha256:" + hashlib.sha256(encode(value)).hexdigest()


def _check(value: object, path: str) -> None:
    if value is None or isinstance(value, bool | str):
        return
    if isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            raise DataError(_refused(path, f"the integer {value}", "at most 53 bits, or a string"))
    elif isinstance(value, Mapping):
        for key, each in value.items():
            if not isinstance(key, str) or not key.isascii():
                raise DataError(_refused(path, f"the key {key!r}", "keys of ASCII text"))
            _check(each, f"{path}.{key}" if path else key)
    elif isinstance(value, list | tuple):
        for number, each in enumerate(value):
            _check(each, f"{path}[{number}]")
    else:
        kind = type(value).__name__
        raise DataError(
            _refused(path, f"a {kind}", "text, integer, true, false, null, list, object")
        )


def _refused(path: str, found: str, expected: str) -> Fault:
    return Fault("not_canonical", f"{path or 'value'} is {found}", expected)
