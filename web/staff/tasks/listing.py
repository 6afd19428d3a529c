"""«Attività»: list what is mine, what I may take, what waits for an answer, what everybody has, what I have done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flask import Response, make_response, render_template, request, url_for

from desk import cases, people
from desk.access import Permission, Role, may, sees_cases
from desk.comuni import calendars
from desk.states import PublicState
from engine import drafts, tasks
from web.parts.ordering import ordering
from web.parts.page_links import PageLinks, count_words, page_links
from web.parts.saved_views import saved_views
from web.request import preferences
from web.request.access import for_roles, for_signed_in
from web.request.context import current_actor, now, settings, store
from web.staff.tasks import filters
from web.staff.tasks.filters import day_start
from web.staff.tasks.list_address import COMPACT, SIZES, ListAddress
from web.staff.tasks.people import colleagues
from web.staff.tasks.rows import RowContext, RowGroup, TaskRow, case_row, grouped, task_row
from web.staff.tasks.tabs import ALL, ASSIGN, DONE, FREE, MINE, TABS, WAITING, Tab

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from desk.cases import CasePage
    from engine import Actor
    from engine.store import UnitOfWork
    from engine.tasks import Page, UserTask


@dataclass(frozen=True)
class TaskListing:
    """What one page of a list shows."""

    gruppi: Sequence[RowGroup]
    pagine: PageLinks
    filtri: filters.Filters
    page: Page | CasePage


@for_signed_in
def mine() -> Response:
    return _page(TABS[MINE])


@for_signed_in
def free() -> Response:
    return _page(TABS[FREE])


@for_signed_in
def waiting() -> Response:
    return _page(TABS[WAITING])


@for_roles(Role.COORDINATORE)
def everyone() -> Response:
    return _page(TABS[ALL])


@for_signed_in
def done() -> Response:
    return _page(TABS[DONE])


def _page(tab: Tab) -> Response:
    address, actor = ListAddress.read(tab.endpoint, request.args), current_actor()
    with store().snapshot(now()) as uow:
        listing = LISTINGS[tab.key](uow, actor, tab, address)
        known = {} if address.filtered else {tab.key: listing.page}
        tabs = _tabs(actor)
        counts = {key: known.get(key) or COUNTED[key](uow, actor, size=0) for key in tabs if key in COUNTED}
        links = {key: TabLink.of(each, tab, counts) for key, each in tabs.items()}
        html = render_template(
            "staff/tasks/listing.html",
            sezione="attivita",
            scheda=tab,
            schede=list(links.values()),
            indirizzo=address,
            ordine=ordering(tab.ordine, inverse=address.inverse, turned=address.url(inverse=not address.inverse)),
            viste=saved_views(uow, actor, tab.key, tab.endpoint, address.pieces()),
            compatte=_is_compact(address),
            elenco=listing,
            filtri=listing.filtri,
            in_breve=_in_brief(uow, actor, tab, counts.get(tab.key)),
            persone=colleagues(uow, actor) if ASSIGN in tab.verbi else [],
            misure=SIZES,
            puo_aprire=may(actor, Permission.OPEN_REQUEST),
            vede_pratiche=sees_cases(actor),
            altrove=links[FREE if tab.key == MINE else MINE],
        )
    return _remembering_rows(address, html)


def _tabs(actor: Actor) -> dict[str, Tab]:
    """Give the lists of the actor's role: only who coordinates reads everybody's."""
    return {key: tab for key, tab in TABS.items() if key != ALL or Role.COORDINATORE in actor.groups}


def _open_tasks(uow: UnitOfWork, actor: Actor, tab: Tab, address: ListAddress) -> TaskListing:
    def fetch(wanted: ListAddress) -> Page:
        narrowed = filters.narrowing(wanted)
        return COUNTED[tab.key](uow, actor, after=wanted.after, size=wanted.size, **narrowed)

    page = fetch(address)
    known = knowledge(uow, actor, page.items)
    if tab.chi:
        known = replace(known, names=people.names(uow, {task.assignee for task in page.items if task.assignee}))
    searched = request.args.get(filters.SEARCH, "").strip()
    comuni = filters.comuni_to_choose(uow, actor, address.comune or searched)
    offer = filters.OfferedFilters(address, page, comuni, filters.steps_to_choose(uow, actor), fetch, searched)
    return _listing(address, page, grouped(task_row(task, known) for task in page.items), offer.filters())


def _done_tasks(uow: UnitOfWork, actor: Actor, _tab: Tab, address: ListAddress) -> TaskListing:
    page = tasks.done(uow, actor, after=address.after, size=address.size, latest_first=not address.inverse)
    known = knowledge(uow, actor, page.items)
    return _listing(address, page, _one_group(task_row(task, known, done=True) for task in page.items))


def _waiting_cases(uow: UnitOfWork, actor: Actor, _tab: Tab, address: ListAddress) -> TaskListing:
    """List the cases that wait for their requester: an analyst's own, a referente's Comune's."""
    owner = actor.user if Role.ANALISTA in actor.groups else None
    narrowed = cases.CaseFilter(states=WAITING_STATES, owner=owner, oldest_first=address.inverse)
    page = cases.page(uow, actor, narrowed, after=address.after, size=address.size)
    known = RowContext(now(), {}, calendars.calendars(uow, {case.istat for case in page.items}), {})
    return _listing(address, page, _one_group(case_row(case, known) for case in page.items))


def _one_group(rows: Iterable[TaskRow]) -> list[RowGroup]:
    shown = tuple(rows)
    return [RowGroup("", tardi=False, righe=shown)] if shown else []


def _listing(
    address: ListAddress, page: Page | CasePage, groups: Sequence[RowGroup], offered: filters.Filters = filters.NONE
) -> TaskListing:
    return TaskListing(groups, page_links(page, address.size, address.page_url), offered, page)


def knowledge(uow: UnitOfWork, actor: Actor, items: Sequence[UserTask]) -> RowContext:
    """Gather what rows say beside their tasks: one statement for all the cases, one for all the drafts."""
    scopes = {task.scope for task in items if task.scope}
    return RowContext(
        now(),
        cases.by_id(uow, {task.case_id for task in items}),
        calendars.calendars(uow, scopes),
        drafts.saved(uow, [task.id for task in items], actor) if items else {},
    )


def _in_brief(uow: UnitOfWork, actor: Actor, tab: Tab, whole: Page | CasePage | None) -> str:
    """Say how many there are, how many are late, how many fall due today or tomorrow: filters do not change it."""
    if whole is None or not whole.count:
        return "" if whole is None else "Nessuna in ritardo"
    read = COUNTED[tab.key]
    late, near = (read(uow, actor, size=0, due_before=day_start(now(), days)) for days in (0, 2))
    soon = 0 if near.capped else near.count - late.count
    open_words = "aperta" if whole.count == 1 else "aperte"
    total = f"{count_words(whole)} {open_words if tab.chi else 'da fare'}"
    said = [total, f"{count_words(late)} in ritardo" if late.count else "nessuna in ritardo"]
    return ", ".join([*said, f"{soon} tra oggi e domani"] if soon else said)


def _is_compact(address: ListAddress) -> bool:
    return preferences.preferences().compact if address.rows is None else address.rows == COMPACT


def _remembering_rows(address: ListAddress, html: str) -> Response:
    """Keep the density that was asked for: it is a person's habit, not a list's."""
    response = make_response(html)
    if address.rows is not None:
        chosen = replace(preferences.preferences(), compact=address.rows == COMPACT)
        preferences.keep(response, chosen, settings())
    return response


COUNTED = {MINE: tasks.inbox, FREE: tasks.queue, ALL: tasks.assignable}
"""The lists that narrow and are counted behind their tabs."""

LISTINGS = {MINE: _open_tasks, FREE: _open_tasks, WAITING: _waiting_cases, ALL: _open_tasks, DONE: _done_tasks}

WAITING_STATES = frozenset({PublicState.WAITING, PublicState.MEETING_PROPOSED})


@dataclass(frozen=True)
class TabLink:
    """A tab as it is drawn; ``conto`` is nothing where the number would be worth nothing."""

    nome: str
    indirizzo: str
    corrente: bool
    conto: str | None

    @classmethod
    def of(cls, tab: Tab, current: Tab, counts: Mapping[str, Page | CasePage]) -> TabLink:
        count = count_words(counts[tab.key]) if tab.key in counts else None
        return cls(tab.nome, url_for(tab.endpoint), tab is current, count)
