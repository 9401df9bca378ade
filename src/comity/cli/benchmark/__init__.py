"""Measuring comity on a synthetic register of any size (``comity bench``)."""
