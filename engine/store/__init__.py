"""Open the database and its transactions, and say what a program above adds to them."""

from engine.store.extension import CasePlace, Event, Extension, Functions, Operation, OperationCall, Transition
from engine.store.migration import Schema, Standing, WrongTables, differences, run_migrations
from engine.store.store import Store
from engine.store.trouble import Trouble, UnusableAddress, trouble_of
from engine.store.unit_of_work import UnitOfWork

__all__ = [
    "CasePlace",
    "Event",
    "Extension",
    "Functions",
    "Operation",
    "OperationCall",
    "Schema",
    "Standing",
    "Store",
    "Transition",
    "Trouble",
    "UnitOfWork",
    "UnusableAddress",
    "WrongTables",
    "differences",
    "run_migrations",
    "trouble_of",
]
