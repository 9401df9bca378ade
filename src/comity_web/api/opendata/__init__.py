"""Open data: everything that the register holds as tables, one file each, for programs and people.

A table is a list of columns and a function that yields its rows; CSV, JSON lines, the description
of the package and the data dictionary are all made from it.
"""
