"""Diagnose a letter's template in Italian from what typst says in English, without the names of our folders."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

PLACE = re.compile(r"┌─ (?:\S*/)?([^/\s]+\.typ):(\d+):(\d+)")
FOLDERS = re.compile(r" \(searched at [^)]*\)|\(https?://.*")
LONGEST = 200
"""Characters of what a template itself may say when it stops."""
OUTSIDE = "una lettera usa solo i file .typ della sua cartella"
MIXED = "questi valori non si possono mettere insieme"
OTHER_KIND = "qui serve un valore di un altro tipo"
SENTENCES = tuple(
    (re.compile(english), italian)
    for english, italian in (
        (r"unknown variable: (\S+)", "«{0}» non esiste"),
        (r"dictionary does not contain key \"(.*?)\"", "il dato «{0}» non esiste"),
        (r"type \S+ (?:has no method|does not contain field) `(.*?)`", "«{0}» qui non si può usare"),
        (r"cannot access fields on type", "qui non si può scegliere una parte con il punto"),
        (r"unclosed", "quello che si apre qui non si chiude più"),
        (r"unexpected argument: (\S+)", "«{0}» non è un argomento di questa funzione"),
        (r"unexpected argument", "c’è un argomento di troppo"),
        (r"missing argument: (\S+)", "manca l’argomento «{0}»"),
        (r"unresolved import", "il file importato non contiene questo nome"),
        (r"unexpected", "c’è un segno di troppo, o fuori posto"),
        (r"expected .*, found", OTHER_KIND),
        (r"expected", "qui manca qualcosa"),
        (r"PDF/UA-1 error: skipped from heading level (\d) to (\d)", "dopo un titolo {0} non può venire un titolo {1}"),
        (r"PDF/UA-1 error: missing alt text", "l’immagine non ha il testo che la descrive: aggiungi «alt»"),
        (r"PDF/UA-1 error: missing document title", "la lettera non ha un titolo: comincia con «#show: carta.with(…)»"),
        (r"PDF/UA-1 error", "così il PDF non sarebbe accessibile"),
        (r"file not found|escape the project root|access denied", OUTSIDE),
        (r"package", "i pacchetti della rete non si possono usare"),
        (r"panicked(?: with: (.*))?", "la lettera si ferma da sola: {0}"),
        (r"assertion failed", "una condizione della lettera non è vera"),
        (r"maximum .* depth|cyclic import", "qualcosa richiama sé stesso senza fine"),
        (r"condition is always true|infinite", "un ciclo non finisce mai"),
        (r"array index out of bounds|array is empty|string is empty|string index", "l’elenco o il testo è più corto"),
        (r"cannot loop over", "qui serve un elenco"),
        (r"cannot (?:add|join|subtract|multiply|divide|compare|apply)", MIXED),
        (r"label `<(.*?)>` does not exist", "«@{0}» non porta a niente: in un’e-mail si scrive \\@"),
        (r"the character `([“”‘’„«»])` is not valid in code", "«{0}» non può stare qui: le virgolette sono diritte"),
        (r"URL must not be empty", "il collegamento non porta a niente"),
        (r"not valid (?:UTF|utf)-8", "il file non è testo UTF-8"),
        (r"failed to (?:parse|decode|load)", "il contenuto non si legge"),
    )
)
"""The first that fits says it; what typst quotes is put in."""
UNKNOWN = "typst non capisce questo punto"
NO_KEY = "dictionary does not contain key"


@dataclass(frozen=True)
class Mistake:
    """Where a template goes wrong: file, line and column (both 1-based, absent when unknown), and why, in Italian."""

    file: str
    line: int | None
    column: int | None
    said: str
    #: Typst's own words, to look up in its guide; empty where they are ours.
    english: str = ""
    #: Which of the data it was tried with, counted from 0.
    sample: int = 0

    @property
    def stopped(self) -> bool:
        """Say whether it was we who stopped the typesetter."""
        return not self.english


def diagnose(name: str, diagnostic: str, sample: int, known: Collection[str]) -> Mistake:
    """Read file, place and reason from what typst says; ``known`` are the names that data have."""
    place = PLACE.search(diagnostic)
    english = FOLDERS.sub("", diagnostic.partition("\n")[0].removeprefix("error: ")).strip()[:LONGEST]
    file, line, column = (place[1], int(place[2]), int(place[3]) + 1) if place else (name, None, None)
    return Mistake(file, line, column, _italian(english, known), english, sample)


def unknown_fact(name: str, known: Collection[str]) -> str:
    """Say that a letter uses a fact that does not exist, and which one was perhaps meant."""
    near = get_close_matches(name.lower().replace("-", "_"), sorted(known), n=1)
    return f"il dato «{name}» non esiste" + (f": intendevi «{near[0]}»?" if near else "")


def _italian(english: str, known: Collection[str]) -> str:
    for pattern, italian in SENTENCES:
        found = pattern.search(english)
        if found and english.startswith(NO_KEY):
            return unknown_fact(found[1], known)
        if found:
            return italian.format(*(each or "" for each in found.groups())).removesuffix(": ")
    return UNKNOWN
