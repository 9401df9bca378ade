"""The public site: who is in which organisation on which day, and why."""
