"""Titles and notes that many may read: they say what a thing is for, never how it works.

A disclosure before filing takes away a patent's novelty (CPI art. 46), so words that introduce a mechanism, a
composition or a measure are refused. The check errs on the safe side; what may follow «con» without harm (people,
offices, business) is listed.
"""

from __future__ import annotations

import re

from engine.forms.asking import Unreadable

_MEANS = (
    r"mediante|per mezzo d\w+|grazie a\w*|attraverso|tramite|"
    r"(?:che )?(?:utilizza|usa|sfrutta|impiega)(?:ndo|no)?|"
    r"basat[oaie] s\w+|a base di|compost[oaie] d\w+|format[oaie] d\w+|costituit[oaie] d\w+|fatt[oaie] (?:di|con)|"
    r"dotat[oaie] d\w+|munit[oaie] d\w+|provvist[oaie] d\w+|equipaggiat[oaie] (?:di|con)|"
    r"azionat[oaie] d\w+|comandat[oaie] d\w+|moss[oaie] d\w+|alimentat[oaie] (?:a|d\w+)|"
    r"(?:che )?funzionant[ei]|che funziona\w*|funziona (?:con|a|grazie)\w*|"
    r"in cui|nel quale|nella quale|dove il|dove la|in modo (?:da|che)|così da|"
    r"contenente|contenenti|che contiene|con"
)
_MEASURE = re.compile(
    r"\b\d+(?:[.,]\d+)?\s?(?:%|°c?|gradi|mm|cm|nm|µm|micron|metri|kg|g|mg|ml|litri|v|volt|w|watt|kw|a|ampere|hz|khz|mhz|ghz|"
    r"bar|rpm|giri|parti)(?!\w)",
    re.IGNORECASE,
)
_INTRODUCTION = re.compile(rf"\b(?:{_MEANS})\b(?=\s+\S)[^.;:!?]*", re.IGNORECASE)
_ARTICLES = r"(?:(?:il|lo|la|i|gli|le|l|un|uno|una|altr[oaie]|nuov[oaie]|più|propri[oae]?|grandi|piccol[ie])[’'\s]\s*)*"
_HARMLESS = re.compile(
    rf"(?:con|tramite|attraverso|mediante|grazie a\w*)\s+{_ARTICLES}(?:"
    r"cui|chi|me|noi|voi|loro|tutti|"
    r"disabilit\w*|difficolt\w*|bisogni|esigenze|allergi\w*|"
    r"persone|person\w*|bambin\w*|ragazz\w*|giovani|anzian\w*|animali|famigli\w*|pubblico|client\w*|utent\w*|cittadin\w*|"
    r"comun[ei]|ent[ei]|scuol\w*|universit\w*|associazion\w*|impres\w*|aziend\w*|ditt\w*|soci\w*|partner|"
    r"fornitor\w*|artigian\w*|agricoltor\w*|investitor\w*|banc\w*|professionist\w*|consulen\w*|"
    r"internet|e-commerce|social|web|vendita|negozi\w*|mercat\w*|"
    r"band[oi]|voucher|finanziament\w*|contribut\w*|brevett\w*|march\w*|licenz\w*|accord\w*|contratt\w*|"
    r"formazion\w*|stage|cors[oi]|aiut\w*|supporto"
    r")\b",
    re.IGNORECASE,
)
_MECHANISM = re.compile(
    r"\b(?:mediante|per mezzo d\w+|"
    r"(?:che )?(?:utilizza|sfrutta|impiega)(?:ndo|no)?|"
    r"basat[oaie] s\w+|a base di|compost[oaie] d[aei]\w*|costituit[oaie] d\w+|fatt[oaie] (?:di|con)|"
    r"dotat[oaie] d\w+|munit[oaie] d\w+|provvist[oaie] d\w+|equipaggiat[oaie] (?:di|con)|"
    r"azionat[oaie] d\w+|comandat[oaie] d\w+|moss[oaie] d\w+|alimentat[oaie] (?:a|d\w+)|"
    r"(?:che )?funziona(?:nte|nti)? (?:con|a|grazie)\w*|contenent[ei])\b(?=\s+\S)[^.;:!?\n]*",
    re.IGNORECASE,
)
"""What tells a mechanism wherever it stands; in a note people also speak «con» one another."""
_EXAMPLE = "Attrezzo per la potatura"
_WORDS_ENOUGH = 2


def plain_title(text: str) -> str:
    """Return a title that says nothing of how the thing works; else raise ``Unreadable`` naming the words to drop."""
    title = " ".join(text.split())
    telling = _telling(title)
    if telling is None:
        return title
    raise Unreadable(
        f"«{telling}» spiega come funziona. Scrivi solo l’ambito, per esempio «{_safe(title, telling)}».",
        "sembra spiegare come funziona l’idea",
    )


def plain_note(text: str) -> str:
    """Return a note that says nothing of how the thing works; else raise ``Unreadable`` naming the words to drop."""
    found = next((each[0] for each in _MECHANISM.finditer(text) if not _HARMLESS.match(each[0])), None)
    telling = found or (measure[0] if (measure := _MEASURE.search(text)) else None)
    if telling is None:
        return text
    raise Unreadable(
        f"«{telling.strip(' ,')}» spiega come funziona. Qui scrivi solo a che cosa serve: il resto va nella busta "
        "riservata, dopo l’accordo.",
        "sembra spiegare come funziona l’idea",
    )


def _telling(title: str) -> str | None:
    for found in _INTRODUCTION.finditer(title):
        if not _HARMLESS.match(found[0]):
            return found[0].strip(" ,")
    measure = _MEASURE.search(title)
    return measure[0] if measure else None


def _safe(title: str, telling: str) -> str:
    """Offer what is left of the title before the telling words, or a fixed example when too little is left."""
    before = re.sub(r"[\s,;:–-]+(?:e|a|da|di|che|per)?\s*$", "", title[: title.index(telling)])
    return before if len(before.split()) >= _WORDS_ENOUGH and not _telling(before) else _EXAMPLE
