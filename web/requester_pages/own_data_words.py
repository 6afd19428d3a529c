"""The requester's own data in words, chapter by chapter, for the letter that prints them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from web.filters import date_words, hour_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TITLES = {
    "richiesta": "La tua richiesta",
    "convocazione": "L’incontro",
    "documenti": "I tuoi documenti",
    "busta_riservata": "La busta riservata",
    "messaggi": "I messaggi che ti abbiamo mandato",
    "depositi": "Impronte dei depositi",
    "cronologia": "Che cosa è successo",
}
LEFT_OUT = ("testo", "contenuto_depositato")
"""Members too long for paper; the JSON file has them."""


def chapters(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Give the letter's ``sezioni``: a title and lines of name and value each; empty ones are left out."""
    answers = [_step(step) for step in data["risposte"]]
    others = [(key, _chapter(TITLES[key], data[key])) for key in TITLES]
    ordered = [others[0][1], *answers, *(each for _, each in others[1:])]
    return [chapter for chapter in ordered if chapter["voci"]]


def _step(step: Mapping[str, Any]) -> dict[str, Any]:
    lines = [_line(each["domanda"], _answer(each)) for part in step["parti"] for each in part["voci"]]
    return {"titolo": f"{step['passo']}, {_words(step['quando'])}", "voci": lines}


def _answer(answer: Mapping[str, Any]) -> str:
    if "righe" not in answer:
        return str(answer["risposta"])
    rows = ("; ".join(f"{each['domanda']}: {_answer(each)}" for each in row) for row in answer["righe"])
    return "\n".join(rows)


def _chapter(title: str, held: Any) -> dict[str, Any]:
    if isinstance(held, list):
        return {"titolo": title, "voci": [_entry(place, each) for place, each in enumerate(held, 1)]}
    return {"titolo": title, "voci": list(_lines(held or {}))}


def _entry(place: int, held: Mapping[str, Any]) -> dict[str, str]:
    return _line(str(place), "; ".join(f"{line['nome']}: {line['valore']}" for line in _lines(held)))


def _lines(held: Mapping[str, Any]) -> Iterable[dict[str, str]]:
    for name, value in held.items():
        if name not in (*LEFT_OUT, "contenuto") or isinstance(value, list):
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
