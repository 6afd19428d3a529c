"""Every refusal of engine and desk in one table: its HTTP status and its sentences in Italian."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from desk import errors as desk
from engine import dmn, errors, forms
from engine.errors import EngineError
from web.document_words import refused_words, too_many_words
from web.filters import date_words, day_words, hour_words
from web.mandate_words import lack_words
from web.names import person_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True)
class Notice:
    """What a page says of a refusal: what happened, what is safe, what to do."""

    title: str
    text: str


MISSING = Notice("Questa pagina non c’è", "Forse l’indirizzo è sbagliato, o la pratica non è tra quelle che segui.")
MOVED_ON = Notice(
    "La pratica è cambiata mentre scrivevi",
    "Qualcuno l’ha modificata nello stesso momento. Le tue risposte non sono perse: torna indietro e riprova.",
)
DIAGRAM_STUCK = Notice(
    "La pratica non riesce ad andare avanti",
    "Il problema è nel procedimento, non in quello che hai scritto. Le tue risposte restano in bozza.",
)

UNREADABLE = Notice("Il file ha qualcosa da correggere", "Aprilo nell’editor e guarda i problemi segnalati.")


UNFIT_DEPOSIT = {
    "vuoto": "Scrivi un testo o scegli un file.",
    "troppo_grande": "È troppo grande: al massimo 50.000 caratteri di testo, o 20 MB per un file.",
    "nome": "Dai al file un nome più corto.",
}
CLOSED_BECAUSE = {
    "nessun_accordo": "Non c’è un accordo di riservatezza in vigore.",
    "non_nominato": "L’accordo di riservatezza non ti nomina.",
    "scaduto": "L’accordo che ti nomina è scaduto.",
    "revocato": "L’accordo che ti nomina è stato revocato.",
    "conflitto": "Hai un conflitto di interessi in questa pratica.",
    "senza_motivo": "Scegli prima perché la apri.",
    "alterata": "Il contenuto non è quello depositato: avvisa l’assistenza.",
}


def _claimed(refusal: errors.AlreadyClaimed) -> Notice:
    return Notice(
        f"{person_name(refusal.assignee)} ha già preso in carico questa attività", "Puoi sceglierne un’altra."
    )


def _not_mine(refusal: errors.NotTheAssignee) -> Notice:
    if refusal.assignee is None:
        return Notice("Prima prendi in carico l’attività", "Non è di nessuno. Le tue risposte restano in bozza.")
    return Notice(f"L’attività è di {person_name(refusal.assignee)}", "Le tue risposte restano in bozza.")


def _completed(refusal: errors.TaskAlreadyCompleted) -> Notice:
    when = f"{day_words(refusal.completed_at).capitalize()} alle {hour_words(refusal.completed_at)}."
    title = f"{person_name(refusal.completed_by)} ha già completato questa attività"
    return Notice(title, f"{when} Le tue risposte non sono perse.")


def _too_many(refusal: desk.TooManyAttempts) -> Notice:
    when = hour_words(refusal.retry_at)
    return Notice("Troppi tentativi", f"Per sicurezza aspettiamo un po’. Riprova dopo le {when}.")


def _weak(refusal: desk.WeakPassword) -> Notice:
    return Notice("Scegli una password più sicura", f"Usa almeno {refusal.minimum} caratteri, senza il tuo nome.")


def _diagram(refusal: errors.InvalidDiagram) -> Notice:
    return Notice("Il disegno ha qualcosa da correggere", f"Problemi trovati: {len(refusal.problems)}.")


def _xml(refusal: errors.InvalidXml) -> Notice:
    return Notice("Il file non si può leggere", f"Il problema è alla riga {refusal.line}.")


def _not_qualified(refusal: desk.NotQualified) -> Notice:
    return Notice("Non puoi ancora ricevere richieste", " ".join(map(lack_words, refusal.reasons)))


def _overlapping_mandates(refusal: desk.OverlappingMandates) -> Notice:
    until = f"al {date_words(refusal.last)}" if refusal.last else "in avanti"
    text = f"Ce n’è uno dal {date_words(refusal.first)} {until}. Correggi quello, o scegli altri giorni."
    return Notice("C’è già un incarico in quei giorni", text)


def _unusable_message(refusal: desk.UnusableMessage) -> Notice:
    return Notice(f"Il messaggio «{refusal.name}» è da correggere", f"{refusal.problem.capitalize()}.")


def _letter(refusal: desk.LetterFailed) -> Notice:
    where = f"alla riga {refusal.line} di «{refusal.letter}»" if refusal.line else f"in «{refusal.letter}»"
    return Notice("La lettera non si può preparare", f"C’è un errore {where}: {refusal.problem}. Avvisa chi la cura.")


def _slot_taken(refusal: desk.SlotTaken | desk.SlotPassed) -> Notice:
    what = "è già passato" if isinstance(refusal, desk.SlotPassed) else "è appena stato preso"
    free = "; ".join(slot.short for slot in refusal.free)
    return Notice(f"Questo orario {what}: {refusal.wanted.short}", f"Liberi: {free}." if free else "Scegline un altro.")


def _room_taken(refusal: desk.RoomTaken) -> Notice:
    when = f"{day_words(refusal.moment).capitalize()} alle {hour_words(refusal.moment)}"
    return Notice("La sala è già occupata", f"{when} c’è un incontro o un altro impegno. Scegli un altro orario.")


def _desk_closed(refusal: desk.DeskClosed) -> Notice:
    title = f"Lo sportello è chiuso {day_words(refusal.day)}, in quelle ore"
    return Notice(title, "Scegli altre ore, o chiedi al Comune un’apertura straordinaria.")


def _unfit_deposit(refusal: desk.UnfitDeposit) -> Notice:
    return Notice("Questo non entra nella busta", UNFIT_DEPOSIT[refusal.flaw])


def _closed_envelope(refusal: desk.EnvelopeClosed) -> Notice:
    return Notice("La busta resta chiusa", f"{CLOSED_BECAUSE[refusal.reason]} Il tentativo resta scritto.")


REFUSALS: Mapping[type[EngineError], tuple[HTTPStatus, Notice | Callable[[Any], Notice]]] = {
    EngineError: (HTTPStatus.CONFLICT, MOVED_ON),
    errors.TaskNotFound: (HTTPStatus.NOT_FOUND, MISSING),
    errors.InstanceNotFound: (HTTPStatus.NOT_FOUND, MISSING),
    errors.NotACandidate: (HTTPStatus.NOT_FOUND, MISSING),
    errors.UnknownProcess: (HTTPStatus.NOT_FOUND, MISSING),
    errors.AlreadyClaimed: (HTTPStatus.CONFLICT, _claimed),
    errors.NotTheAssignee: (HTTPStatus.CONFLICT, _not_mine),
    errors.TaskAlreadyCompleted: (HTTPStatus.CONFLICT, _completed),
    errors.TaskCanceled: (
        HTTPStatus.CONFLICT,
        Notice("Questa attività non serve più", "La pratica è andata avanti senza. Le tue risposte non sono perse."),
    ),
    errors.ChangedMeanwhile: (HTTPStatus.CONFLICT, MOVED_ON),
    errors.AlreadyStarted: (
        HTTPStatus.CONFLICT,
        Notice("La richiesta era già aperta", "La trovi tra le tue attività: ce n’è una sola."),
    ),
    errors.NeverReturned: (HTTPStatus.INTERNAL_SERVER_ERROR, DIAGRAM_STUCK),
    errors.InstanceRunning: (
        HTTPStatus.CONFLICT,
        Notice("La pratica è ancora aperta", "Si può cancellare solo quando è chiusa e il suo termine è passato."),
    ),
    errors.InstanceNotRunning: (
        HTTPStatus.CONFLICT,
        Notice("La pratica è chiusa", "Non si può più cambiare. Puoi sempre leggerla."),
    ),
    errors.NoSubscription: (
        HTTPStatus.CONFLICT,
        Notice(
            "Questa risposta non serve più", "Nel frattempo la richiesta è andata avanti. Guarda a che punto è ora."
        ),
    ),
    errors.InvalidAnswers: (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        Notice("Qualche risposta è da correggere", "Torna indietro: quello che hai scritto non è perso."),
    ),
    errors.InvalidDiagram: (HTTPStatus.UNPROCESSABLE_ENTITY, _diagram),
    errors.InvalidXml: (HTTPStatus.UNPROCESSABLE_ENTITY, _xml),
    forms.InvalidForm: (HTTPStatus.UNPROCESSABLE_ENTITY, UNREADABLE),
    dmn.InvalidModel: (HTTPStatus.UNPROCESSABLE_ENTITY, UNREADABLE),
    dmn.UnknownDecision: (HTTPStatus.INTERNAL_SERVER_ERROR, DIAGRAM_STUCK),
    errors.ExpressionFailed: (HTTPStatus.INTERNAL_SERVER_ERROR, DIAGRAM_STUCK),
    errors.NoPathChosen: (HTTPStatus.INTERNAL_SERVER_ERROR, DIAGRAM_STUCK),
    errors.UncaughtError: (HTTPStatus.INTERNAL_SERVER_ERROR, DIAGRAM_STUCK),
    errors.StepBudgetExceeded: (HTTPStatus.INTERNAL_SERVER_ERROR, DIAGRAM_STUCK),
    desk.DeskRefusal: (HTTPStatus.CONFLICT, MOVED_ON),
    desk.ComuneNotFound: (HTTPStatus.NOT_FOUND, MISSING),
    desk.ComuneNotJoined: (
        HTTPStatus.CONFLICT,
        Notice("Questo Comune non ha ancora uno sportello", "Non può ricevere richieste. Scegline uno che ha aderito."),
    ),
    desk.DeskInUse: (
        HTTPStatus.CONFLICT,
        Notice("Questo è uno sportello vero", "I dati dimostrativi non si possono mettere qui."),
    ),
    desk.InvalidHours: (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        Notice("Un orario non è possibile", "La chiusura deve venire dopo l’apertura."),
    ),
    desk.OverlappingHours: (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        Notice("Due orari si sovrappongono", "Nello stesso giorno ogni apertura finisce prima della successiva."),
    ),
    desk.InvalidPeriod: (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        Notice("Le date non sono in ordine", "L’ultimo giorno non può venire prima del primo."),
    ),
    desk.NotQualified: (HTTPStatus.CONFLICT, _not_qualified),
    desk.TrainingIncomplete: (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        Notice("La formazione non è completa", "Scrivi sia il giorno, già passato, sia chi l’ha tenuta."),
    ),
    desk.OverlappingMandates: (HTTPStatus.UNPROCESSABLE_ENTITY, _overlapping_mandates),
    desk.SpecialDayNotFound: (HTTPStatus.NOT_FOUND, MISSING),
    desk.SlotTaken: (HTTPStatus.CONFLICT, _slot_taken),
    desk.SlotPassed: (HTTPStatus.CONFLICT, _slot_taken),
    desk.RoomTaken: (HTTPStatus.CONFLICT, _room_taken),
    desk.DeskClosed: (HTTPStatus.UNPROCESSABLE_ENTITY, _desk_closed),
    desk.AgendaEntryNotFound: (HTTPStatus.NOT_FOUND, MISSING),
    desk.DocumentRefused: (HTTPStatus.UNPROCESSABLE_ENTITY, lambda refusal: Notice(*refused_words(refusal))),
    desk.TooManyDocuments: (HTTPStatus.CONFLICT, lambda refusal: Notice(*too_many_words(refusal))),
    desk.ScannerUnavailable: (
        HTTPStatus.SERVICE_UNAVAILABLE,
        Notice("L’antivirus non risponde", "Senza il suo controllo non accettiamo documenti. Riprova tra poco."),
    ),
    desk.DocumentNotFound: (HTTPStatus.NOT_FOUND, MISSING),
    desk.DocumentLost: (
        HTTPStatus.INTERNAL_SERVER_ERROR,
        Notice("Il documento non si trova più come era stato consegnato", "Chiama l’assistenza."),
    ),
    desk.NotAllowed: (HTTPStatus.NOT_FOUND, MISSING),
    desk.UserNotFound: (HTTPStatus.NOT_FOUND, MISSING),
    desk.RoleNotHeld: (HTTPStatus.NOT_FOUND, MISSING),
    desk.UserExists: (
        HTTPStatus.CONFLICT,
        Notice("Questa persona c’è già", "Il nome utente o l’e-mail sono di qualcun altro."),
    ),
    desk.WeakPassword: (HTTPStatus.UNPROCESSABLE_ENTITY, _weak),
    desk.TooManyAttempts: (HTTPStatus.TOO_MANY_REQUESTS, _too_many),
    desk.LetterNotFound: (HTTPStatus.NOT_FOUND, MISSING),
    desk.LetterFailed: (HTTPStatus.INTERNAL_SERVER_ERROR, _letter),
    desk.UnusableMessage: (HTTPStatus.UNPROCESSABLE_ENTITY, _unusable_message),
    desk.Undeliverable: (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        Notice("Questo indirizzo e-mail non funziona", "Controllalo: forse manca una lettera o la chiocciola."),
    ),
    desk.MailNotFound: (HTTPStatus.NOT_FOUND, MISSING),
    desk.StepNotFound: (HTTPStatus.NOT_FOUND, MISSING),
    desk.InvalidTerm: (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        Notice("Il termine non è possibile", "Scrivi quanti mesi, da 1 a 600."),
    ),
    desk.ReasonMissing: (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        Notice("Manca il motivo", "Scrivi perché la pratica va conservata."),
    ),
    desk.HoldNotFound: (HTTPStatus.NOT_FOUND, MISSING),
    desk.NotExpired: (
        HTTPStatus.CONFLICT,
        Notice("La pratica non si può cancellare", "È ancora aperta, o il suo termine non è passato."),
    ),
    desk.CaseHeld: (
        HTTPStatus.CONFLICT,
        Notice("La pratica è bloccata", "Qualcuno ha chiesto di conservarla. Togli prima il blocco."),
    ),
    desk.AccessNotFound: (HTTPStatus.NOT_FOUND, MISSING),
    desk.NotConcluded: (
        HTTPStatus.CONFLICT,
        Notice("La richiesta non è ancora conclusa", "Potrai dirci com’è andata alla fine."),
    ),
    desk.AlreadyRated: (HTTPStatus.CONFLICT, Notice("Ci hai già detto com’è andata", "Grazie: basta una volta.")),
    desk.InvalidRating: (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        Notice("Una risposta è da correggere", "Torna indietro e scegli tra le risposte proposte."),
    ),
    desk.EnvelopeKeyMissing: (
        HTTPStatus.INTERNAL_SERVER_ERROR,
        Notice("La busta riservata ora non si può usare", "Manca una chiave del programma."),
    ),
    desk.EnvelopeTampered: (
        HTTPStatus.INTERNAL_SERVER_ERROR,
        Notice("La busta riservata non si può leggere", "Il contenuto non è quello depositato."),
    ),
    desk.NothingAgreed: (
        HTTPStatus.CONFLICT,
        Notice("La busta si riempie dopo l’accordo", "Prima serve l’accordo di riservatezza, o la rinuncia scritta."),
    ),
    desk.SpokenOnly: (
        HTTPStatus.CONFLICT,
        Notice("L’idea si racconta solo a voce", "Per usare la busta, togli prima questa scelta."),
    ),
    desk.EnvelopeHoldsItems: (
        HTTPStatus.CONFLICT,
        Notice("La busta non è vuota", "Togli prima quello che contiene, poi scegli «solo a voce»."),
    ),
    desk.EnvelopeDestroyed: (
        HTTPStatus.CONFLICT,
        Notice("La busta è stata distrutta", "Non contiene più niente e non si può più usare."),
    ),
    desk.EnvelopeFull: (HTTPStatus.CONFLICT, Notice("La busta è piena", "Togli qualcosa per fare posto.")),
    desk.UnfitDeposit: (HTTPStatus.UNPROCESSABLE_ENTITY, _unfit_deposit),
    desk.EnvelopeItemNotFound: (HTTPStatus.NOT_FOUND, MISSING),
    desk.EnvelopeClosed: (HTTPStatus.FORBIDDEN, _closed_envelope),
    desk.InvalidAgreement: (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        Notice("L’accordo ha qualcosa da correggere", "Torna indietro e controlla date, firme e persone."),
    ),
}


def status_of(refusal: EngineError) -> HTTPStatus:
    return _entry(refusal)[0]


def notice_of(refusal: EngineError) -> Notice:
    words = _entry(refusal)[1]
    return words if isinstance(words, Notice) else words(refusal)


def _entry(refusal: EngineError) -> tuple[HTTPStatus, Notice | Callable[[Any], Notice]]:
    """Find the entry of the nearest class; one that a test finds missing would be told as a conflict."""
    return next(REFUSALS[kind] for kind in type(refusal).__mro__ if kind in REFUSALS)
