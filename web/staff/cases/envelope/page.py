"""Show the envelope's part of a case's page: what may be known of it without opening it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import make_response, render_template, request, url_for

from desk import envelope
from desk.access import Permission, may
from desk.calendar import local_date
from desk.envelope import AgreementKind, agreements, conflicts
from engine.paging import cut
from web.parts.case.envelope import nominees
from web.parts.page_links import page_links
from web.request.access import for_roles
from web.request.context import current_actor, now, store
from web.staff.cases import sheet
from web.staff.cases.readers import READERS
from web.words import envelope as words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Response

    from desk.cases import CaseSummary
    from desk.envelope import DenialReason
    from engine.store import UnitOfWork


SIZE = 25
OPENINGS = "aperture"
"""The piece of the address that holds the page of the openings."""


@for_roles(*READERS)
def page(numero: str) -> str:
    return render_template("staff/cases/envelope/page.html", **context(numero))


def closed(numero: str, reason: DenialReason) -> Response:
    """Show the same page with why the envelope stayed closed."""
    shown = render_template("staff/cases/envelope/page.html", **context(numero), chiusa=words.CLOSED_BECAUSE[reason])
    return make_response(shown, HTTPStatus.FORBIDDEN)


def context(numero: str) -> dict[str, Any]:
    """Gather what the page draws.

    Raises:
        InstanceNotFound: there is no such case, or none that the reader may see.

    """
    with store().snapshot(now()) as uow:
        found = sheet.read(uow, numero)
        return {**found.context("busta"), **_envelope(uow, found.pratica), "nomi": found.nomi, "parole": words}


def _envelope(uow: UnitOfWork, case: CaseSummary) -> Mapping[str, Any]:
    actor, today = current_actor(), local_date(now())
    recorded, conflicting = agreements.of_case(uow, case.id), conflicts.of_case(uow, case.id)
    reason = envelope.standing(uow, case.id, actor)
    seen = cut(envelope.accesses(uow, case.id), request.args.get(OPENINGS), SIZE)
    return {
        "oggi": today,
        "stato_busta": envelope.state(uow, case.id),
        "accordi": recorded,
        "nominati": nominees(recorded, today),
        "rinuncia": any(each.kind is AgreementKind.WAIVER and each.in_force(today) for each in recorded),
        "conflitti": conflicting,
        "elementi": envelope.items(uow, case.id),
        "accessi": seen.items,
        "pagine_accessi": page_links(seen, SIZE, lambda key: _address(case, key)),
        "motivo_chiusa": words.CLOSED_BECAUSE[reason] if reason else "",
        "puo_registrare": may(actor, Permission.RECORD_AGREEMENT, case.istat),
        "puo_riempire": may(actor, Permission.FILL_ENVELOPE, case.istat),
        "giudica": may(actor, Permission.JUDGE_CONFLICT, case.istat),
        "in_conflitto": actor.user in conflicting,
    }


def _address(case: CaseSummary, key: str | None) -> str:
    """Give a page of the openings, also from a page that came back with what was sent."""
    return url_for("busta.page", numero=case.number, aperture=key, _anchor="chi-ha-aperto")
