"""Check what the form of procedures cannot say.

Every check passes over what has the wrong form, so that all faults are reported together.
"""

from __future__ import annotations

from collections.abc import Iterator

from comity.kernel.errors import Fault
from comity.procedure.coherence import COHERENCE
from comity.procedure.references import REFERENCES
from comity.procedure.tree import Tree


def faults_of_meaning(tree: Tree) -> Iterator[Fault]:
    """Yield every fault that sections of the right form can still have."""
    for check in (*REFERENCES, *COHERENCE):
        yield from check(tree)
