"""Answer the forms of the process ``richiesta`` as the invented people do."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from desk.calendar import local_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from desk.demo.requests import Request

Answers = dict[str, Any]

AIMS = {
    "proteggere": "Capire come tutelarla prima di mostrarla",
    "verificare": "Sapere se esiste già qualcosa di simile",
    "sviluppare": "Arrivare a un primo prototipo che funziona",
    "produrre": "Trovare chi può farne una piccola serie",
    "commercializzare": "Capire a chi venderla e a che prezzo",
    "finanziare": "Trovare un contributo per partire",
    "avviare_impresa": "Capire quale impresa aprire e come",
    "diversificare": "Aggiungere un prodotto nuovo all’attività",
    "digitalizzare": "Usare strumenti digitali per farsi conoscere",
    "collaborare": "Trovare un partner vicino",
    "formazione_giovani": "Portare un’esperienza pratica ai ragazzi",
}
PATHS = {
    "proteggere": ("percorso_modello_utilita", "La forma si può tutelare con un modello di utilità."),
    "verificare": ("ricerca_anteriorita_da_fare", "Prima di decidere serve una ricerca di anteriorità."),
    "sviluppare": ("sviluppo_prodotto", "Un laboratorio della zona può fare il primo prototipo."),
    "produrre": ("industrializzazione_fornitori", "Due officine vicine possono fare una piccola serie."),
    "commercializzare": ("accesso_mercato", "Conviene partire dai negozi della zona."),
    "finanziare": ("finanza_agevolata", "C’è un contributo che copre una parte delle spese."),
    "avviare_impresa": ("avvio_impresa", "Per cominciare basta una ditta individuale."),
    "diversificare": ("diversificazione_piano", "Un piano in tre passi riduce il rischio."),
}
OTHERWISE = ("orientamento_concluso", "Hai avuto le informazioni che cercavi.")
PROTECTED = ("proteggere", "verificare")


MINUTES = 45
"""How long a meeting lasts."""
DAYS_TO_ANSWER = 2
"""Whole working days that the process leaves between an invitation and the first time it proposes."""


def registration(request: Request, comune: str, now: datetime, dice: Random) -> Answers:
    """Answer the questions of the counter."""
    return _requester(request, comune, dice) | _matter(request, local_date(now), dice) | _consents(request)


def _requester(request: Request, comune: str, dice: Random) -> Answers:
    firm, _, person = request.requester.rpartition(", ")
    name, surname = person.split(" ", 1)
    mail = f"{name}.{surname}@posta.example".casefold().replace(" ", "")
    answers: Answers = {
        "canale": dice.choices(("sportello", "telefono", "evento"), (8, 2, 1))[0],
        "tipo_richiedente": "impresa" if firm else "persona_fisica",
        "nome": name,
        "cognome": surname,
        "data_nascita": date(dice.randint(1955, 2004), dice.randint(1, 12), dice.randint(1, 28)).isoformat(),
        "comune_residenza": comune,
        "telefono": "0125 000 000",
        "email": mail,
        "contatto_preferito": dice.choice(("telefono", "email")),
        "giorni_disponibili": sorted(dice.sample(("lunedì", "martedì", "giovedì", "venerdì"), 2)),
        "fasce_disponibili": [dice.choice(("mattina", "pomeriggio"))],
        "lingua": "italiano",
        "come_conosciuto": dice.choice(("comune", "passaparola", "giornale")),
        "identita": "documento",
    }
    if firm:
        answers |= {"denominazione": firm, "forma_impresa": "ditta_individuale", "addetti": dice.choice(("1", "2-9"))}
    return answers


def _matter(request: Request, today: date, dice: Random) -> Answers:
    answers: Answers = {
        "argomento": request.topic,
        "stadio": dice.choice(("idea", "studio", "prototipo", "pronto")),
        "titolo": request.title,
        "obiettivo": AIMS[request.topic],
        "settore": request.sector,
        "urgenza_motivo": dice.choices(("nessuno", "fiera", "bando", "concorrente"), (10, 2, 2, 1))[0],
        "gia_divulgata": dice.choices(("no", "si", "non_so"), (8, 1, 2))[0] if _is_idea(request) else "non_serve",
        "ha_domande": "no",
    }
    if answers["urgenza_motivo"] in ("fiera", "bando"):
        answers["data_da_rispettare"] = (today + timedelta(dice.randint(20, 90))).isoformat()
    if answers["gia_divulgata"] == "si":
        answers["divulgazioni"] = [_disclosure(today, dice)]
    return answers


def _is_idea(request: Request) -> bool:
    return request.topic in (*PROTECTED, "sviluppare", "produrre")


def _disclosure(today: date, dice: Random) -> Answers:
    return {
        "data": (today - timedelta(dice.randint(10, 90))).isoformat(),
        "luogo": "Mercatino dimostrativo",
        "mezzo": "orale",
        "a_chi": "Alcuni visitatori",
        "sotto_accordo": "no",
    }


def _consents(request: Request) -> Answers:
    return {
        "presa_visione_interessi": True,
        "consenso_informativa": True,
        "consenso_inoltro": True,
        "dichiarazione_veritiera": True,
        "consenso_questionario": True,
        "busta_preferenza": "busta" if _is_idea(request) else "non_serve",
    }


def check(outcome: str) -> Answers:
    """Forward a request to the analysts, or send it back to be corrected."""
    if outcome != "inoltra":
        return {"verifica_esito": outcome}
    return {"verifica_esito": outcome, "titolo_controllato": True, "ricevuta": "stampata"}


def analysis(request: Request, decision: str) -> Answers:
    """Give the analyst's first reading, and how the request goes on."""
    return {
        "urgenza_decisa": "conferma",
        "esigenze": [{"argomento": request.topic, "esito": "da_definire"}],
        "decisione": decision,
        "integrazioni_richieste": "Ci serve la dichiarazione di chi ha già visto l’oggetto.",
        "non_competenza_motivo": "È un corso: se ne occupa la scuola, che hai già contattato.",
        "dichiarazione_conflitto_interessi": True,
    }


def additions() -> Answers:
    """Bring what the analyst asked for."""
    return {"integrazioni_esito": "tutto", "integrazioni_risposta": "Ha portato la dichiarazione firmata."}


def referral(now: datetime) -> Answers:
    """Send the requester on to somebody else."""
    return {
        "rinvio_a": "camera_commercio",
        "rinvio_ente": "Camera di commercio (dimostrativa)",
        "rinvio_contatto": "0125 000 000",
        "rinvio_motivo": "Lo sportello dei contributi è aperto da loro fino a fine anno.",
        "rinvio_accettato": "si",
        "rinvio_entro": (local_date(now) + timedelta(15)).isoformat(),
    }


def invitation(slots: Sequence[str], room: str) -> Answers:
    """Propose up to three times for the meeting, as forms write them."""
    return {
        "proposte": list(slots[:3]),
        "durata": str(MINUTES),
        "modalita": "in_comune",
        "sede": room,
        "sede_accessibile": "si",
        "convocati": ["richiedente", "analista"],
    }


def reply(answer: str, slot: str) -> Answers:
    """Answer an invitation."""
    return {"risposta": answer, "proposta_scelta": slot} if answer == "accetta" else {"risposta": answer}


def meeting(outcome: str) -> Answers:
    """Record whether the meeting was held."""
    if outcome != "svolto":
        return {"incontro_esito": outcome, "assenza_nota": "Ha telefonato dopo: aveva un imprevisto."}
    verbale = "Abbiamo guardato insieme le strade possibili e scelto da dove partire."
    return {"incontro_esito": outcome, "presenti": ["richiedente", "analista"], "verbale": verbale}


def outcomes(request: Request, now: datetime) -> Answers:
    """Close the need with its outcome and the next step."""
    path, reason = PATHS.get(request.topic, OTHERWISE)
    need = {
        "argomento": request.topic,
        "esito": path,
        "motivazione": reason,
        "prossimo_passo": "Ti scriviamo i recapiti e le date.",
        "chi": "analista",
        "entro": (local_date(now) + timedelta(30)).isoformat(),
    }
    return {"esigenze": [need], "ricontatto": "90"}


def withdrawal() -> Answers:
    """Withdraw the request."""
    return {"ritiro_motivo": "tempo", "ritiro_conferma": True}
