"""Show a case's page, part by part: summary, tasks, history, diagram."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import jsonify, render_template, request, url_for

from desk import cases
from desk.mail import outbox
from engine import instances
from engine.paging import cut
from web.parts.case import history as told
from web.parts.case.answers import answered_steps
from web.parts.case.envelope import block
from web.parts.page_links import AFTER, page_links
from web.request.access import for_roles
from web.request.context import current_actor, now, store
from web.staff.cases import sheet
from web.staff.cases.readers import READERS
from web.staff.cases.steps import steps_in_words

if TYPE_CHECKING:
    from flask import Response


SIZE = 100
"""How many lines of a history a page tells."""


@dataclass(frozen=True)
class HistoryFilterLink:
    nome: str
    indirizzo: str
    corrente: bool


@for_roles(*READERS)
def summary(numero: str) -> str:
    with store().snapshot(now()) as uow:
        found = sheet.read(uow, numero)
        envelope = block(uow, found.pratica)
        answers = answered_steps(uow, found.definition, found.instance, found.storia, current_actor())
        unreachable = outbox.is_unreachable(uow, found.pratica.id)
    return render_template(
        "staff/cases/summary.html",
        **found.context("riepilogo"),
        risposte=answers,
        busta=envelope,
        irraggiungibile=unreachable,
        nomi=found.nomi,
    )


@for_roles(*READERS)
def tasks(numero: str) -> str:
    with store().snapshot(now()) as uow:
        found = sheet.read(uow, numero)
    return render_template("staff/cases/tasks.html", **found.context("attivita"))


@for_roles(*READERS)
def history(numero: str) -> str:
    only = request.args.get("mostra")
    only = only if only in told.FILTERS else None
    with store().snapshot(now()) as uow:
        found = sheet.read(uow, numero)
    shown = cut(told.newest_first(found.storia, found.nomi, only), request.args.get(AFTER), SIZE)
    return render_template(
        "staff/cases/history.html",
        **found.context("cronologia"),
        giorni=told.days(shown.items),
        pagine=page_links(shown, SIZE),
        mostra=_choices(numero, only),
    )


@for_roles(*READERS)
def diagram(numero: str) -> str:
    with store().snapshot(now()) as uow:
        found = sheet.read(uow, numero)
        drawn = instances.diagram(uow, found.pratica.id)
    return render_template(
        "staff/cases/diagram.html",
        **found.context("diagramma"),
        disegno=drawn,
        passi=steps_in_words(drawn, found),
    )


@for_roles(*READERS)
def diagram_data(numero: str) -> Response:
    """Give the drawing and the case's way on it to the script that shows them."""
    with store().snapshot(now()) as uow:
        drawn = instances.diagram(uow, cases.get(uow, numero, current_actor()).id)
    return jsonify(
        bpmn=drawn.xml.decode(),
        fatti=sorted(drawn.done - drawn.here),
        qui=sorted(drawn.here),
        flussi=sorted(drawn.flows),
    )


def _choices(number: str, only: str | None) -> list[HistoryFilterLink]:
    words = [(None, "Tutto"), *told.FILTERS.items()]
    return [
        HistoryFilterLink(name, url_for("pratiche.cronologia", numero=number, mostra=value), value == only)
        for value, name in words
    ]
