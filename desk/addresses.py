"""Check e-mail addresses: say which of them mail can be sent to, by the rule of forms."""

from engine.forms import is_deliverable

__all__ = ["is_deliverable"]
