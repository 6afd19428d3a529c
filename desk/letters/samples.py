"""Samples: invented cases with which letters are tried, where all, next to nothing or far too much is known.

Each kind of letter is tried with every fact that it may get, under the same names, and with each of them missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desk.letters.drawn_code import drawn_code

if TYPE_CHECKING:
    from collections.abc import Mapping

    Data = Mapping[str, Any]

FINGERPRINT = "0123456789abcdef" * 4
LINK = "https://sportello.example/segui?numero=SI-2026-A001-0001"
DAY = "martedì 1 dicembre"
FACTS: Data = {
    "numero": "SI-2026-A001-0001",
    "richiedente": "Ada Esempio",
    "destinatario": "Ada Esempio",
    "comune": "Comune Esempio",
    "indirizzo": "Via Dimostrativa 1",
    "sede": "Via Dimostrativa 1, 10010 Comune Esempio (TO)",
    "sala": "Sala consiliare",
    "accessibilita": "Si entra senza scalini.",
    "telefono": "0125 000 000",
    "email_sportello": "sportello@comune.example",
    "analista": "Sara Prova",
    "referente": "Marta Prova",
    "durata": "45 minuti",
    "modalita": "in Comune",
    "proposte": [f"{DAY}, dalle 9:00 alle 9:45", "giovedì 7 gennaio 2027, dalle 16:00 alle 16:45"],
    "appuntamento": "",
    "entro": "lunedì 30 novembre",
    "da_portare": ["un documento d’identità", "la ricevuta della richiesta"],
    "oggi": "lunedì 23 novembre",
    "data": "lunedì 23 novembre 2026",
    "link": LINK,
    "link_pratica": "https://sportello.example/pratiche/SI-2026-A001-0001",
    "dimostrazione": False,
    "programma": "Programma Esempio",
    "azienda": "Azienda Esempio",
    **drawn_code(LINK),
}
"""The facts that every letter gets."""
OPTIONAL = ("richiedente", "destinatario", "indirizzo", "sala", "accessibilita", "telefono", "email_sportello")
ENDLESS = "Massimiliano-Bartolomeo " * 6 + "Precipitevolissimevolmente" * 4
MARKUP = '#panic("x") $x$ *b* _i_ \\ @a <b> "q" // /* [c] {d} `e` ~ '
KINDS: Mapping[str, Data] = {
    "convocazione": {},
    "ricevuta": {
        "ricevuta_il": f"{DAY} 2026 alle 9:41",
        "titolo": "Attrezzo per la potatura",
        "firmatario": "Bruno Esempio (genitore), 333 000 0001",
        "chiesto": "Brevetto",
        "inoltro_entro": "venerdì 4 dicembre 2026",
        "inoltrata": False,
        "impronta": FINGERPRINT,
        "impronta_il": f"{DAY} 2026 alle 9:41",
        "busta_piena": False,
        "ha_codice": True,
        "codice": "ABCD-EFGH-JKLM",
    },
    "busta": {"depositi": [{"quando": f"{DAY} 2026 alle 9:41", "impronta": FINGERPRINT}] * 2},
    "accordo": {
        "versione": "1",
        "lettori": [{"nome": "Sara Prova", "ruolo": "analista di Azienda Esempio"}],
        "minorenne": False,
        "firmatario": "Bruno Esempio (genitore), 333 000 0001",
    },
    "dati": {
        "sezioni": [
            {"titolo": "La tua richiesta", "voci": [{"nome": "Numero", "valore": "SI-2026-A001-0001\nseconda riga"}]},
            {"titolo": "Impronte dei depositi", "voci": [{"nome": DAY, "valore": FINGERPRINT}]},
        ]
    },
}
"""What each kind of letter gets beside them, as ``contents`` gathers it."""
ALWAYS_THERE = frozenset({"sezioni", "depositi", "da_portare"})
"""Lists that are never empty: the letter is not written without."""


def of(letter: str) -> dict[str, Data]:
    """Give the data to try a letter with, by the words that say what is special about them."""
    full = {**FACTS, **KINDS.get(letter, {})}
    fixed = {"appuntamento": FACTS["proposte"][0], "proposte": []}
    told = {name: _turned(value) for name, value in full.items() if name in KINDS.get(letter, {})}
    return {
        "con tutti i dati": full,
        "con un incontro già fissato": {**full, **fixed},
        "con un incontro a distanza": {
            **full,
            "modalita": "a distanza",
            "indirizzo": "",
            "sala": "",
            "accessibilita": "",
        },
        "senza telefono né e-mail": {**full, "telefono": "", "email_sportello": ""},
        "senza indirizzo né sala": {**full, "indirizzo": "", "sala": "", "accessibilita": ""},
        "senza l’indirizzo del sito": {**full, **drawn_code(""), "link": "/segui?numero=SI-2026-A001-0001"},
        "con quasi niente": {**full, **_emptied(full, letter), **drawn_code("")},
        "con le altre risposte": {**full, **told, "dimostrazione": True},
        "con nomi e testi molto lunghi": {**full, **_written(full, ENDLESS)},
        "con i segni di typst nei testi": {**full, **_written(full, MARKUP)},
    }


def names(letter: str | None) -> frozenset[str]:
    """Give the names of the facts of a letter; of any letter, for what letters share."""
    kinds = [KINDS.get(letter, {})] if letter is not None else KINDS.values()
    return frozenset(FACTS).union(*kinds)


def _turned(value: object) -> object:
    """Answer the other way: yes for no, nothing for something."""
    return not value if isinstance(value, bool) else value


def _emptied(full: Data, letter: str) -> dict[str, Any]:
    """Take away all that may be unknown; an invitation has times or a time, whatever else is missing."""
    kept = ALWAYS_THERE | ({"proposte"} if letter == "convocazione" else set())
    texts = {name: "" for name in full if name in (*OPTIONAL, "analista", "referente", "modalita", "titolo", "chiesto")}
    texts |= {name: "" for name in full if name in ("inoltro_entro", "impronta", "impronta_il", "codice", "firmatario")}
    return texts | {name: [] for name, value in full.items() if isinstance(value, list) and name not in kept}


def _written(full: Data, text: str) -> dict[str, Any]:
    """Put a text where people write: names, places, titles and the rows of lists."""
    theirs = (
        *OPTIONAL,
        "analista",
        "referente",
        "comune",
        "sede",
        "titolo",
        "chiesto",
        "firmatario",
        "programma",
        "azienda",
    )
    rows = {name: [_row(each, text) for each in value] for name, value in full.items() if isinstance(value, list)}
    return {name: text for name in full if name in theirs} | rows


def _row(row: object, text: str) -> object:
    """Put a text in place of every text of a row."""
    if isinstance(row, dict):
        return {name: _row(value, text) for name, value in row.items()}
    return [_row(each, text) for each in row] if isinstance(row, list) else text
