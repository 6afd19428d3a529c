"""Say refusals on the console: in the words of the pages, or in its own where theirs speak of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desk import errors as desk
from engine import errors as engine
from engine.scenarios import InvalidScenario
from web.commands.problems import as_text
from web.refusals import notice_of
from web.words.notice import DIAGRAM_STUCK, MISSING, MOVED_ON

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.errors import EngineError
    from web.refusals import Notice

NAMED: Mapping[type[EngineError], Callable[[Any], str]] = {
    desk.ComuneNotFound: lambda no: (
        f"Nessun Comune ha il codice ISTAT {no.istat}. Cercalo con «sportello comune find»."
    ),
    desk.ComuneNotJoined: lambda no: (
        f"Il Comune {no.istat} non ha uno sportello. Fallo aderire con «sportello comune join {no.istat}»."
    ),
    desk.UserNotFound: lambda no: f"Nessuno ha il nome utente «{no.username}». Vedi «sportello user list».",
    desk.RoleNotHeld: lambda no: (
        f"«{no.username}» non ha il ruolo {no.role} in questo Comune. Si dà con «sportello user roles»."
    ),
    desk.NotQualified: lambda no: (
        f"«{no.username}» non apre pratiche nel Comune {no.istat}: {', '.join(why.lack for why in no.reasons)}. "
        f"Registra l’incarico con «sportello user mandate {no.username} {no.istat}»."
    ),
    desk.ComuneMissing: lambda no: (
        f"Il ruolo {no.role} vale in un Comune: scrivi in quale, con il suo codice ISTAT, per esempio 001042."
    ),
    desk.MailNotFound: lambda no: f"Nessun messaggio fermo ha il numero {no.mail_id}. Vedi «sportello mail list».",
    desk.NotExpired: lambda no: f"La pratica {no.number} è ancora aperta, o il suo termine non è passato.",
    desk.CaseHeld: lambda no: f"La pratica {no.number} è bloccata: {no.reason}.",
    desk.EnvelopeKeyMissing: lambda no: (
        f"Manca la chiave «{no.name}» delle buste riservate."
        if no.name
        else "Non c’è nessuna chiave per le buste riservate. Creala con «sportello envelope key NOME»."
    ),
    desk.EnvelopeTampered: lambda _: "La chiave di una busta riservata è stata alterata: nessuna busta è cambiata.",
    engine.InstanceNotFound: lambda no: f"Non c’è una pratica con il numero {no.instance_id}.",
    engine.UnknownProcess: lambda no: f"Nessun processo pubblicato si chiama «{no.key}».",
    engine.InvalidDiagram: lambda no: as_text(no.problems),
    InvalidScenario: str,
}
"""Refusals that name on the console what a page may not, or what it shows beside its words."""
INSTEAD: Mapping[Notice, str] = {
    MISSING: "Non c’è niente con questo nome o questo numero.",
    MOVED_ON: "Nel frattempo i dati sono cambiati. Riprova.",
    DIAGRAM_STUCK: "La pratica non riesce ad andare avanti: il problema è nel disegno del processo.",
}
"""The notices that several refusals share and that speak of the page they stand on."""


def refused(refusal: EngineError) -> str:
    """Say in Italian what was refused."""
    kind = next((kind for kind in type(refusal).__mro__ if kind in NAMED), None)
    if kind is not None:
        return NAMED[kind](refusal)
    notice = notice_of(refusal)
    return INSTEAD.get(notice) or f"{notice.title}. {notice.text}"
