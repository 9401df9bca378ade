"""Check what the form of decision rules cannot say: references, whole tests, whole lists.

Every check passes over what has the wrong form, so that all faults are reported together.
"""

from __future__ import annotations

from collections.abc import Iterator

from comity.decision import condition_checks, name_checks, rule_checks
from comity.decision.election_checks import faults_of_elections
from comity.decision.tree import Check, Known, Tree
from comity.kernel.errors import Fault
from comity.kernel.trees import Part

CHECKS: tuple[Check, ...] = (
    *name_checks.CHECKS,
    *condition_checks.CHECKS,
    *rule_checks.CHECKS,
    faults_of_elections,
)


def faults_of_meaning(part: Part, known: Known) -> Iterator[Fault]:
    """Yield every fault that sections of the right form can still have."""
    tree = Tree(part, known)
    for check in CHECKS:
        yield from check(tree)
