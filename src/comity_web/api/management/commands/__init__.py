"""Commands of the read API and open data."""
