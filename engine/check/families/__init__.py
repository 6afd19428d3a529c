"""The rules, grouped by what they look at; importing a family registers its rules."""

from engine.check.families import (
    activities,
    collaboration,
    data,
    decisions,
    events,
    expressions,
    flows,
    forms,
    gateways,
    lanes,
    levels,
    references,
    structure,
    timers,
)

__all__ = [
    "activities",
    "collaboration",
    "data",
    "decisions",
    "events",
    "expressions",
    "flows",
    "forms",
    "gateways",
    "lanes",
    "levels",
    "references",
    "structure",
    "timers",
]
