"""The register in a database: append-only, one order, every append under a signed checkpoint."""
