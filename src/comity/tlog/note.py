"""Signed notes and their keys (C2SP signed-note): a text anybody can read, with signatures below.

Two kinds of signature are known: Ed25519 over the text (``0x01``), and the Ed25519 cosignature of
a witness, which also states when it was made (``0x04``, C2SP tlog-cosignature, cosignature/v1).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from comity.kernel.errors import DataError, Fault, IntegrityError

ED25519 = 0x01
COSIGNATURE = 0x04
_ALGORITHMS = {ED25519: 64, COSIGNATURE: 72}
MAX_SIGNATURES = 100
MAX_NOTE_BYTES = 1_000_000
_MARK = "— "


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key with the name it signs under; written ``name+id+key``, as in Go's sumdb/note."""

    name: str
    public: bytes
    algorithm: int = ED25519

    def __post_init__(self) -> None:
        _check_key(self.name, self.public, self.algorithm)

    @classmethod
    def parse(cls, text: str) -> VerifierKey:
        """Read a *vkey*; raises `DataError` if it is malformed or its id does not fit."""
        name, key_id, raw = _split_key(text)
        key = cls(name, raw[1:], raw[0])
        _check_id(key_id, key.key_id)
        return key

    @property
    def key_id(self) -> bytes:
        """The first four bytes of a hash of name, kind and key: an identifier, not a proof."""
        named = self.name.encode() + b"\n" + bytes([self.algorithm]) + self.public
        return hashlib.sha256(named).digest()[:4]

    def __str__(self) -> str:
        return _join_key(self.name, self.key_id, bytes([self.algorithm]) + self.public)

    def verifies(self, text: str, signature: bytes) -> bool:
        """Whether ``signature`` (without the id) is this key's over ``text``."""
        if len(signature) != _ALGORITHMS[self.algorithm]:
            return False
        message = _message(text, _timestamp(self.algorithm, signature))
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature[-64:], message)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key with its name; keep it secret. Its seed is never shown by ``repr``."""

    name: str
    seed: bytes = field(repr=False)
    algorithm: int = ED25519

    def __post_init__(self) -> None:
        _check_key(self.name, self.seed, self.algorithm)

    @classmethod
    def from_seed(cls, name: str, seed: bytes, *, algorithm: int = ED25519) -> SigningKey:
        """Make the key whose 32 secret bytes are ``seed``."""
        return cls(name, seed, algorithm)

    @classmethod
    def parse(cls, text: str) -> SigningKey:
        """Read an *skey*, ``PRIVATE+KEY+name+id+seed``; no error shows it."""
        prefix = "PRIVATE+KEY+"
        if not text.startswith(prefix):
            raise DataError(_malformed_key())
        name, key_id, raw = _split_key(text[len(prefix) :])
        key = cls(name, raw[1:], raw[0])
        _check_id(key_id, key.verifier.key_id)
        return key

    def private_text(self) -> str:
        """Write the key as an *skey*, which `parse` reads. Whoever has it can sign."""
        raw = bytes([self.algorithm]) + self.seed
        return "PRIVATE+KEY+" + _join_key(self.name, self.verifier.key_id, raw)

    @property
    def verifier(self) -> VerifierKey:
        """The public half of the key."""
        public = Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw()
        return VerifierKey(self.name, public, self.algorithm)

    def signature(self, text: str, *, timestamp: int | None = None) -> bytes:
        """Return the signature over ``text``; a cosignature needs the POSIX time it is made at."""
        if (timestamp is not None) != (self.algorithm == COSIGNATURE):
            raise DataError(
                Fault(
                    "wrong_timestamp",
                    f"the key {self.name} is of kind {self.algorithm:#04x}",
                    "a timestamp for a cosignature (0x04), and none for any other",
                )
            )
        if timestamp is not None and not 0 <= timestamp < 1 << 63:
            raise DataError(
                Fault(
                    "wrong_timestamp", f"the timestamp {timestamp}", "seconds since 1970, 63 bits"
                )
            )
        stamp = b"" if timestamp is None else timestamp.to_bytes(8, "big")
        private = Ed25519PrivateKey.from_private_bytes(self.seed)
        return stamp + private.sign(_message(text, timestamp))


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature of a note; ``timestamp`` (POSIX seconds) only where a witness states one."""

    name: str
    key_id: bytes
    value: bytes
    timestamp: int | None = None

    def line(self) -> str:
        """Write the line that stands below the note."""
        encoded = base64.b64encode(self.key_id + self.value).decode()
        return f"{_MARK}{self.name} {encoded}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """An opened note: its text, the signatures that were verified, those of unknown keys."""

    text: str
    signatures: tuple[Signature, ...]
    unknown: tuple[Signature, ...] = ()


def sign(text: str, *keys: SigningKey) -> str:
    """Return ``text`` as a note signed by the keys, in their order."""
    _check_text(text)
    return text + "\n" + "".join(_signed_line(text, key, None) for key in keys)


def add_signature(note: str, key: SigningKey, *, timestamp: int | None = None) -> str:
    """Return the note with one signature more, replacing one by the same key."""
    text, lines = _split_note(note)
    mine = (key.name, key.verifier.key_id)
    kept = (each for each in map(_parse_line, lines) if (each.name, each.key_id) != mine)
    signed = "".join(each.line() for each in kept) + _signed_line(text, key, timestamp)
    return f"{text}\n{signed}"


def unverified_text(note: str | bytes) -> str:
    """Return the text of a well-formed note without asking who signed it."""
    return _split_note(note)[0]


def open_note(note: str | bytes, verifiers: Iterable[VerifierKey]) -> Note:
    """Check a note and return its text; raises `IntegrityError` unless a known key signed it.

    Signatures by unknown keys are ignored, but one by a known key that does not verify condemns
    the whole note. Of several signatures by one key only the first counts.
    """
    known = _by_identity(verifiers)
    text, lines = _split_note(note)
    verified: dict[tuple[str, bytes], Signature] = {}
    unknown: dict[Signature, None] = {}
    for signature in map(_parse_line, lines):
        identity = (signature.name, signature.key_id)
        if identity not in known:
            unknown[signature] = None
        elif identity not in verified:
            verified[identity] = _verified(text, signature, known[identity])
    if not verified:
        raise IntegrityError(_unsigned(known, unknown))
    return Note(text, tuple(verified.values()), tuple(unknown))


def _verified(text: str, signature: Signature, key: VerifierKey) -> Signature:
    if not key.verifies(text, signature.value):
        raise IntegrityError(
            Fault(
                "bad_signature",
                f"the signature of {key.name} ({key.key_id.hex()}) does not fit the text",
                f"the signature of the key {key}",
                "The text or the signature was changed after signing.",
            )
        )
    stamp = _timestamp(key.algorithm, signature.value)
    return Signature(signature.name, signature.key_id, signature.value, stamp)


def _unsigned(known: Iterable[tuple[str, bytes]], found: Iterable[Signature]) -> Fault:
    signed_by = ", ".join(f"{each.name} ({each.key_id.hex()})" for each in found)
    wanted = ", ".join(f"{name} ({key_id.hex()})" for name, key_id in known)
    return Fault(
        "no_known_signature",
        f"the note is signed only by {signed_by[:300]}",
        f"a signature by {wanted}" if wanted else "at least one key to check it with",
    )


def _by_identity(verifiers: Iterable[VerifierKey]) -> dict[tuple[str, bytes], VerifierKey]:
    known: dict[tuple[str, bytes], VerifierKey] = {}
    for key in verifiers:
        if known.setdefault((key.name, key.key_id), key) != key:
            raise DataError(
                Fault(
                    "ambiguous_key",
                    f"two keys are both known as {key.name} ({key.key_id.hex()})",
                    "each key once",
                )
            )
    return known


def _signed_line(text: str, key: SigningKey, timestamp: int | None) -> str:
    value = key.signature(text, timestamp=timestamp)
    return Signature(key.name, key.verifier.key_id, value).line()


def _message(text: str, timestamp: int | None) -> bytes:
    stamped = "" if timestamp is None else f"cosignature/v1\ntime {timestamp}\n"
    return (stamped + text).encode()


def _timestamp(algorithm: int, signature: bytes) -> int | None:
    return int.from_bytes(signature[:8], "big") if algorithm == COSIGNATURE else None


def _split_note(note: str | bytes) -> tuple[str, list[str]]:
    if len(note) > MAX_NOTE_BYTES:
        raise _malformed(f"a note of {len(note)} bytes", f"at most {MAX_NOTE_BYTES}")
    try:
        whole = note.decode() if isinstance(note, bytes) else note
        whole.encode()
    except UnicodeError as error:
        raise _malformed("bytes that are not UTF-8", "a text in UTF-8") from error
    control = re.search(r"[\x00-\x09\x0b-\x1f]", whole)
    if control:
        at = control.start()
        raise _malformed(f"the control character {whole[at]!r}", "text and newlines only")
    text, separator, below = whole.rpartition("\n\n")
    if not separator or not below.endswith("\n"):
        raise _malformed("no block of signatures", "text, an empty line, lines of signatures")
    lines = below[:-1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise _malformed(f"{len(lines)} signatures", f"at most {MAX_SIGNATURES}")
    return text + "\n", lines


def _parse_line(line: str) -> Signature:
    name, _, encoded = line.removeprefix(_MARK).partition(" ")
    raw = _decode(encoded)
    if not line.startswith(_MARK) or not _is_name(name) or raw is None or len(raw) < 5:
        raise _malformed(f'the line "{line[:80]}"', '"— name base64", a signature')
    return Signature(name, raw[:4], raw[4:])


def _check_text(text: str) -> None:
    if not text.endswith("\n") or re.search(r"[\x00-\x09\x0b-\x1f\ud800-\udfff]", text):
        raise DataError(
            Fault(
                "malformed_note",
                "a text that cannot be signed",
                "text that ends in a newline, without other control characters",
            )
        )


def _decode(encoded: str) -> bytes | None:
    """Decode base64, or return ``None``; of several spellings of the same bytes one is read."""
    try:
        raw = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if base64.b64encode(raw).decode() == encoded else None


def _is_name(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return bool(name) and not any(each.isspace() or each < " " or each == "+" for each in name)


def _check_key(name: str, key: bytes, algorithm: int) -> None:
    if not _is_name(name) or algorithm not in _ALGORITHMS or len(key) != 32:
        raise DataError(_malformed_key())


def _split_key(text: str) -> tuple[str, bytes, bytes]:
    name, _, rest = text.partition("+")
    key_id, _, encoded = rest.partition("+")
    raw = _decode(encoded)
    if not re.fullmatch(r"[0-9a-f]{8}", key_id) or not raw:
        raise DataError(_malformed_key())
    return name, bytes.fromhex(key_id), raw


def _join_key(name: str, key_id: bytes, raw: bytes) -> str:
    return f"{name}+{key_id.hex()}+{base64.b64encode(raw).decode()}"


def _check_id(stated: bytes, computed: bytes) -> None:
    if stated != computed:
        raise DataError(
            Fault(
                "malformed_key",
                f"a key whose id is stated as {stated.hex()}",
                f"{computed.hex()}, which follows from its name and bytes",
            )
        )


def _malformed_key() -> Fault:
    return Fault(
        "malformed_key",
        "a key that cannot be read",
        "a name without space or plus, eight hexadecimal digits, and the base64 of one byte for "
        "the kind (01 or 04) and 32 bytes, joined by plus signs",
    )


def _malformed(found: str, expected: str) -> IntegrityError:
    return IntegrityError(Fault("malformed_note", found, expected))
