"""Answers over HTTP: named by what they depend on, kept, compressed. Knows no organisation."""
