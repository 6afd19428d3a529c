"""Declare a conflict of interest in a case, one's own or, for a coordinator, somebody's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, render_template, request, url_for

from desk import cases
from desk.access import Permission, may
from desk.envelope import agreements, conflicts
from web.request.access import for_roles
from web.request.announcements import announce
from web.request.context import current_actor, now, store
from web.staff.cases.readers import READERS

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@for_roles(*READERS)
def confirm(numero: str) -> ResponseReturnValue:
    actor = current_actor()
    with store().snapshot(now()) as uow:
        case = cases.get(uow, numero, actor)
        judges = may(actor, Permission.JUDGE_CONFLICT, case.istat)
        people = agreements.nameable(uow, case) if judges else []
    return render_template("staff/cases/envelope/conflict.html", sezione="pratiche", pratica=case, persone=people)


@for_roles(*READERS)
def declare(numero: str) -> ResponseReturnValue:
    actor, username = current_actor(), request.form.get("persona", current_actor().user)
    if not username:
        announce("Scegli di chi è il conflitto.", tone="attesa")
        return redirect(url_for("busta.conflict", numero=numero))
    with store().unit_of_work(now()) as uow:
        conflicts.declare(uow, cases.get(uow, numero, actor).id, username, actor)
    announce("Conflitto di interessi registrato", "Da ora quella persona non apre la busta.")
    return redirect(url_for("busta.page", numero=numero))


@for_roles(*READERS)
def lift(numero: str, persona: str) -> ResponseReturnValue:
    actor = current_actor()
    with store().unit_of_work(now()) as uow:
        conflicts.lift(uow, cases.get(uow, numero, actor).id, persona, actor)
    announce("Il conflitto di interessi non c’è più")
    return redirect(url_for("busta.page", numero=numero))
