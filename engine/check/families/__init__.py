"""The rules, grouped by what they look at; importing a family registers its rules."""

from engine.check.families import (
    activities,
    calls,
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
    loops,
    references,
    structure,
    timers,
)

__all__ = [
    "activities",
    "calls",
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
    "loops",
    "references",
    "structure",
    "timers",
]
