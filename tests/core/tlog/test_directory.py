"""A log as files: whatever is changed, missing, added or rewritten is found and named."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.kernel.errors import ComityError, DataError, IntegrityError
from comity.tlog.checkpoint import Checkpoint
from comity.tlog.directory import extend_directory, verify_directory, write_directory
from comity.tlog.hashing import leaf_hash
from comity.tlog.note import SigningKey
from comity.tlog.tree import Frontier

KEY = SigningKey.from_seed("example.org/log", bytes(range(32)))
ENTRIES = [f'{{"number":{number}}}'.encode() for number in range(1000)]
SIZE = 600


def checkpoint(entries: list[bytes]) -> Checkpoint:
    return Checkpoint.of(KEY.name, Frontier().extend(leaf_hash(each) for each in entries))


def signed(entries: list[bytes]) -> str:
    return checkpoint(entries).sign(KEY)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("logs") / "whole"
    write_directory(path, ENTRIES[:SIZE], signed(ENTRIES[:SIZE]))
    return path


@pytest.fixture
def log(whole: Path, tmp_path: Path) -> Path:
    """A copy of the log of 600 entries, for the test to spoil."""
    shutil.copytree(whole, tmp_path / "log")
    return tmp_path / "log"


def fault(path: Path, **options: Checkpoint) -> IntegrityError:
    with pytest.raises(IntegrityError) as caught:
        verify_directory(path, KEY.verifier, **options)  # type: ignore[arg-type]
    return caught.value


def flip(path: Path, at: int, change: int = 1) -> None:
    raw = bytearray(path.read_bytes())
    raw[at] ^= change
    path.write_bytes(raw)


def test_a_whole_log_verifies(whole: Path) -> None:
    seen: list[tuple[int, int]] = []
    verified = verify_directory(
        whole, [KEY.verifier], progress=lambda done, all_: seen.append((done, all_))
    )
    assert (verified.size, verified.root) == (SIZE, checkpoint(ENTRIES[:SIZE]).root)
    assert verified.files == len([each for each in whole.rglob("*") if each.is_file()]) == 8
    assert seen == [(256, 600), (512, 600), (600, 600)]


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 512])
def test_logs_at_the_edges_verify(size: int, tmp_path: Path) -> None:
    write_directory(tmp_path, ENTRIES[:size], signed(ENTRIES[:size]))
    for old in {0, size // 2, size}:
        earlier = checkpoint(ENTRIES[:old])
        verified = verify_directory(tmp_path, KEY.verifier, earlier=earlier)
        assert (verified.size, verified.earlier) == (size, earlier)


@pytest.mark.parametrize("old", [0, 1, 255, 256, 257, 512, 599, 600])
@pytest.mark.parametrize("new", [600, 700, 768, 1000])
def test_an_extended_log_is_the_log_written_at_once(old: int, new: int, tmp_path: Path) -> None:
    path, at_once = tmp_path / "extended", tmp_path / "once"
    write_directory(path, ENTRIES[:old], signed(ENTRIES[:old]))
    extend_directory(path, ENTRIES[old:new], signed(ENTRIES[:new]))
    write_directory(at_once, ENTRIES[:new], signed(ENTRIES[:new]))
    assert files(path) == files(at_once)
    verify_directory(path, KEY.verifier, earlier=checkpoint(ENTRIES[:old]))


def files(path: Path) -> dict[str, bytes]:
    found = (each for each in path.rglob("*") if each.is_file())
    return {each.relative_to(path).as_posix(): each.read_bytes() for each in found}


def test_an_interrupted_extension_is_repaired_by_doing_it_again(log: Path) -> None:
    def breaking_off() -> object:
        yield from ENTRIES[600:800]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        extend_directory(log, breaking_off(), signed(ENTRIES))  # type: ignore[arg-type]
    assert Checkpoint.open((log / "checkpoint").read_bytes(), KEY.verifier).size == 600
    extend_directory(log, ENTRIES[600:], signed(ENTRIES))
    assert verify_directory(log, KEY.verifier).size == 1000


@settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_one_flipped_byte_anywhere_is_found_and_placed(
    data: st.DataObject, whole: Path, tmp_path: Path
) -> None:
    log = tmp_path / "flipped"
    shutil.rmtree(log, ignore_errors=True)
    shutil.copytree(whole, log)
    name = data.draw(st.sampled_from(sorted(files(whole))))
    at = data.draw(st.integers(0, (log / name).stat().st_size - 1))
    flip(log / name, at, data.draw(st.integers(1, 255)))
    error = fault(log)
    if name != "checkpoint":
        assert str(error).startswith(f"{name}: ")
        assert re.search(r"leaf \d+|leaves \d+ to \d+|bytes too many after leaf", str(error))


def test_a_changed_entry_is_named_by_its_leaf(log: Path) -> None:
    path = log / "tile/entries/001"
    path.write_bytes(path.read_bytes().replace(b'"number":300', b'"number":301', 1))
    error = fault(log)
    assert error.code == "leaf_differs"
    assert str(error) == (
        "tile/entries/001: leaf 300 does not have the hash that stands in tile/0/001. "
        "Expected: the entry that was signed. "
        "The entries do not have the signed root: the entry was changed."
    )


@pytest.mark.parametrize("change", [1, 4, 255])
def test_a_changed_length_is_named_by_its_leaf(log: Path, change: int) -> None:
    """The length of leaf 3 stands after three entries of 14 bytes each, with their lengths."""
    flip(log / "tile/entries/000", 3 * 14 + 1, change)
    assert "tile/entries/000: leaf 3 does not have the hash" in str(fault(log))


def test_a_changed_hash_is_told_from_a_changed_entry(log: Path) -> None:
    flip(log / "tile/0/001", 32 * 5 + 7)
    error = fault(log)
    assert error.code == "tile_differs"
    assert str(error).startswith("tile/0/001: byte 167 is not of the hash over leaf 261.")
    assert "only this tile is damaged" in str(error)


def test_a_changed_upper_hash_is_named_with_the_leaves_below(log: Path) -> None:
    flip(log / "tile/1/000.p/2", 32)
    assert "byte 32 is not of the hash over leaves 256 to 511" in str(fault(log))


def test_an_entry_rewritten_together_with_its_hash_is_found_above(log: Path) -> None:
    forged = b'{"number":999}'
    bundle = log / "tile/entries/000"
    bundle.write_bytes(bundle.read_bytes().replace(b'{"number":111}', forged, 1))
    tile = log / "tile/0/000"
    tile.write_bytes(tile.read_bytes().replace(leaf_hash(ENTRIES[111]), leaf_hash(forged)))
    error = fault(log)
    assert error.code == "tile_differs"
    assert "leaves 0 to 255" in str(error)
    assert "they were changed" in str(error)


def rewritten(path: Path, key: SigningKey = KEY) -> None:
    changed = [*ENTRIES[:40], b"rewritten", *ENTRIES[41:SIZE]]
    shutil.rmtree(path)
    write_directory(path, changed, checkpoint(changed).sign(key))


def test_a_log_rewritten_without_the_key_does_not_verify(log: Path) -> None:
    kept = (log / "checkpoint").read_bytes()
    rewritten(log)
    (log / "checkpoint").write_bytes(kept)
    assert fault(log).code == "root_differs"


def test_a_log_rewritten_with_the_key_contradicts_an_earlier_checkpoint(log: Path) -> None:
    rewritten(log)
    assert verify_directory(log, KEY.verifier).size == SIZE
    verify_directory(log, KEY.verifier, earlier=checkpoint(ENTRIES[:40]))
    for old in (41, 256, 300, 600):
        assert fault(log, earlier=checkpoint(ENTRIES[:old])).code == "not_consistent"


def test_a_log_that_lost_its_end_contradicts_an_earlier_checkpoint(log: Path) -> None:
    assert fault(log, earlier=checkpoint(ENTRIES[:601])).code == "log_shrank"


def test_an_earlier_checkpoint_of_another_log_proves_nothing(log: Path) -> None:
    other = Checkpoint("example.org/other", 0, checkpoint([]).root)
    assert fault(log, earlier=other).code == "wrong_origin"


def test_another_key_is_refused(log: Path) -> None:
    stranger = SigningKey.from_seed(KEY.name, bytes(32))
    with pytest.raises(IntegrityError) as caught:
        verify_directory(log, stranger.verifier)
    assert caught.value.code == "no_known_signature"


@pytest.mark.parametrize(
    "name", ["tile/entries/001", "tile/0/002.p/88", "tile/1/000.p/2", "tile/entries/002.p/88"]
)
def test_a_missing_file_is_named(log: Path, name: str) -> None:
    (log / name).unlink()
    error = fault(log)
    assert error.code == "missing_file"
    assert str(error).startswith(f"{name}: ")


def test_no_checkpoint_at_all(log: Path, tmp_path: Path) -> None:
    (log / "checkpoint").unlink()
    assert str(fault(log)).startswith("checkpoint: the file cannot be read")
    assert fault(tmp_path / "nowhere").code == "missing_file"


@pytest.mark.parametrize("name", ["tile/0/003", "tile/entries/002.p/87", "notes.txt", "tile/x"])
def test_a_file_that_does_not_belong_is_named(log: Path, name: str) -> None:
    (log / name).write_bytes(b"")
    error = fault(log)
    assert error.code == "unexpected_file"
    assert str(error).startswith(f"{name}: ")


def test_a_link_to_a_directory_does_not_belong(log: Path, tmp_path: Path) -> None:
    (log / "tile/more").symlink_to(tmp_path, target_is_directory=True)
    assert fault(log).code == "unexpected_file"


def test_many_faults_are_cut_short(log: Path) -> None:
    for number in range(30):
        (log / f"extra{number:02}").touch()
    error = fault(log)
    assert len(error.faults) == 21
    assert str(error).endswith("and 10 more files of this sort.")


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("tile/entries/000", lambda raw: raw[:-1], "leaf 255 at byte 3970 is cut off"),
        ("tile/entries/002.p/88", lambda raw: raw + b"\0\0", "2 bytes too many after leaf 599"),
        ("tile/0/001", lambda raw: raw[:-1], "the tile has 8191 bytes. Expected: 8192 bytes"),
        ("tile/0/001", lambda raw: raw * 1300, "more than 8192 bytes"),
        ("tile/entries/000", lambda raw: raw + bytes(17_000_000), "more than 16777472 bytes"),
        ("checkpoint", lambda raw: raw * 9000, "more than 1000000 bytes"),
        ("checkpoint", lambda _: b"", "no block of signatures"),
    ],
)
def test_files_too_short_or_too_long(
    log: Path, name: str, change: Callable[[bytes], bytes], said: str
) -> None:
    (log / name).write_bytes(change((log / name).read_bytes()))
    assert said in str(fault(log))


def test_a_checkpoint_that_does_not_fit_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(IntegrityError) as caught:
        write_directory(tmp_path / "log", ENTRIES[:9], signed(ENTRIES[:10]))
    assert caught.value.code == "checkpoint_differs"
    assert not (tmp_path / "log/checkpoint").exists()


def test_nothing_is_written_over(log: Path) -> None:
    before = files(log)
    for path in (log, log / "checkpoint"):
        with pytest.raises(DataError) as caught:
            write_directory(path, [], signed([]))
        assert caught.value.code == "not_empty"
    assert files(log) == before


def test_a_damaged_log_is_not_extended(log: Path) -> None:
    flip(log / "tile/0/002.p/88", 0)
    with pytest.raises(IntegrityError) as caught:
        extend_directory(log, ENTRIES[600:], signed(ENTRIES))
    assert caught.value.code == "root_differs"


def test_an_entry_too_large_is_refused_with_its_number(tmp_path: Path) -> None:
    with pytest.raises(ComityError) as caught:
        write_directory(tmp_path / "log", [b"", b"x" * 65_536], signed([]))
    assert caught.value.code == "entry_too_large"
    assert "entry 1 " in str(caught.value)
