"""The order of States: the alphabet of a named language, in the names of the day.

``docs/reference/algorithms/order-of-states.md`` is the rule for this module.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date

from comity.charter.model import Charter, OrderOfStates

_DEFAULT = OrderOfStates()


def place_in_order(
    party: str, *, charter: Charter, day: date, name: Callable[[str, str], str]
) -> tuple[str, str]:
    """Return the key by which the organisation's list of parties is sorted on the day.

    ``name`` gives the name of a party in a language. A party with an ``order_name`` in the
    language is placed by that, as some lists use another form than the short name.
    """
    rule = next((each for each in charter.order_of_states if day in each.period), _DEFAULT)
    declared = charter.parties.get(party)
    given = declared.order_names.get(rule.language, "") if declared else ""
    return alphabetical(given or name(party, rule.language)), party


def alphabetical(text: str) -> str:
    """Return a key that sorts text as a list of States does: case and accents do not count.

    In Russian ``ё`` sorts as ``е`` and ``й`` stays a letter of its own.

    >>> sorted(["Ирландия", "Йемен", "Иран"], key=alphabetical)
    ['Иран', 'Ирландия', 'Йемен']
    """
    folded = text.casefold().replace("ё", "е").replace("й", "и\uffff")
    plain = unicodedata.normalize("NFKD", folded)
    return "".join(each for each in plain if not unicodedata.combining(each))
