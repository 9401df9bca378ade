"""Check what the form of treaties cannot say.

Every check passes over what has the wrong form, so that all faults are reported together.
"""

from __future__ import annotations

from collections.abc import Iterator

from comity.decision.tree import Tree
from comity.kernel.errors import Fault
from comity.treaty.references import REFERENCES
from comity.treaty.sense import SENSE
from comity.treaty.timing import TIMING


def faults_of_meaning(tree: Tree) -> Iterator[Fault]:
    """Yield every fault that sections of the right form can still have."""
    for check in (*REFERENCES, *TIMING, *SENSE):
        yield from check(tree)
