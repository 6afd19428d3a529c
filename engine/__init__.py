"""Runs any process: BPMN diagrams, DMN decisions, forms, people's tasks and timers. Knows no web and no municipality.

SpiffWorkflow moves the tokens (behind ``engine.spiff``); the variables, the rows people work from, the history and the
jobs are the engine's own. A verb is a function whose first argument is the unit of work; who acts is an argument.
"""

from engine import deployments, drafts, instances, jobs, messages, tasks
from engine.identity import Actor
from engine.store import Extension, Store, UnitOfWork

__all__ = [
    "Actor",
    "Extension",
    "Store",
    "UnitOfWork",
    "deployments",
    "drafts",
    "instances",
    "jobs",
    "messages",
    "tasks",
]
