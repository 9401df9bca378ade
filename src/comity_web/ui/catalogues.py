"""Messages and their translations: found in the source, read from ``.po``, compiled to ``.mo``.

Django compiles with GNU ``msgfmt``, which a newcomer's machine may not have. The format is small
and fixed, so it is written here.
"""

from __future__ import annotations

import ast
import re
import struct
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation.template import templatize

Messages = dict[str, str]
PLURAL_SEPARATOR = "\0"
_ENTRY = re.compile(r'^(msgid|msgid_plural|msgstr(?:\[\d\])?) ((?:".*"\n?)+)', re.MULTILINE)
_CALL = re.compile(r"\b(?:gettext|gettext_noop|gettext_lazy|_)\(\s*((?:\"(?:[^\"\\]|\\.)*\"\s*)+)")
_IN_TEMPLATE = re.compile(r"gettext\((u?'(?:[^'\\]|\\.)*'|u?\"(?:[^\"\\]|\\.)*\")\)")
_PLURAL = re.compile(
    r"ngettext\((u?'(?:[^'\\]|\\.)*'|u?\"(?:[^\"\\]|\\.)*\"),(u?'(?:[^'\\]|\\.)*')"
)


def messages_in(folder: Path) -> set[str]:
    """Return every message that templates and modules below ``folder`` ask to be translated."""
    found: set[str] = set()
    for path in sorted(folder.rglob("*.py")):
        found |= {ast.literal_eval(f"({text})") for text in _CALL.findall(path.read_text("utf-8"))}
    for path in sorted(folder.rglob("*.html")):
        found |= set(_template_messages(templatize(path.read_text("utf-8"))))
    return found


def _template_messages(code: str) -> Iterator[str]:
    for one, many in _PLURAL.findall(code):
        yield PLURAL_SEPARATOR.join((ast.literal_eval(one), ast.literal_eval(many)))
    for text in _IN_TEMPLATE.findall(code):
        yield ast.literal_eval(text)


def read_po(path: Path) -> Messages:
    """Read a catalogue: message to translation, plural forms separated as ``.mo`` does it."""
    messages: Messages = {}
    key: list[str] = []
    value: list[str] = []
    for name, quoted in _ENTRY.findall(path.read_text("utf-8")):
        text = "".join(ast.literal_eval(line) for line in quoted.splitlines())
        if name == "msgid":
            if value:
                messages[PLURAL_SEPARATOR.join(key)] = PLURAL_SEPARATOR.join(value)
            key, value = [text], []
        elif name == "msgid_plural":
            key.append(text)
        else:
            value.append(text)
    messages[PLURAL_SEPARATOR.join(key)] = PLURAL_SEPARATOR.join(value)
    return messages


def to_mo(messages: Messages) -> bytes:
    """Write a catalogue in the binary format that ``gettext`` reads; always the same way."""
    pairs = sorted((key.encode(), value.encode()) for key, value in messages.items())
    count = len(pairs)
    header = 28
    offset = header + 16 * count
    tables: list[bytes] = []
    texts = b""
    for column in (0, 1):
        table = b""
        for pair in pairs:
            table += struct.pack("<II", len(pair[column]), offset + len(texts))
            texts += pair[column] + b"\0"
        tables.append(table)
    head = struct.pack("<7I", 0x950412DE, 0, count, header, header + 8 * count, 0, offset)
    return head + tables[0] + tables[1] + texts


def compile_catalogue(path: Path) -> bytes:
    """Return what the ``.mo`` beside a ``.po`` has to hold."""
    return to_mo(read_po(path))
