"""The way from a leaf up to the root, told for people to follow."""

from __future__ import annotations

import pytest

from comity.tlog.hashing import leaf_hash, node_hash
from comity.tlog.proofs import climb
from comity.tlog.tree import Tree


@pytest.mark.parametrize(("size", "index"), [(1, 0), (2, 1), (7, 6), (7, 3), (100, 64), (256, 0)])
def test_the_way_up_is_told_step_by_step(size: int, index: int) -> None:
    leaves = [leaf_hash(bytes([each])) for each in range(size)]
    tree = Tree(leaves)
    steps = climb(leaves[index], index, size, tree.inclusion_proof(index))
    node = leaves[index]
    for step in steps:
        pair = (step.sibling, node) if step.on_left else (node, step.sibling)
        assert step.result == node_hash(*pair)
        node = step.result
    assert node == tree.root()
    levels = [step.level for step in steps]
    assert levels == sorted(set(levels))
    assert (levels or [0])[-1] == (size - 1).bit_length()
