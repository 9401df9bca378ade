"""Answers in sentences, in the languages of the reader."""
