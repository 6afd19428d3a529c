"""Words of the engine's refusals: tasks, forms, cases, processes."""

from __future__ import annotations

from http import HTTPStatus

from engine import dmn, errors, forms
from web.request.people import person_name
from web.words.dates import day_words, hour_words
from web.words.notice import DIAGRAM_STUCK, MISSING, MOVED_ON, UNREADABLE, Notice, Refusals


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


def _changed_draft(refusal: errors.DraftChanged) -> Notice:
    title = f"Alle {hour_words(refusal.saved_at)} hai cambiato questa bozza in un’altra finestra"
    return Notice(title, "Qui resta quello che scrivi: con «Salva e riprendi dopo» confronti i due testi.")


def _diagram(refusal: errors.InvalidDiagram) -> Notice:
    return Notice("Il disegno ha qualcosa da correggere", f"Problemi trovati: {len(refusal.problems)}.")


def _xml(refusal: errors.InvalidXml) -> Notice:
    return Notice("Il file non si può leggere", f"Il problema è alla riga {refusal.line}.")


REFUSALS: Refusals = {
    errors.EngineError: (HTTPStatus.CONFLICT, MOVED_ON),
    errors.TaskNotFound: (HTTPStatus.NOT_FOUND, MISSING),
    errors.InstanceNotFound: (HTTPStatus.NOT_FOUND, MISSING),
    errors.NotACandidate: (HTTPStatus.NOT_FOUND, MISSING),
    errors.UnknownProcess: (HTTPStatus.NOT_FOUND, MISSING),
    errors.NotStartedByHand: (
        HTTPStatus.CONFLICT,
        Notice("Questo processo non si avvia a mano", "Comincia da sé quando arriva il messaggio che aspetta."),
    ),
    errors.AlreadyClaimed: (HTTPStatus.CONFLICT, _claimed),
    errors.NotTheAssignee: (HTTPStatus.CONFLICT, _not_mine),
    errors.TaskAlreadyCompleted: (HTTPStatus.CONFLICT, _completed),
    errors.TaskCanceled: (
        HTTPStatus.CONFLICT,
        Notice("Questa attività non serve più", "La pratica è andata avanti senza. Le tue risposte non sono perse."),
    ),
    errors.DraftChanged: (HTTPStatus.CONFLICT, _changed_draft),
    errors.ChangedMeanwhile: (HTTPStatus.CONFLICT, MOVED_ON),
    errors.AlreadyStarted: (
        HTTPStatus.CONFLICT,
        Notice("La richiesta era già aperta", "La trovi tra le tue attività: ce n’è una sola."),
    ),
    errors.NeverReturned: (HTTPStatus.INTERNAL_SERVER_ERROR, DIAGRAM_STUCK),
    errors.StandsStill: (HTTPStatus.INTERNAL_SERVER_ERROR, DIAGRAM_STUCK),
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
}
