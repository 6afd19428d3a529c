"""The desk's rows, in typed ORM classes over tables of its own; one Comune, one person, one case each."""

from desk.model.case import Case, CaseCounter
from desk.model.comune import Comune, OpeningHours, SpecialDay
from desk.model.person import FailedAttempt, RoleGrant, User
from desk.model.row import Row

__all__ = ["Case", "CaseCounter", "Comune", "FailedAttempt", "OpeningHours", "RoleGrant", "Row", "SpecialDay", "User"]
