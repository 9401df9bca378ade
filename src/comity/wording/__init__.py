"""Answers in sentences, in English, Russian and Chinese; used by the command line and the web."""
