"""comity: the rules of an organisation as data, and its record as a log nobody can rewrite."""

__version__ = "0.1.0"
