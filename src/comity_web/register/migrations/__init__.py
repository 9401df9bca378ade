"""The shape of the tables, in the order it came about."""
