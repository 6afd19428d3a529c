"""A process instance brought to life for the length of one transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.bpmn import Wait
    from engine.definitions import Definition
    from engine.evaluation import FeelHost
    from engine.spiff.process import Process


@dataclass
class LiveCase:
    """A process instance in the hands of one transaction."""

    id: str
    business_key: str | None
    scope: str | None
    started_by: str
    revision: int
    definition: Definition
    process: Process
    host: FeelHost
    #: Digest of the last event of its history; nothing for a new case.
    history_head: str | None = None
    #: Its variables before this transition.
    variables_before: Mapping[str, Any] = field(default_factory=dict)
    #: What it waited for before this transition, by id.
    before: dict[str, Wait] = field(default_factory=dict)
    #: Whether whom the diagram names may have tasks, by person and roles: asked once a transaction.
    holders: dict[tuple[str, str], bool] = field(default_factory=dict)
