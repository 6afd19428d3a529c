"""Proof of deposit: fingerprints of what was deposited, in a history that nobody touches."""
