"""What people type, made into text that a page, a letter and a database can hold; the same for every field.

Unicode's form NFC. What nobody sees or what means nothing outside one program is dropped: controls, invisible marks,
private characters (categories Cc, Cf, Co, and what else Unicode lets a program ignore). Joiners stay where a script
needs them (RFC 5892 appendix A), variation selectors where they follow what they vary.
"""

from __future__ import annotations

from unicodedata import normalize

import regex

JOINING = (
    "Arab",
    "Syrc",
    "Mong",
    "Nkoo",
    "Deva",
    "Beng",
    "Guru",
    "Gujr",
    "Orya",
    "Taml",
    "Telu",
    "Knda",
    "Mlym",
    "Sinh",
    "Khmr",
    "Mymr",
    "Tibt",
)
"""Scripts whose letters change their shape beside a joiner."""
_LETTER = "[" + "".join(rf"\p{{Script={each}}}" for each in JOINING) + "]"
_PICTURE = r"\p{Extended_Pictographic}[\ufe0f\p{Emoji_Modifier}]?"
_JOINER = rf"(?<={_LETTER}|{_PICTURE})[\u200c\u200d](?={_LETTER}|\p{{Extended_Pictographic}})"
_VARIED = r"(?<=[\p{L}\p{N}\p{S}\p{P}])[\ufe00-\ufe0f\U000e0100-\U000e01ef\u180b-\u180d]"
_UNSEEN = r"[\p{Cf}\p{Co}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]|(?!\n)\p{Cc}"
_BREAK = regex.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
_BLANK = regex.compile(r"[\t\p{Zs}\u2800]")
"""U+2800 is Braille’s pattern without a dot: it shows as nothing."""
_NEEDED_OR_UNSEEN = regex.compile(rf"({_JOINER}|{_VARIED})|{_UNSEEN}")
_SHOWN = regex.compile(r"[\p{L}\p{N}\p{P}\p{S}]")
_MANY_BLANKS = regex.compile(r" *\n *| {2,}")
_EMPTY_LINES = regex.compile(r"\n{3,}")


def legible(text: str) -> str:
    """Drop what cannot be seen; blanks become spaces, ends of lines line feeds. Nothing where nothing would be seen."""
    text = _BLANK.sub(" ", _BREAK.sub("\n", text))
    text = normalize("NFC", _NEEDED_OR_UNSEEN.sub(lambda found: found[1] or "", text))
    return text if _SHOWN.search(text) else ""


def line(text: str) -> str:
    """Make text of one line, with single blanks and none around."""
    return " ".join(legible(text).split())


def lines(text: str) -> str:
    """Make text of any number of lines, with single blanks and at most one empty line in a row."""
    folded = _MANY_BLANKS.sub(lambda blanks: "\n" if "\n" in blanks[0] else " ", legible(text))
    return _EMPTY_LINES.sub("\n\n", folded).strip()
