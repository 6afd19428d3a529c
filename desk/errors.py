"""Everything the desk can refuse, on one page, in the manner of the engine's: facts here, sentences in the web."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import EngineError

if TYPE_CHECKING:
    from datetime import date, datetime, time

    from desk.agenda.slots import Slot
    from desk.files.flaw import Flaw
    from desk.hours import Interval
    from desk.mandates import Reason


class DeskRefusal(EngineError):
    """The desk refuses; nothing has changed."""


class ComuneNotFound(DeskRefusal):
    """No Comune has this ISTAT code."""

    def __init__(self, istat: str) -> None:
        super().__init__(istat)
        self.istat = istat


class ComuneNotJoined(DeskRefusal):
    """The Comune has no desk, so it can receive no request."""

    def __init__(self, istat: str) -> None:
        super().__init__(istat)
        self.istat = istat


class InvalidHours(DeskRefusal):
    """Opening hours end before they begin, or alternate between weeks without saying from when."""

    def __init__(self, weekday: int, opens: time, closes: time) -> None:
        super().__init__(weekday, opens, closes)
        self.weekday = weekday
        self.opens = opens
        self.closes = closes


class OverlappingHours(DeskRefusal):
    """Two opening hours of the same day meet."""

    def __init__(self, weekday: int, one: Interval, other: Interval) -> None:
        super().__init__(weekday, one, other)
        self.weekday = weekday
        self.one = one
        self.other = other


class InvalidPeriod(DeskRefusal):
    """A closure, a mandate or the days on which hours hold end before they begin."""


class SpecialDayNotFound(DeskRefusal):
    """The desk has no such closure or extraordinary opening that is not over."""


class DeskInUse(DeskRefusal):
    """The database belongs to a real desk: no demonstration is put into it."""


class NotAllowed(DeskRefusal):
    """The role the actor acts in does not allow this."""

    def __init__(self, user: str, permission: str) -> None:
        super().__init__(user, permission)
        self.user = user
        self.permission = permission


class UserNotFound(DeskRefusal):
    """Nobody has this user name."""

    def __init__(self, username: str) -> None:
        super().__init__(username)
        self.username = username


class UserExists(DeskRefusal):
    """Somebody has this user name or e-mail address already."""

    def __init__(self, username: str) -> None:
        super().__init__(username)
        self.username = username


class RoleNotHeld(DeskRefusal):
    """The person does not hold the role they want to act in."""

    def __init__(self, username: str, role: str) -> None:
        super().__init__(username, role)
        self.username = username
        self.role = role


class WeakPassword(DeskRefusal):
    """A password is too short, or is the person's own name."""

    def __init__(self, minimum: int) -> None:
        super().__init__(minimum)
        self.minimum = minimum


class TooManyAttempts(DeskRefusal):
    """Too many attempts failed, for one account or from one address; ``retry_at`` says when the next is heard."""

    def __init__(self, retry_at: datetime) -> None:
        super().__init__(retry_at)
        self.retry_at = retry_at


class NotQualified(DeskRefusal):
    """The person may not receive requests at this desk; ``reasons`` says what they lack."""

    def __init__(self, username: str, istat: str, reasons: tuple[Reason, ...]) -> None:
        super().__init__(username, istat, reasons)
        self.username = username
        self.istat = istat
        self.reasons = reasons


class TrainingIncomplete(DeskRefusal):
    """A training has a day or a body but not both, or has not taken place yet."""


class OverlappingMandates(DeskRefusal):
    """The person has another mandate in the Comune on some of the days; ``first`` and ``last`` are that one's."""

    def __init__(self, username: str, istat: str, first: date, last: date | None) -> None:
        super().__init__(username, istat, first, last)
        self.username = username
        self.istat = istat
        self.first = first
        self.last = last


class NotConcluded(DeskRefusal):
    """The request still goes on: its service cannot be rated yet."""

    def __init__(self, case_id: str) -> None:
        super().__init__(case_id)
        self.case_id = case_id


class AlreadyRated(DeskRefusal):
    """The request's service was rated before: once is all."""

    def __init__(self, case_id: str) -> None:
        super().__init__(case_id)
        self.case_id = case_id


class InvalidRating(DeskRefusal):
    """An answer of a rating is none of those asked for; ``field`` says which."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class UnusableMessage(DeskRefusal):
    """A message of a designer cannot be sent; ``problem`` says in Italian why."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(name, problem)
        self.name = name
        self.problem = problem


class Undeliverable(DeskRefusal):
    """The address is none that mail can be sent to; ``message`` names what was to be sent."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class MailNotFound(DeskRefusal):
    """No message of the outbox has this id, or it has gone already."""

    def __init__(self, mail_id: str) -> None:
        super().__init__(mail_id)
        self.mail_id = mail_id


class LetterNotFound(DeskRefusal):
    """The process brings no letter with this name."""

    def __init__(self, letter: str) -> None:
        super().__init__(letter)
        self.letter = letter


class LetterFailed(DeskRefusal):
    """A letter's template has a mistake: in which file, at which line where one is known, and what is wrong."""

    def __init__(self, letter: str, line: int | None, problem: str) -> None:
        super().__init__(letter, line, problem)
        self.letter = letter
        self.line = line
        self.problem = problem


class SlotTaken(DeskRefusal):
    """Somebody else has just taken the analyst or the room at this time; ``free`` are the next times that are free."""

    def __init__(self, wanted: Slot, free: tuple[Slot, ...]) -> None:
        super().__init__(wanted, free)
        self.wanted = wanted
        self.free = free


class SlotPassed(DeskRefusal):
    """The time of a meeting has passed; ``free`` are the next times that are free."""

    def __init__(self, wanted: Slot, free: tuple[Slot, ...]) -> None:
        super().__init__(wanted, free)
        self.wanted = wanted
        self.free = free


class RoomTaken(DeskRefusal):
    """A meeting or another use has the room of the desk at this moment already."""

    def __init__(self, istat: str, moment: datetime) -> None:
        super().__init__(istat, moment)
        self.istat = istat
        self.moment = moment


class DeskClosed(DeskRefusal):
    """The desk of the Comune is closed at the hours of this day that were asked for."""

    def __init__(self, istat: str, day: date) -> None:
        super().__init__(istat, day)
        self.istat = istat
        self.day = day


class AgendaEntryNotFound(DeskRefusal):
    """No such absence, «giornata» or use of a room, or none in an agenda that the actor keeps."""

    def __init__(self, entry_id: str) -> None:
        super().__init__(entry_id)
        self.entry_id = entry_id


class EnvelopeKeyMissing(DeskRefusal):
    """The key that wraps an envelope's, or any key at all, is not configured; ``name`` says which, if one is meant."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class EnvelopeTampered(DeskRefusal):
    """What is in the database is not what was sealed, or was sealed for another place."""


class NothingAgreed(DeskRefusal):
    """Neither a confidentiality agreement nor the requester's waiver is in force: nothing goes into the envelope."""


class SpokenOnly(DeskRefusal):
    """The requester wants to tell the idea in person: nothing goes into the envelope."""


class EnvelopeHoldsItems(DeskRefusal):
    """Something is in the envelope, so it can't be said that the idea is told in person only."""


class EnvelopeDestroyed(DeskRefusal):
    """The key of the envelope was destroyed, and with it all that was in it."""


class EnvelopeFull(DeskRefusal):
    """The envelope holds as many things as it may."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


class UnfitDeposit(DeskRefusal):
    """A text or file can't go into the envelope: ``flaw`` is vuoto, troppo_grande or nome."""

    def __init__(self, flaw: str) -> None:
        super().__init__(flaw)
        self.flaw = flaw


class EnvelopeItemNotFound(DeskRefusal):
    """There is no such item in this envelope."""

    def __init__(self, item_id: str) -> None:
        super().__init__(item_id)
        self.item_id = item_id


class EnvelopeClosed(DeskRefusal):
    """The envelope stays closed for this person; ``reason`` is a ``desk.envelope.Reason``. The attempt is written."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class InvalidAgreement(DeskRefusal):
    """An agreement lacks something or makes no sense; ``field`` is the first member that is wrong."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class DocumentRefused(DeskRefusal):
    """A file may not come in; ``flaw`` says why."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw)
        self.flaw = flaw


class ScannerUnavailable(DeskRefusal):
    """Nobody can say whether a file is harmless, so it does not come in."""


class TooManyDocuments(DeskRefusal):
    """The pratica has as many documents as it may."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


class DocumentNotFound(DeskRefusal):
    """The pratica has no such document, or none that the actor may see."""

    def __init__(self, document_id: str) -> None:
        super().__init__(document_id)
        self.document_id = document_id


class DocumentLost(DeskRefusal):
    """The storage does not have what was deposited: it must come back from a backup."""

    def __init__(self, document_id: str) -> None:
        super().__init__(document_id)
        self.document_id = document_id


class InvalidTerm(DeskRefusal):
    """A term of retention for an outcome that pratiche do not have, or of less than a month or more than 600."""

    def __init__(self, state: str, months: int) -> None:
        super().__init__(state, months)
        self.state = state
        self.months = months


class ReasonMissing(DeskRefusal):
    """A legal hold says why it stands."""


class HoldNotFound(DeskRefusal):
    """No such legal hold stands."""

    def __init__(self, hold_id: int) -> None:
        super().__init__(hold_id)
        self.hold_id = hold_id


class NotExpired(DeskRefusal):
    """The pratica goes on, or its term is not over: it may not be erased."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


class CaseHeld(DeskRefusal):
    """A legal hold keeps the pratica."""

    def __init__(self, number: str, reason: str) -> None:
        super().__init__(number, reason)
        self.number = number
        self.reason = reason


class AccessNotFound(DeskRefusal):
    """The case's envelope was not opened then, or not by this person."""

    def __init__(self, case_id: str) -> None:
        super().__init__(case_id)
        self.case_id = case_id


class StepNotFound(DeskRefusal):
    """No step that stopped has this id, or it goes on already."""

    def __init__(self, step_id: str) -> None:
        super().__init__(step_id)
        self.step_id = step_id
