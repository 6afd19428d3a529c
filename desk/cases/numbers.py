"""Number cases: ``SI-<year>-<Belfiore>-<progressive>``, counted by each Comune and beginning again each year.

The year is Italy's. The progressive part is no secret: a case is opened by its number together with a second secret.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk.calendar import local_date
from desk.model import CaseCounter
from engine.model import insert_into

if TYPE_CHECKING:
    from desk.model import Comune
    from engine.store import UnitOfWork


def next_number(uow: UnitOfWork, comune: Comune) -> str:
    """Take the Comune's next number of the year; if the transaction fails, it is given back."""
    year = local_date(uow.now).year
    first = insert_into(CaseCounter, uow.connection.dialect.name).values(istat=comune.istat, year=year, last=1)
    counted = first.on_conflict_do_update(index_elements=["istat", "year"], set_={"last": CaseCounter.last + 1})
    progressive = uow.connection.execute(counted.returning(CaseCounter.last)).scalar_one()
    return f"SI-{year}-{comune.belfiore}-{progressive:04}"
