"""Runs any process: BPMN diagrams, DMN decisions, forms, people's tasks and timers; no web, no desk.

A verb is a function whose first argument is the unit of work; who acts is an argument. What the engine says to
designers and in forms is Italian, and a day without a time zone is a day in Italy. ``__all__`` is the engine's public
face: a program above it imports these names and these modules, and nothing else of the engine.
"""

from engine import deployments, drafts, instances, jobs, messages, tasks
from engine.identity import Actor
from engine.store import Extension, Store, UnitOfWork

__all__ = [  # noqa: RUF022  # in groups, each with what it is for
    # To begin with: the database, one transaction, who acts, what a program adds.
    "Actor",
    "Extension",
    "Store",
    "UnitOfWork",
    # Verbs: what happens to processes, cases, tasks, messages and jobs.
    "deployments",
    "instances",
    "tasks",
    "drafts",
    "messages",
    "jobs",
    "worker",
    "erasure",
    # What the verbs take, give and raise.
    "bpmn",
    "definitions",
    "errors",
    "history",
    "identity",
    "paging",
    "problems",
    "properties",
    "documents",
    # What an extension is made of: its hooks, and tables beside the engine's.
    "store",
    "model",
    # Checking and playing a process before it is deployed.
    "check",
    "scenarios",
    # Languages and files that stand on their own: expressions, decisions, forms, XML, civil time, what people type.
    "feel",
    "dmn",
    "forms",
    "xml",
    "civil_time",
    "characters",
]
