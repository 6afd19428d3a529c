"""What people write by habit, from Italian, from a word processor or from another language, and what FEEL says instead.

Only words for whoever made the mistake: nothing here decides what can be read.
"""

from __future__ import annotations

import re
from typing import Final

_CHOICE: Final = "una scelta si scrive «if … then … else …», in inglese e in minuscolo."
_QUOTES: Final = 'i testi vanno tra virgolette doppie e diritte: "così".'
_DATE: Final = 'una data si scrive date("2026-12-31"): anno, mese, giorno.'
_GROUPED: Final = "un numero si scrive senza punti per le migliaia: 1000000."
_RANGE: Final = "un intervallo ha due punti e le parentesi: [0..19]."

#: What stands just before the place, what stands there, and what to say; the first that fits.
_HABITS: Final = tuple(
    (re.compile(f"(?:{before})\\Z"), re.compile(there, re.IGNORECASE), said)
    for before, there, said in (
        ("", r"[“”„‟«»″'‘’‚‹›`]|\"[^\"]*[“”»]", _QUOTES),
        ("=", "=", "l’uguale è uno solo: «=»."),
        ("<", ">", "«diverso da» si scrive «!=»."),
        ("=", ">", "«maggiore o uguale» si scrive «>=»."),
        ("=", "<", "«minore o uguale» si scrive «<=»."),
        ("", "≥", "«maggiore o uguale» si scrive «>=»."),
        ("", "≤", "«minore o uguale» si scrive «<=»."),
        ("", "≠", "«diverso da» si scrive «!=»."),
        ("", "&", "si scrive «and»."),
        ("", r"\|", "si scrive «or»."),
        ("", "!", "la negazione si scrive «not(…)»."),
        ("", r"(?:and|ed?)\b", "si scrive «and», in minuscolo."),
        ("", r"(?:or|o|oppure)\b", "si scrive «or», in minuscolo."),
        ("", r"(?:then|else|allora|altrimenti|se no|sennò)\b|\?", _CHOICE),
        (r"\d", r",\s?\d", "i decimali vogliono il punto: 10.5. Più valori vanno tra parentesi: (1, 2)."),
        (r"\b\d{1,2}\.\d{1,2}", r"\.\d{4}\b", _DATE),
        (r"\d\.\d{3}", r"\.\d{3}", _GROUPED),
        (r"[\w)\]]\s*", r"\.\.|…", _RANGE),
        ("", ";", "il punto e virgola non serve: gli argomenti si separano con una virgola."),
        ("", "%", "il segno % non si usa: 10 per cento si scrive 0.10."),
        ("", "[€$£]", "si scrive solo il numero, senza la moneta."),
        ("", "[–—−]", "il meno è il trattino semplice: «-»."),
        (r"\A\s*", r"\*", "dove tutto va bene la cella resta vuota, o ha «-»."),
        (r"\bnot\s+", ".", "«not» vuole le parentesi: not(…)."),
    )
)  # fmt: skip
#: Names that nobody gives a variable, and what was meant.
_WORDS: Final = {
    **dict.fromkeys(("vero", "sì", "si", "true", "yes"), "«vero» si scrive true, in minuscolo."),
    **dict.fromkeys(("falso", "false", "no"), "«falso» si scrive false, in minuscolo."),
    **dict.fromkeys(("nullo", "vuoto", "niente", "null", "none"), "«nessun valore» si scrive null, in minuscolo."),
}
_LENGTH: Final = re.compile(r"P(\d+[YMWD])*(T(\d+[HMS])+)?", re.IGNORECASE)


def habit(text: str, at: int) -> str:
    """Say what to write instead of what stands at an offset of a text; empty where nothing is known of it."""
    before = text[max(0, at - 40) : at]
    for behind, there, said in _HABITS:
        if there.match(text, at) and behind.search(before):
            return said
    return ""


def instead(message: str, text: str, at: int) -> str:
    """Let what is known of a habit go on from what is wrong; a sentence each."""
    said = habit(text, at)
    return f"{message.removesuffix('.')}: {said}" if said else message


def meant(name: str) -> str:
    """Say what to write instead of a name that does not exist; empty where nothing is known of it."""
    known = _WORDS.get(name.lower())
    if known is not None:
        return known
    if _LENGTH.fullmatch(name):
        return f'una durata si scrive duration("{name.upper()}").'
    return "«not» vuole le parentesi: not(…)." if name.lower().startswith("not ") else ""
