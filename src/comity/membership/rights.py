"""What a party may do: what its statuses are granted, less what suspensions take away."""

from __future__ import annotations

from datetime import date

from comity.charter import queries
from comity.charter.model import ALL, Charter, Grant
from comity.kernel.finding import Finding, merged, unique
from comity.membership import answers
from comity.membership.answers import Permission
from comity.membership.findings import articles_first
from comity.membership.history import History


class Holder:
    """A party on a day, as the holder of its statuses: what decides its rights, found once.

    Grants to every status it holds are asked, whatever the facet: a member that has given notice
    may be kept out of what concerns it.
    """

    def __init__(self, history: History, *, charter: Charter, day: date) -> None:
        self._history, self._charter, self._day = history, charter, day
        every = [
            answers.status_on(history, charter=charter, day=day, facet=facet)
            for facet in charter.facets
        ]
        self._main = every[0]
        self._statuses = {each.value: each for each in every if each.value}
        self._suspensions = answers.running_suspensions(history, day)
        self._doubts = answers.suspension_doubts(history, day)
        self._grants = queries.grants_to(charter, self._statuses, day)

    def may(self, right: str, body: str) -> Finding[Permission]:
        """Return whether the party may exercise ``right`` in ``body`` (or ``all``), and why.

        A suspension that takes rights away goes before any grant; one by which the party becomes
        something else leaves it what that status grants. Where no rule grants the right the answer
        is no, on the ground of the article that defines the status.
        """
        taken = self._taken_away(right)
        if taken:
            return taken
        grant = queries.deciding(self._charter, self._grants, self._statuses, right, body)
        if grant:
            return self._granted(grant)
        somewhere = queries.in_bodies(self._grants, right) if body == ALL else ()
        return self._granted_in_bodies(somewhere) if somewhere else self._not_granted()

    def _taken_away(self, right: str) -> Finding[Permission] | None:
        for each in self._suspensions:
            if each.takes_away(right) and not each.rule.becomes:
                why = answers.why_suspended(each, self._history, self._charter, self._day)
                grounds = self._ordered(*why.grounds, *self._main.grounds)
                doubts = merged(why.doubts, self._main.doubts)
                return Finding(Permission("no"), grounds, doubts)
        return None

    def _granted(self, grant: Grant) -> Finding[Permission]:
        under = next(found for status, found in self._statuses.items() if status in grant.statuses)
        grounds = self._ordered(grant.article, *under.grounds)
        permission = Permission(grant.answer, grant.condition)
        return Finding(permission, grounds, merged(under.doubts, self._doubts))

    def _granted_in_bodies(self, grants: tuple[Grant, ...]) -> Finding[Permission]:
        bodies = unique(tuple(each for grant in grants for each in grant.bodies))
        articles = [each.article for each in grants]
        acts = [ground for found in self._statuses.values() for ground in found.grounds]
        grounds = self._ordered(*articles, *acts)
        return Finding(Permission("conditional", bodies=bodies), grounds, self._doubts)

    def _not_granted(self) -> Finding[Permission]:
        status = self._main.value
        if status is None:
            return self._main.map(lambda _: Permission("no", unsaid=True))
        own = self._charter.statuses[status].nearest(self._day).article
        grounds = self._ordered(own, *self._main.grounds)
        return Finding(
            Permission("no", unsaid=True), grounds, merged(self._main.doubts, self._doubts)
        )

    def _ordered(self, *grounds: str) -> tuple[str, ...]:
        return articles_first(grounds, self._charter)
