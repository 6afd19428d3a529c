"""Requesters: let them in without an account, take their ratings and their reports of openings."""
