"""What was deposited, and the proof that it was: fingerprints in a history that nobody touches."""
