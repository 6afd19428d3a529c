"""Tables of the desk as typed ORM classes."""

from desk.model.agenda import (
    AgendaCell,
    AnalystAbsence,
    AnalystDeskDay,
    AnalystHours,
    Engagement,
    Meeting,
    RoomUse,
)
from desk.model.case import Case, CaseCounter
from desk.model.comune import Comune, OpeningHours, SpecialDay
from desk.model.envelope import Agreement, AgreementPerson, Conflict, Envelope, EnvelopeItem
from desk.model.files import Document
from desk.model.mail import Mail, MailAttachment
from desk.model.mandate import Mandate
from desk.model.person import FailedAttempt, RoleGrant, User
from desk.model.requester import RatingGiven, RequesterLink, ServiceRating
from desk.model.retention import CaseFigures, Erasure, LegalHold, RetentionRule
from desk.model.row import Row
from desk.model.view import SavedView

__all__ = [
    "AgendaCell",
    "Agreement",
    "AgreementPerson",
    "AnalystAbsence",
    "AnalystDeskDay",
    "AnalystHours",
    "Case",
    "CaseCounter",
    "CaseFigures",
    "Comune",
    "Conflict",
    "Document",
    "Engagement",
    "Envelope",
    "EnvelopeItem",
    "Erasure",
    "FailedAttempt",
    "LegalHold",
    "Mail",
    "MailAttachment",
    "Mandate",
    "Meeting",
    "OpeningHours",
    "RatingGiven",
    "RequesterLink",
    "RetentionRule",
    "RoleGrant",
    "RoomUse",
    "Row",
    "SavedView",
    "ServiceRating",
    "SpecialDay",
    "User",
]
