"""Say the requester's own data in words, chapter by chapter, for the letter that prints them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from web.words.dates import date_words, hour_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

TITLES = {
    "richiesta": "La tua richiesta",
    "convocazione": "L’incontro",
    "documenti": "I tuoi documenti",
    "busta_riservata": "La busta riservata",
    "messaggi": "I messaggi che ti abbiamo mandato",
    "depositi": "Impronte dei depositi",
    "cronologia": "Che cosa è successo",
}


def chapters(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Give the letter's ``sezioni``: a title and lines of name and value each; empty ones are left out."""
    answers = [_step(step) for step in data["risposte"]]
    first, *others = (_chapter(key, data[key]) for key in TITLES)
    left_out = {"titolo": "Che cosa non c’è", "voci": [_line("Non stampato", data["nota"])]}
    return [chapter for chapter in (first, *answers, *others, left_out) if chapter["voci"]]


def _step(step: Mapping[str, Any]) -> dict[str, Any]:
    lines = [_line(each["domanda"], _answer(each)) for part in step["parti"] for each in part["voci"]]
    return {"titolo": f"{step['passo']}, {_words(step['quando'])}", "voci": lines}


def _answer(answer: Mapping[str, Any]) -> str:
    if "righe" not in answer:
        return str(answer["risposta"])
    rows = ("; ".join(f"{each['domanda']}: {_answer(each)}" for each in row) for row in answer["righe"])
    return "\n".join(rows)


def _chapter(key: str, held: Any) -> dict[str, Any]:
    lines = [ENTRIES[key](each) for each in held] if isinstance(held, list) else list(_lines(held or {}))
    return {"titolo": TITLES[key], "voci": lines}


def _document(held: Mapping[str, Any]) -> dict[str, str]:
    return _line(held["nome"], f"{held['tipo']}, {held['byte']} byte, {_words(held['aggiunto_il'])}")


def _mail(held: Mapping[str, Any]) -> dict[str, str]:
    return _line(_words(held["scritto_il"]), f"{held['oggetto']}, a {held['a']}")


def _deposit(held: Mapping[str, Any]) -> dict[str, str]:
    return _line(_words(held["depositato_il"]), f"{held['che_cosa']}: {held['sha256']}")


def _event(held: Mapping[str, Any]) -> dict[str, str]:
    return _line(_words(held["quando"]), " ".join(filter(None, (held["chi"], held["che_cosa"]))))


ENTRIES: Mapping[str, Callable[[Mapping[str, Any]], dict[str, str]]] = {
    "documenti": _document,
    "messaggi": _mail,
    "depositi": _deposit,
    "cronologia": _event,
}
"""How one entry of a list becomes a line: what it is called by, and the rest."""


def _lines(held: Mapping[str, Any]) -> Iterable[dict[str, str]]:
    for name, value in held.items():
        words = _words(value)
        if words:
            yield _line(_name(name), words)


def _words(value: Any) -> str:
    """Write a value as people read it; nothing for what is not there."""
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return "sì" if value else "no"
    if isinstance(value, list):
        return "\n".join(_listed(each) for each in value)
    return _moment(str(value))


def _listed(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{line['nome']}: {line['valore']}" for line in _lines(value))
    return _words(value)


def _moment(text: str) -> str:
    """Write a time as people say it, and any other text as it is."""
    try:
        moment = datetime.fromisoformat(text) if "T" in text else None
    except ValueError:
        return text
    return f"{date_words(moment)}, ore {hour_words(moment)}" if moment else text


def _name(member: str) -> str:
    words = NAMES.get(member, member.replace("_", " "))
    return words[:1].upper() + words[1:]


def _line(name: str, value: str) -> dict[str, str]:
    return {"nome": name, "valore": value}


NAMES = {
    "email": "e-mail",
    "come_e_finita": "com’è finita",
    "perche": "perché",
    "rifiutata_perche": "rifiutata perché",
    "chi_l_ha_vista": "chi l’ha vista",
    "sha256": "impronta SHA-256",
    "conclusa_il": "conclusa",
    "ricevuta_il": "ricevuta",
    "inoltrata_il": "inoltrata",
}
