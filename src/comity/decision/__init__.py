"""Decision rules as data: what a rule says, what it makes of positions, and why.

The package knows members, positions, weights and rules; it knows no acts and no organisations.
"""
