"""Say what a message is called where people send it: the words of its button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk.properties import ACTION

if TYPE_CHECKING:
    from engine.messages import Subscription


def action_words(subscription: Subscription) -> str:
    """Give the words of the button that sends a message."""
    return ACTION.of(subscription.properties) or subscription.name or subscription.message
