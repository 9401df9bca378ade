"""One peer on one game, run by the interpreter it is installed for: JSON in, JSON out.

Knows nothing of comity, so that a throw-away environment with the peers alone will do.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from functools import reduce
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from itertools import chain, combinations
from operator import and_
from typing import Any

Found = dict[str, list[float]]
MEMORY = 6 * 2**30
MOST_LISTED = 20  # players whose coalitions can be listed one by one


class CannotSay(Exception):
    """The peer has no way to state this game."""


def _weighted(game: dict[str, Any]) -> tuple[list[int], int]:
    tests = game["tests"]
    if len(tests) > 1 or game["or_tests"]:
        raise CannotSay("one threshold only")
    return tests[0]["weights"], tests[0]["quota"]


def _powerindices(game: dict[str, Any]) -> Found:
    library = import_module("powerindices")
    weights, quota = _weighted(game)
    found = {}
    if "banzhaf" in game["wanted"]:
        found["banzhaf"] = [float(each) for each in library.compute_pbi(quota, weights)]
    if "shapley" in game["wanted"]:
        found["shapley"] = [float(each) for each in library.compute_ssi(quota, weights)]
    return found


def _powerindex(game: dict[str, Any]) -> Found:
    weights, quota = _weighted(game)
    asked = import_module("powerindex").Game(quota, weights)
    found = {}
    if "banzhaf" in game["wanted"]:
        asked.calc_banzhaf()
        found["banzhaf"] = asked.banzhaf
    if "shapley" in game["wanted"]:
        asked.calc_shapley_shubik()
        found["shapley"] = asked.shapley_shubik
    return found


def _power_bdd(game: dict[str, Any]) -> Found:
    library = import_module("power_bdd.bdd")
    sys.setrecursionlimit(100_000)

    def diagram(test: dict[str, Any]) -> Any:
        made = library.BDD(library.WeightedGame(test["quota"], test["weights"]))
        made.create_BDD()
        return made

    asked = reduce(and_, map(diagram, game["tests"]))
    for test in game["or_tests"]:
        asked = asked | diagram(test)
    found = {}
    if "banzhaf" in game["wanted"]:
        asked.calc_banzhaf()
        found["banzhaf"] = asked.beta[1:]
    if "shapley" in game["wanted"]:
        asked.calc_shapley()
        found["shapley"] = asked.phi[1:]
    return found


def _coopgt(game: dict[str, Any]) -> Found:
    if "shapley" not in game["wanted"]:
        raise CannotSay("Shapley values only")
    if (players := len(game["tests"][0]["weights"])) > MOST_LISTED:
        raise CannotSay(f"wants a list of all 2^{players} coalitions")
    weights, quota = _weighted(game)
    everyone = range(1, players + 1)
    subsets = chain.from_iterable(combinations(everyone, size) for size in range(players + 1))
    values = {each: int(sum(weights[one - 1] for one in each) >= quota) for each in subsets}
    found = import_module("coopgt.shapley_value").calculate(values)
    return {"shapley": [float(each) for each in found]}


PEERS: dict[str, Callable[[dict[str, Any]], Found]] = {
    "powerindices": _powerindices,
    "powerindex": _powerindex,
    "power_bdd": _power_bdd,
    "coopgt": _coopgt,
}


def main() -> None:
    """Print what a peer finds and the processor time it takes, or why it finds nothing."""
    name, game = sys.argv[1], json.load(sys.stdin)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    answer: dict[str, Any] = {}
    start = time.process_time()
    try:
        answer["version"] = version(name)
        answer |= PEERS[name](game)
        answer["seconds"] = time.process_time() - start
    except PackageNotFoundError:
        answer["failed"] = "not installed"
    except CannotSay as why:
        answer["failed"] = f"cannot say it: {why}"
    except MemoryError:
        answer["failed"] = f"more than {MEMORY // 2**30} GiB"
    except Exception as why:  # a peer may fail in any way, and that is what is to be told
        answer["failed"] = f"{type(why).__name__}: {str(why)[:60]}"
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
