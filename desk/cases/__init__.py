"""Cases: open, list and find them, their numbers, progress, saved views, and the row that lists read."""

from desk.cases.lists import CaseFilter, CasePage, CaseSummary, by_id, get, mentioning, open_request, page, sees

__all__ = [
    "CaseFilter",
    "CasePage",
    "CaseSummary",
    "by_id",
    "get",
    "mentioning",
    "open_request",
    "page",
    "sees",
]
