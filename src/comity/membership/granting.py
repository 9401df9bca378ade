"""What the rules give to a status, whoever holds it: the cells of the table of rights."""

from __future__ import annotations

from datetime import date

from comity.charter import queries
from comity.charter.model import ALL, Charter
from comity.kernel.finding import Finding, unique
from comity.membership.answers import Permission


def granted(
    charter: Charter, *, day: date, status: str, right: str, body: str = ALL
) -> Finding[Permission]:
    """Return whether a status by itself gives a right in a body (or ``all``), and which rule says.

    Where no rule says anything the answer is no and ``unsaid``, on the ground of the article that
    defines the status. What a party may do besides depends on its other statuses and on
    suspensions: that is `comity.membership.rights.Holder`.
    """
    grants = queries.grants_to(charter, (status,), day)
    grant = queries.deciding(charter, grants, (status,), right, body)
    if grant:
        return Finding(Permission(grant.answer, grant.condition), unique((grant.article,)))
    somewhere = queries.in_bodies(grants, right) if body == ALL else ()
    if somewhere:
        bodies = unique(tuple(each for grant in somewhere for each in grant.bodies))
        articles = unique(tuple(grant.article for grant in somewhere))
        return Finding(Permission("conditional", bodies=bodies), articles)
    own = charter.statuses[status].nearest(day).article
    return Finding(Permission("no", unsaid=True), unique((own,)))
