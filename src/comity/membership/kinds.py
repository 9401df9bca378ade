"""The kinds of act that change status, names, representation or territorial scope.

Acts of one day are read by ``rank``: ends, beginnings, mergers of statuses, successions,
suspensions, liftings, notices and what becomes of them.
"""

from __future__ import annotations

from comity.kernel.kinds import ActKind, Field

ENDS, BEGINS, MERGES, SUCCEEDS, SUSPENDS, LIFTS, NOTIFIES, REVISES = 10, 20, 30, 40, 50, 60, 70, 80

_STATUS = Field("status", "status")
_STATUS_NAMED = Field("status", "status", required=True)
_NOTICE = Field("notice", "act", required=True)

MANNERS = (
    "promoted",
    "revoked",
    "renounced",
    "lapsed",
    "ceased_to_exist",
    "condition_lost",
    "replaced",
)
MODES = ("continuation", "succession", "merger", "separation")

KINDS: tuple[ActKind, ...] = (
    ActKind(
        "admitted",
        (_STATUS_NAMED, Field("until", "day")),
        about="some",
        rank=BEGINS,
        summary="The status begins on every basis.",
    ),
    ActKind(
        "stage_reached",
        (_STATUS_NAMED, Field("stage", "stage", required=True)),
        about="some",
        rank=BEGINS,
        summary="A stage on the path to the status is reached.",
    ),
    ActKind(
        "returned",
        (_STATUS_NAMED, Field("treated_as", choices=("resumption", "new_admission"))),
        about="some",
        rank=BEGINS,
        summary="A party that left holds the status again.",
    ),
    ActKind(
        "withdrawal_notified",
        (_STATUS, Field("says_effective_on", "day")),
        about="one",
        rank=NOTIFIES,
        summary="A party gives notice that it leaves.",
    ),
    ActKind(
        "notice_extended",
        (_NOTICE, Field("until", "day", required=True)),
        about="one",
        rank=REVISES,
        summary="The day on which a notice takes effect is moved.",
    ),
    ActKind(
        "notice_rescinded",
        (_NOTICE,),
        about="one",
        rank=REVISES,
        summary="A notice is taken back.",
    ),
    ActKind(
        "withdrew",
        (_STATUS, Field("notice", "act")),
        about="some",
        rank=ENDS,
        summary="A party leaves.",
    ),
    ActKind("expelled", (_STATUS,), about="some", rank=ENDS, summary="A party is expelled."),
    ActKind(
        "status_ended",
        (_STATUS_NAMED, Field("manner", required=True, choices=MANNERS)),
        about="some",
        rank=ENDS,
        summary="A status ends otherwise.",
    ),
    ActKind(
        "suspended",
        (_STATUS, Field("rights", "rights"), Field("until", "day")),
        about="some",
        rank=SUSPENDS,
        summary="A party is suspended.",
    ),
    ActKind(
        "suspension_lifted",
        (Field("suspension", "act"),),
        about="some",
        rank=LIFTS,
        summary="A suspension ends.",
    ),
    ActKind(
        "succeeded",
        (
            Field("predecessors", "parties", required=True),
            Field("successor", "party", required=True),
            Field("mode", required=True, choices=MODES),
        ),
        about="any",
        rank=SUCCEEDS,
        summary="A party takes the place of another, or emerges from it.",
    ),
    ActKind(
        "statuses_merged",
        (Field("statuses", "statuses", required=True), Field("into", "status", required=True)),
        about="any",
        rank=MERGES,
        summary="Several statuses become one.",
    ),
    ActKind(
        "renamed",
        (Field("names", "names", required=True), Field("formal_names", "names")),
        about="one",
        summary="A party changes its name.",
    ),
    ActKind(
        "representation_changed",
        (Field("represented_by", "names", required=True),),
        about="one",
        summary="Another authority represents the party; its membership is untouched.",
    ),
    ActKind(
        "territory_left",
        (Field("territory", "territory", required=True),),
        about="one",
        summary="The status of the State no longer covers a territory.",
    ),
    ActKind(
        "territory_joined",
        (Field("territory", "territory", required=True),),
        about="one",
        summary="The status of the State covers a territory.",
    ),
)

RANK = {kind.name: kind.rank for kind in KINDS}
