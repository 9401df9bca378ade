"""Who holds which status, since when, with which rights, and how that begins and ends."""
