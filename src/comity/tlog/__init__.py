"""The verifiable log: Merkle tree, checkpoints, tiles, commitments; it knows no law."""
