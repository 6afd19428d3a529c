"""Diagrams in a few words, and a host that answers them."""

from datetime import UTC, datetime

from engine import feel

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


class FeelHost:
    """Evaluates with the program's own FEEL; decisions are given by name."""

    def __init__(self, now=NOW, decisions=None):
        self.now = now
        self.decisions = decisions or {}

    def evaluate(self, text, context):
        return feel.evaluate(text, context, now=self.now)

    def decide(self, ref, context):
        return self.decisions[ref](context)
