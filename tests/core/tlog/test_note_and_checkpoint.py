"""Signing and opening notes and checkpoints: what is accepted, and every way to be refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.kernel.errors import ComityError, DataError, IntegrityError
from comity.tlog.checkpoint import Checkpoint, cosign, cosignatures
from comity.tlog.note import (
    COSIGNATURE,
    SigningKey,
    VerifierKey,
    add_signature,
    open_note,
    sign,
    unverified_text,
)
from comity.tlog.tree import Frontier

LOG = SigningKey.from_seed("example.org/log", bytes(range(32)))
OTHER = SigningKey.from_seed("example.org/other", bytes(range(1, 33)))
WITNESS = SigningKey.from_seed("witness.example", bytes(range(2, 34)), algorithm=COSIGNATURE)
SECOND_WITNESS = SigningKey.from_seed("second.example", bytes(32), algorithm=COSIGNATURE)
CHECKPOINT = Checkpoint("example.org/log", 7, bytes(range(32)))
SIGNED = CHECKPOINT.sign(LOG)


def test_keys_survive_being_written() -> None:
    for key in (LOG, WITNESS):
        assert SigningKey.parse(key.private_text()) == key
        assert VerifierKey.parse(str(key.verifier)) == key.verifier


def test_a_private_key_is_not_shown_by_accident() -> None:
    assert repr(LOG) == "SigningKey(name='example.org/log', algorithm=1)"
    assert LOG.seed.hex() not in str(LOG)
    with pytest.raises(DataError) as caught:
        SigningKey.parse(LOG.private_text().replace("example", "example1"))
    assert LOG.private_text()[-20:] not in str(caught.value)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u2003b", "a\nb", "\ud800"])
def test_names_that_no_key_may_have(name: str) -> None:
    with pytest.raises(DataError) as caught:
        SigningKey.from_seed(name, bytes(32))
    assert caught.value.code == "malformed_key"


def test_seeds_and_kinds_that_no_key_may_have() -> None:
    for seed, algorithm in ((bytes(31), 1), (bytes(32), 2), (bytes(32), 6)):
        with pytest.raises(DataError) as caught:
            SigningKey.from_seed("a", seed, algorithm=algorithm)
        assert caught.value.code == "malformed_key"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n")))
def test_any_text_can_be_signed(text: str) -> None:
    note = sign(text + "\n", LOG, OTHER)
    opened = open_note(note, [OTHER.verifier, LOG.verifier])
    assert opened.text == unverified_text(note) == text + "\n"
    assert [each.name for each in opened.signatures] == [LOG.name, OTHER.name]


@pytest.mark.parametrize("text", ["", "no newline", "tab\t\n", "nul\0\n", "\ud800\n"])
def test_texts_that_cannot_be_signed(text: str) -> None:
    with pytest.raises(DataError) as caught:
        sign(text, LOG)
    assert caught.value.code == "malformed_note"


@settings(max_examples=300)
@given(st.integers(0, len(SIGNED.encode()) - 1), st.integers(1, 255))
def test_no_flipped_byte_of_a_note_is_accepted(at: int, change: int) -> None:
    raw = bytearray(SIGNED.encode())
    raw[at] ^= change
    with pytest.raises(IntegrityError):
        open_note(bytes(raw), [LOG.verifier])


def test_one_bad_signature_by_a_known_key_condemns_the_note() -> None:
    forged = sign("other text\n", OTHER).split("\n")[-2] + "\n"
    with pytest.raises(IntegrityError) as caught:
        open_note(SIGNED + forged, [LOG.verifier, OTHER.verifier])
    assert caught.value.code == "bad_signature"
    assert open_note(SIGNED + forged, [LOG.verifier]).text == CHECKPOINT.text()


def test_a_note_of_strangers_is_refused() -> None:
    with pytest.raises(IntegrityError) as caught:
        open_note(SIGNED, [OTHER.verifier])
    assert caught.value.code == "no_known_signature"
    assert "example.org/log" in str(caught.value)
    with pytest.raises(IntegrityError) as caught:
        open_note(SIGNED, [])
    assert caught.value.code == "no_known_signature"


def test_the_same_signature_twice_counts_once() -> None:
    line = SIGNED.split("\n")[-2] + "\n"
    opened = open_note(SIGNED + line, [LOG.verifier])
    assert len(opened.signatures) == 1
    assert len(open_note(SIGNED + line, [LOG.verifier, LOG.verifier]).signatures) == 1


def test_a_note_of_more_than_a_megabyte_is_refused() -> None:
    with pytest.raises(IntegrityError) as caught:
        open_note("a" * 1_000_001, [LOG.verifier])
    assert caught.value.code == "malformed_note"


def test_adding_a_signature_replaces_that_of_the_same_key() -> None:
    once = cosign(SIGNED, WITNESS, timestamp=1)
    twice = cosign(once, WITNESS, timestamp=2)
    assert twice.count("witness.example") == 1
    assert [each.timestamp for each in cosignatures(twice, [WITNESS.verifier])] == [2]
    assert add_signature(SIGNED, LOG) == SIGNED


def test_a_signed_checkpoint_opens() -> None:
    assert Checkpoint.open(SIGNED, LOG.verifier) == CHECKPOINT
    assert Checkpoint.open(SIGNED.encode(), OTHER.verifier, LOG.verifier) == CHECKPOINT
    extended = Checkpoint("example.org/log", 0, Frontier().root(), ("year 2030", "note"))
    assert Checkpoint.of("example.org/log", Frontier()).root == extended.root
    assert Checkpoint.open(extended.sign(LOG), LOG.verifier) == extended


def test_a_checkpoint_of_another_log_is_refused() -> None:
    stolen = Checkpoint("example.org/elsewhere", 7, bytes(32)).sign(LOG)
    with pytest.raises(IntegrityError) as caught:
        Checkpoint.open(stolen, LOG.verifier)
    assert caught.value.code == "wrong_origin"
    opened = Checkpoint.open(stolen, LOG.verifier, origin="example.org/elsewhere")
    assert opened.origin == "example.org/elsewhere"


ROOT = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "a\n7\n",
        f"a\n7\n{ROOT}",
        f"\n7\n{ROOT}\n",
        f"a\n07\n{ROOT}\n",
        f"a\n-7\n{ROOT}\n",
        f"a\n+7\n{ROOT}\n",
        f"a\n٧\n{ROOT}\n",
        f"a\n9223372036854775808\n{ROOT}\n",
        f"a\n{'9' * 4000}\n{ROOT}\n",
        f"a\n7\n{ROOT[:-1]}\n",
        f"a\n7\n{ROOT[:-2]}9=\n",
        "a\n7\nAAAA\n",
        f"a\n7\n{ROOT}\n\nb\n",
        f"a\r\n7\n{ROOT}\n",
    ],
)
def test_malformed_checkpoints_are_refused(text: str) -> None:
    with pytest.raises(IntegrityError) as caught:
        Checkpoint.parse(text)
    assert caught.value.code == "malformed_checkpoint"


def test_a_checkpoint_reads_back() -> None:
    assert Checkpoint.parse(f"a\n9223372036854775807\n{ROOT}\n").size == 2**63 - 1
    assert Checkpoint.parse(CHECKPOINT.text()) == CHECKPOINT


def test_witnesses_are_counted() -> None:
    signed = cosign(SIGNED, WITNESS, timestamp=1_900_000_000)
    both = [WITNESS.verifier, SECOND_WITNESS.verifier]
    assert [each.timestamp for each in cosignatures(signed, both)] == [1_900_000_000]
    assert cosignatures(SIGNED, [], at_least=0) == ()
    with pytest.raises(IntegrityError) as caught:
        cosignatures(signed, both, at_least=2)
    assert caught.value.code == "too_few_witnesses"
    assert len(cosignatures(cosign(signed, SECOND_WITNESS, timestamp=5), both, at_least=2)) == 2


def test_a_cosignature_alone_does_not_speak_for_the_log() -> None:
    signed = cosign(SIGNED, WITNESS, timestamp=1)
    only_witness = CHECKPOINT.text() + "\n" + signed.split("\n")[-2] + "\n"
    with pytest.raises(IntegrityError) as caught:
        Checkpoint.open(only_witness, LOG.verifier)
    assert caught.value.code == "no_known_signature"
    assert Checkpoint.open(signed, LOG.verifier) == CHECKPOINT


@given(st.integers(8, 79), st.integers(1, 255))
def test_no_flipped_byte_of_a_cosignature_is_accepted(at: int, change: int) -> None:
    value = bytearray(b"key " + b"...." + WITNESS.signature(SIGNED, timestamp=77))
    assert WITNESS.verifier.verifies(SIGNED, bytes(value[8:]))
    value[at] ^= change
    assert not WITNESS.verifier.verifies(SIGNED, bytes(value[8:]))


def test_a_cosignature_of_the_wrong_length_is_none() -> None:
    assert not WITNESS.verifier.verifies(SIGNED, bytes(71))
    assert not LOG.verifier.verifies(SIGNED, bytes(65))


@pytest.mark.parametrize(
    ("key", "timestamp"), [(LOG, 5), (WITNESS, None), (WITNESS, -1), (WITNESS, 2**63)]
)
def test_timestamps_only_for_witnesses(key: SigningKey, timestamp: int | None) -> None:
    with pytest.raises(DataError) as caught:
        key.signature("text\n", timestamp=timestamp)
    assert caught.value.code == "wrong_timestamp"


def test_only_a_checkpoint_is_cosigned() -> None:
    with pytest.raises(ComityError) as caught:
        cosign(sign("some text\n", LOG), WITNESS, timestamp=1)
    assert caught.value.code == "malformed_checkpoint"
