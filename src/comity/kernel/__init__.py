"""What every part stands on: dates, identifiers, acts, findings, canonical encoding, errors."""
