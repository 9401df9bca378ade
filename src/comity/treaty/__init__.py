"""Treaties: when they enter into force, for whom, until when, and why."""
