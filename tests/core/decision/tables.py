"""Tables of positions, and the rule of consensus, with which files of several tests begin."""

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

CONSENSUS = """\
position_tables:
  consensus:
    silent: no_position
    positions: {objects: {counts_as: opposed}, no_position: {counts_as: not_opposed}}
decision_rules:
  consensus:
    positions: consensus
    decide: [{outcome: not_adopted, when: {votes: opposed, more_than: 0}}, {outcome: adopted}]
"""
