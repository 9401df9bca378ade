"""Rules as dated, sourced data: the charter of an organisation and how it is read."""
