"""Search over everything public in the register: an index in memory, one for each register.

``searching.search`` asks it; ``docs/reference/algorithms/search.md`` says what it finds and in
which order.
"""
