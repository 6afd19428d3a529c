"""The actor, on whose behalf a verb runs: always an argument, never looked up below the web."""

from collections.abc import Iterable
from dataclasses import dataclass

EVERYWHERE = "*"


@dataclass(frozen=True, init=False)
class Actor:
    """The person, or the engine itself, on whose behalf a verb runs.

    ``groups`` are the candidate groups of the diagrams (lane names, unless ``camunda:candidateGroups`` says otherwise);
    ``scopes`` say which cases the actor may touch, in codes of the program above; ``"*"`` is all of them.
    """

    user: str
    groups: frozenset[str]
    scopes: frozenset[str]

    def __init__(self, user: str, groups: Iterable[str] = (), scopes: Iterable[str] = ()) -> None:
        object.__setattr__(self, "user", user)
        object.__setattr__(self, "groups", frozenset(groups))
        object.__setattr__(self, "scopes", frozenset(scopes))

    def reaches(self, scope: str | None) -> bool:
        """Say whether cases of this scope are the actor's to touch; a case without a scope belongs to everyone."""
        return scope is None or EVERYWHERE in self.scopes or scope in self.scopes


ENGINE = Actor("motore", scopes=(EVERYWHERE,))
"""The engine acting by itself, when a timer is due or a job has run."""
