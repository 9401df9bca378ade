"""Tables of positions that several tests put to their rules, as the head of a file of rules."""

from __future__ import annotations

VOTES = """\
position_tables:
  votes:
    silent: absent
    order: [no, abstain, yes]
    positions:
      yes: {counts_as: in_favour}
      no: {counts_as: against}
      abstain: {}
      absent: {present: false}
"""

BALLOTS = """\
position_tables:
  ballots:
    silent: absent
    unlisted: another
    order: [another, yes]
    positions:
      {yes: {counts_as: in_favour}, another: {}, no: {}, abstain: {}, absent: {present: false}}
"""
