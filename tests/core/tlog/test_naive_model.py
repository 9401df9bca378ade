"""The tree against the recursive definitions of RFC 6962 §2.1, written down as they stand there."""

import hashlib
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.kernel.errors import DataError, IntegrityError
from comity.tlog.hashing import leaf_hash, node_hash
from comity.tlog.proofs import verify_consistency, verify_inclusion
from comity.tlog.tree import Frontier, Tree

LEAVES = [f"leaf {number}".encode() for number in range(300)]
HASHES = [leaf_hash(each) for each in LEAVES]
TREE = Tree(HASHES)


def largest_power_below(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def mth(leaves: Sequence[bytes]) -> bytes:
    if len(leaves) == 0:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    k = largest_power_below(len(leaves))
    return hashlib.sha256(b"\x01" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def path(m: int, leaves: Sequence[bytes]) -> list[bytes]:
    if len(leaves) == 1:
        return []
    k = largest_power_below(len(leaves))
    if m < k:
        return [*path(m, leaves[:k]), mth(leaves[k:])]
    return [*path(m - k, leaves[k:]), mth(leaves[:k])]


def proof(m: int, leaves: Sequence[bytes]) -> list[bytes]:
    return subproof(m, leaves, True)


def subproof(m: int, leaves: Sequence[bytes], whole: bool) -> list[bytes]:
    if m == len(leaves):
        return [] if whole else [mth(leaves)]
    k = largest_power_below(len(leaves))
    if m <= k:
        return [*subproof(m, leaves[:k], whole), mth(leaves[k:])]
    return [*subproof(m - k, leaves[k:], False), mth(leaves[:k])]


def page_inclusion(leaf: bytes, i: int, size: int, root: bytes, proof: list[bytes]) -> bool:
    """Verify as docs/reference/log-format.md says, line by line."""
    if not 0 <= i < size:
        return False
    r, a, b = leaf, i, size - 1
    for p in proof:
        if b == 0:
            return False
        if a % 2 or a == b:
            r = node_hash(p, r)
            while a % 2 == 0 and a:
                a, b = a // 2, b // 2
        else:
            r = node_hash(r, p)
        a, b = a // 2, b // 2
    return b == 0 and r == root


def page_consistency(old: int, o: bytes, new: int, n: bytes, proof: list[bytes]) -> bool:
    """Verify as docs/reference/log-format.md says, line by line."""
    if not 0 < old < new or not proof:
        return False
    if old & (old - 1) == 0:
        proof = [o, *proof]
    a, b = old - 1, new - 1
    while a % 2:
        a, b = a // 2, b // 2
    r = s = proof[0]
    for p in proof[1:]:
        if b == 0:
            return False
        if a % 2 or a == b:
            r, s = node_hash(p, r), node_hash(p, s)
            while a % 2 == 0 and a:
                a, b = a // 2, b // 2
        else:
            s = node_hash(s, p)
        a, b = a // 2, b // 2
    return b == 0 and r == o and s == n


def accepts(check: Callable[..., None], *arguments: object) -> bool:
    try:
        check(*arguments)
    except IntegrityError:
        return False
    return True


sizes = st.integers(1, 300)


@st.composite
def leaf_and_size(draw: st.DrawFn) -> tuple[int, int]:
    size = draw(sizes)
    return draw(st.integers(0, size - 1)), size


@st.composite
def old_and_new(draw: st.DrawFn) -> tuple[int, int]:
    new = draw(sizes)
    return draw(st.integers(1, new)), new


@st.composite
def flips(draw: st.DrawFn) -> tuple[int, int, int]:
    """Which hash, which byte of it, and how the byte is changed."""
    return draw(st.integers(0, 99)), draw(st.integers(0, 31)), draw(st.integers(1, 255))


def flipped(raw: bytes, at: int, change: int) -> bytes:
    return raw[:at] + bytes([raw[at] ^ change]) + raw[at + 1 :]


@pytest.mark.parametrize("size", range(0, 301))
def test_root_at_every_size(size: int) -> None:
    expected = mth(LEAVES[:size])
    assert TREE.root(size) == expected
    assert Frontier().extend(HASHES[:size]).root() == expected
    assert TREE.frontier(size) == Frontier().extend(HASHES[:size])


@given(leaf_and_size())
def test_inclusion_proof_is_the_path(case: tuple[int, int]) -> None:
    index, size = case
    assert TREE.inclusion_proof(index, size) == path(index, LEAVES[:size])


@given(old_and_new())
def test_consistency_proof_is_the_subproof(case: tuple[int, int]) -> None:
    old, new = case
    assert TREE.consistency_proof(old, new) == proof(old, LEAVES[:new])


@given(leaf_and_size(), flips())
def test_inclusion_verifies_and_no_flipped_byte_does(
    case: tuple[int, int], flip: tuple[int, int, int]
) -> None:
    index, size = case
    which, at, change = flip
    root, path = TREE.root(size), TREE.inclusion_proof(index, size)
    verify_inclusion(HASHES[index], index, size, root, path)
    hashes = [HASHES[index], root, *path]
    which %= len(hashes)
    hashes[which] = flipped(hashes[which], at, change)
    with pytest.raises(IntegrityError) as caught:
        verify_inclusion(hashes[0], index, size, hashes[1], hashes[2:])
    assert caught.value.code == "not_included"


@given(old_and_new(), flips())
def test_consistency_verifies_and_no_flipped_byte_does(
    case: tuple[int, int], flip: tuple[int, int, int]
) -> None:
    old, new = case
    which, at, change = flip
    proof = TREE.consistency_proof(old, new)
    verify_consistency(old, TREE.root(old), new, TREE.root(new), proof)
    hashes = [TREE.root(old), TREE.root(new), *proof]
    which %= len(hashes)
    hashes[which] = flipped(hashes[which], at, change)
    with pytest.raises(IntegrityError) as caught:
        verify_consistency(old, hashes[0], new, hashes[1], hashes[2:])
    assert caught.value.code == "not_consistent"


@settings(max_examples=300)
@given(leaf_and_size(), st.integers(-1, 1), st.integers(-2, 2), st.integers(-1, 1))
def test_the_algorithms_of_the_page_agree(
    case: tuple[int, int], shift: int, growth: int, longer: int
) -> None:
    """Whatever a proof is presented for, ours and the one on the page say the same."""
    index, size = case
    path, root = TREE.inclusion_proof(index, size), TREE.root(size)
    asked = (HASHES[index], index + shift, size + growth, root, fitted(path, longer))
    right = (shift, growth, longer) == (0, 0, 0)
    assert page_inclusion(*asked) is accepts(verify_inclusion, *asked)
    assert page_inclusion(*asked) or not right
    old, new = sorted((index + 1, size + 1)) if size < 300 else (index + 1, size)
    if old < new:
        proof = TREE.consistency_proof(old, new)
        ends = (TREE.root(old), TREE.root(new))
        stated = (old + shift, ends[0], new + growth, ends[1], fitted(proof, longer))
        assert page_consistency(*stated) or not right
        if 0 < old + shift < new + growth:
            assert page_consistency(*stated) is accepts(verify_consistency, *stated)


def fitted(proof: list[bytes], longer: int) -> list[bytes]:
    """The proof with one hash more or less."""
    return [*proof, HASHES[0]] if longer > 0 else proof[: len(proof) + longer]


@settings(max_examples=60)
@given(leaf_and_size(), st.integers(0, 320), st.integers(0, 320))
def test_a_proof_fits_no_other_leaf(case: tuple[int, int], index: int, size: int) -> None:
    """Another index is always refused; another size where the way up is another one."""
    own_index, own_size = case
    root, path = TREE.root(own_size), TREE.inclusion_proof(own_index, own_size)
    if index == own_index:
        return
    with pytest.raises(IntegrityError):
        verify_inclusion(HASHES[own_index], index, size, root, path)


@given(leaf_and_size())
def test_a_proof_too_short_or_too_long_is_refused(case: tuple[int, int]) -> None:
    index, size = case
    root, path = TREE.root(size), TREE.inclusion_proof(index, size)
    for wrong in (path[:-1] if path else [root], [*path, root]):
        with pytest.raises(IntegrityError) as caught:
            verify_inclusion(HASHES[index], index, size, root, wrong)
        assert caught.value.code == "malformed_proof"


@given(old_and_new())
def test_a_consistency_proof_of_wrong_length_is_refused(case: tuple[int, int]) -> None:
    old, new = case
    roots, proof = (TREE.root(old), TREE.root(new)), TREE.consistency_proof(old, new)
    for wrong in (proof[:-1] if proof else [roots[0]], [*proof, roots[0]]):
        with pytest.raises(IntegrityError) as caught:
            verify_consistency(old, roots[0], new, roots[1], wrong)
        assert caught.value.code == "malformed_proof"


def test_every_log_continues_the_empty_one() -> None:
    empty = TREE.root(0)
    verify_consistency(0, empty, 7, TREE.root(7), TREE.consistency_proof(0, 7))
    verify_consistency(0, empty, 0, empty, [])
    with pytest.raises(IntegrityError) as caught:
        verify_consistency(0, TREE.root(3), 7, TREE.root(7), [])
    assert caught.value.code == "not_consistent"


def test_a_log_does_not_shrink() -> None:
    with pytest.raises(IntegrityError) as caught:
        verify_consistency(8, TREE.root(8), 7, TREE.root(7), [])
    assert caught.value.code == "log_shrank"


def test_a_hash_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(IntegrityError) as caught:
        verify_inclusion(HASHES[0][:31], 0, 1, TREE.root(1), [])
    assert caught.value.code == "malformed_proof"
    with pytest.raises(DataError) as found:
        Tree([b"too short"])
    assert found.value.code == "not_a_hash"
    with pytest.raises(DataError) as found:
        Frontier().append(b"")
    assert found.value.code == "not_a_hash"


@given(st.lists(st.integers(0, 40), max_size=8))
def test_growing_in_any_lots_gives_the_same_tree(lots: list[int]) -> None:
    tree, frontier, done = Tree(), Frontier(), 0
    for lot in lots:
        lot = min(lot, 300 - done)
        tree.extend(HASHES[done : done + lot])
        frontier = Frontier.from_bytes(frontier.to_bytes()).extend(HASHES[done : done + lot])
        done += lot
    assert tree.size == len(tree) == frontier.size == done
    assert tree.root() == frontier.root() == TREE.root(done)


def test_appending_one_by_one() -> None:
    tree, frontier = Tree(), Frontier()
    for size, leaf in enumerate(HASHES[:70], 1):
        tree.append(leaf)
        frontier = frontier.append(leaf)
        assert tree.root() == frontier.root() == TREE.root(size)


@pytest.mark.parametrize("raw", [b"", b"\0" * 7, b"\0" * 9, b"\0" * 7 + b"\x03" + b"\1" * 32])
def test_a_frontier_that_is_not_whole_is_refused(raw: bytes) -> None:
    with pytest.raises(IntegrityError) as caught:
        Frontier.from_bytes(raw)
    assert caught.value.code == "malformed_frontier"


def test_a_frontier_whose_hashes_do_not_fit_its_size_is_refused() -> None:
    for size, nodes in ((3, (b"\0" * 32,)), (1, (b"\0" * 31,)), (-1, ())):
        with pytest.raises(IntegrityError) as caught:
            Frontier(size, nodes)
        assert caught.value.code == "malformed_frontier"


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda: TREE.root(301), "no_such_size"),
        (lambda: TREE.root(-1), "no_such_size"),
        (lambda: TREE.inclusion_proof(5, 5), "no_such_leaf"),
        (lambda: TREE.inclusion_proof(0, 0), "no_such_leaf"),
        (lambda: TREE.inclusion_proof(-1, 5), "no_such_leaf"),
        (lambda: TREE.consistency_proof(6, 5), "no_such_size"),
        (lambda: TREE.node(8, 1), "no_such_node"),
        (lambda: TREE.node(70, 0), "no_such_node"),
    ],
)
def test_questions_beyond_the_tree_are_refused(ask: object, code: str) -> None:
    assert callable(ask)
    with pytest.raises(DataError) as caught:
        ask()
    assert caught.value.code == code
