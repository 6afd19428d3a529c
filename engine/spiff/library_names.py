"""The names of SpiffWorkflow that this package overrides or uses although they are protected, and what relies on each.

The library may change them in any version. ``tests/engine/spiff/test_library_names.py`` holds them against the version
that is installed, and this list against the package: read it first when an upgrade fails there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True)
class LibraryName:
    """A name of the library, ``Class._name``.

    ``meaning`` maps the parts of the library that decide when it is called and what it does to a digest of their
    source; ``relied_on`` says what would break here if one of them changed.
    """

    name: str
    how: Literal["overridden", "used"]
    relied_on: str
    meaning: dict[str, str]


NAMES: Final = (
    LibraryName(
        "TaskSpec._predict",
        "overridden",
        "Node: a token has no future in the tree; were it predicted, tasks would appear that nobody put there.",
        {"TaskSpec._predict": "def3ed64ac03d8c5", "TaskSpec._update": "b0e581c90e505385"},
    ),
    LibraryName(
        "TaskSpec._update_hook",
        "overridden",
        "Node, joins, events and activities that take several tokens: it decides whether a token that has just arrived "
        "is ready, and True must lead to _ready.",
        {"TaskSpec._update": "b0e581c90e505385"},
    ),
    LibraryName(
        "TaskSpec._on_ready_hook",
        "overridden",
        "Activity and Work: boundary events begin to listen and a task's due date is worked out when it becomes ready, "
        "once.",
        {"TaskSpec._on_ready": "ffb149cfe47db37e"},
    ),
    LibraryName(
        "TaskSpec._run_hook",
        "overridden",
        "Scripts, decisions, subprocesses and multi-instances: True completes the token, None leaves it open.",
        {"TaskSpec._run": "1033fdd71848c0c6", "Task.run": "b8e8aa9ed5021a28"},
    ),
    LibraryName(
        "TaskSpec._on_complete_hook",
        "overridden",
        "Node and scopes: a completed token leaves the tree and follows its flows here; the library must do nothing "
        "more with it than tell the workflow.",
        {"TaskSpec._on_complete": "aeb2a4540e1c0081", "Task.complete": "6a91f9d034e0eec9"},
    ),
    LibraryName(
        "Task._add_child",
        "overridden",
        "Token: children are tokens with small numbers for ids, which a stored state counts on.",
        {
            "Task._add_child": "fffcdae1ad7724c0",
            "Task.__init__": "c2c447ef656c6961",
            "Task._child_added_notify": "4688a1c9a070d189",
        },
    ),
    LibraryName(
        "Task._set_state",
        "overridden",
        "Token: every change of state goes through it; ours writes no log record.",
        {"Task._set_state": "b9f4ad91b9f2388d", "Task.cancel": "2df4dd1f55f43b12"},
    ),
    LibraryName(
        "Workflow._task_completed_notify",
        "overridden",
        "Run: a scope counts what has ended in it, and the case ends, when a token completes.",
        {"Workflow._task_completed_notify": "1e8c433e4c4d35f5", "TaskSpec._on_complete": "aeb2a4540e1c0081"},
    ),
    LibraryName(
        "TaskSpec._update",
        "used",
        "Run.spawn, Run.follow and Repeated: a token arrives at a node by it.",
        {"TaskSpec._update": "b0e581c90e505385"},
    ),
    LibraryName(
        "Task._ready",
        "used",
        "Joins, events and Run.release: a token that waited may run, whether or not its node would let it.",
        {"Task._ready": "350ca9d489c00231"},
    ),
    LibraryName(
        "Task._state",
        "used",
        "Token and Run: the state itself, read in the innermost loop and written without the library's check of order.",
        {"Task.__init__": "c2c447ef656c6961", "Task.state": "202dfdd426a91258", "Task.has_state": "12a6e3e48f09c323"},
    ),
    LibraryName(
        "Workflow._remove_task",
        "used",
        "Token.forget: a token leaves the tree with its children, at once.",
        {
            "Workflow._remove_task": "ba31b91bb66be65e",
            "Workflow._task_removed_notify": "9b2aa0e5792e31ea",
            "Task._drop_children": "6c8c43cfbe4b1d7d",
        },
    ),
    LibraryName(
        "TaskSpec._wf_spec",
        "used",
        "Node.rename: a second node for one element takes its place among those of the scope.",
        {"TaskSpec.__init__": "dc413d06a6fde492", "WorkflowSpec._add_notify": "af7634391e943eee"},
    ),
)
