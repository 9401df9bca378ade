"""The command line: questions about organisations, answered in words or in JSON."""
