"""The read API and open data: what the register answers, as data, each answer with its grounds."""
