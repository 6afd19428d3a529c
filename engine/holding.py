"""Asks the programs above whether a person may have tasks: by their roles in a place, and in one case."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.store import CasePlace, UnitOfWork


def may_hold(uow: UnitOfWork, username: str, groups: frozenset[str], place: CasePlace) -> bool:
    """Say whether a person may have a task of a case, given the groups it is for."""
    asked = (each.may_hold for each in uow.store.extensions if each.may_hold)
    return all(may(uow, username, groups, place) for may in asked)


def refuse_barred(uow: UnitOfWork, case_id: str, username: str) -> None:
    """Raise the refusal that keeps a person from working on a case, where there is one."""
    for each in uow.store.extensions:
        refusal = each.bars(uow, case_id, username) if each.bars else None
        if refusal is not None:
            raise refusal
