"""Upkeep: what stopped or is lacking, for whoever keeps the desk running."""
