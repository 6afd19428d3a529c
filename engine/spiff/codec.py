"""Pack and unpack the state of a case's tokens: rows of the tree in a few dozen bytes, by orjson and zstandard.

Variables of the process scope are not in it; those of running call activities and locals of instances are. A row is
``[position of its node, row of its parent, id, state, internal data, locals]``, the last two left out where empty.
Positions count in ``Executable.names``, whose checksum is kept, so that a state is never read against another diagram.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
import zstandard

from engine.spiff.workflow import Token

if TYPE_CHECKING:
    from engine.spiff.model import Executable
    from engine.spiff.workflow import Run

VERSION = 1
_LEVEL = 3


def dump(run: Run, model: Executable) -> bytes:
    """Pack a case's tokens."""
    outcome = run.outcome.id if run.outcome else None
    rows = [] if run.completed else _rows(run, model)
    return zstandard.compress(orjson.dumps([VERSION, model.mark, run.seed, run.last_id, outcome, rows]), _LEVEL)


def _rows(run: Run, model: Executable) -> list[list[Any]]:
    rows: list[list[Any]] = []
    ahead: list[tuple[Token, int]] = [(run.task_tree, -1)]
    while ahead:
        token, parent = ahead.pop()
        row = [model.positions[token.task_spec], parent, token.id, token.state]
        ahead += [(child, len(rows)) for child in reversed(token.children)]
        rows.append(row + _extra(token))
    return rows


def _extra(token: Token) -> list[dict[str, Any]]:
    if token.data:
        return [token.internal_data, token.data]
    return [token.internal_data] if token.internal_data else []


def load(run: Run, blob: bytes, model: Executable) -> str | None:
    """Unpack a case's tokens into an empty run; give the id of the outcome so far.

    Raises ValueError for a state of another diagram, or of another version of this format.
    """
    version, mark, run.seed, run.last_id, outcome, rows = orjson.loads(zstandard.decompress(blob))
    if (version, mark) != (VERSION, model.mark):
        raise ValueError(f"state {version}/{mark:08x} does not belong to diagram {VERSION}/{model.mark:08x}")
    tokens: list[Token] = []
    for position, parent, number, state, *extra in rows:
        token = Token(run, model.nodes[position], tokens[parent] if tokens else None, state, number)
        token.internal_data, token.data = (*extra, {}, {})[:2]
        tokens.append(token)
    run.completed = not tokens
    if tokens:
        run.task_tree = tokens[0]
    name: str | None = outcome
    return name
