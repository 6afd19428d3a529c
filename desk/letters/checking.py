"""Check the letters of a process before they are deployed, by setting them with invented cases.

A template is a program: the only way to know that it makes a letter is to let it make some. Each letter is tried in a
typesetter of its own, two at a time; whatever was tried once is not tried again, so that a deployment need not set
letters while it holds the database.
"""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from desk.letters import samples
from desk.letters.diagnosis import Mistake, unknown_fact
from desk.letters.typesetting import mistake_in
from engine.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

FOLDER, ENDING = "letters/", ".typ"
SHARED = "_"
"""How the name of a template begins that is no letter but what letters share."""
LARGEST, MOST = 200_000, 30
"""Bytes of a template, and how many a process brings along."""
AT_ONCE = 2
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
"""When the letters are tried: their words do not depend on the day."""
COMMENT = re.compile(r"(?<!:)//[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
FACT = re.compile(r"(?<![\w.-])dati\.([a-z][\w-]*)(?![\w(-])", re.IGNORECASE)
OWN_DATA = re.compile(r"\bfor\s+dati\s+in\b|\blet\s+dati\s*=(?!\s*json\(bytes\(sys\.inputs\.dati\)\))")
"""Where a template calls something else so, nothing can be said of its parts."""
ADVICE = "Correggi la lettera e ricontrollala: i dati che può usare sono nella guida."

Texts = frozenset[tuple[str, bytes]]


def check(documents: Mapping[str, bytes]) -> Iterable[Problem]:
    """Find what keeps the letters among the files of a deployment from being made."""
    found = ((file, text) for file, text in documents.items() if file.startswith(FOLDER) and file.endswith(ENDING))
    return _check(frozenset(found))


@lru_cache(maxsize=8)
def _check(found: Texts) -> tuple[Problem, ...]:
    texts = dict(sorted(found))
    large = [
        _problem(file, Mistake(file, 1, None, "il file è troppo lungo")) for file in texts if _is_large(texts[file])
    ]
    if large or len(texts) > MOST:
        return tuple(large) or (_problem(min(texts), Mistake("", 1, None, f"le lettere sono più di {MOST}")),)
    unknown = [problem for file, text in texts.items() for problem in _unknown_facts(file, text)]
    wrong = {problem.file for problem in unknown}
    tried = () if any(_is_shared(file) for file in wrong) else [file for file in texts if file not in wrong]
    return (*unknown, *_tried(texts, tried), *_unused(texts))


def _is_large(text: bytes) -> bool:
    return len(text) > LARGEST


def _is_shared(file: str) -> bool:
    return file.startswith(FOLDER + SHARED)


def _name(file: str) -> str:
    return file.removeprefix(FOLDER).removesuffix(ENDING)


def _tried(texts: Mapping[str, bytes], files: Iterable[str]) -> Iterator[Problem]:
    letters = [file for file in files if not _is_shared(file)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for mistake in pool.map(lambda file: _try(texts, file), letters):
            if mistake is not None:
                yield _problem(FOLDER + mistake.file, mistake)
            if mistake is not None and mistake.stopped:  # nobody waits for the next one too
                pool.shutdown(cancel_futures=True)
                return


def _try(texts: Mapping[str, bytes], file: str) -> Mistake | None:
    """Set a letter with each of its samples; a mistake that the first does not show says when it shows."""
    tried = samples.of(_name(file))
    mistake = mistake_in(texts, file.removeprefix(FOLDER), list(tried.values()), NOW)
    if mistake is None or mistake.sample == 0:
        return mistake
    said = f"{mistake.said} (provando la lettera «{_name(file)}» {list(tried)[mistake.sample]})"
    return Mistake(mistake.file, mistake.line, mistake.column, said, mistake.english)


def _unknown_facts(file: str, source: bytes) -> Iterator[Problem]:
    """Find facts that do not exist also where no sample leads."""
    text = source.decode(errors="replace")
    if OWN_DATA.search(text):
        return
    text = COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), text)
    known = samples.names(None if _is_shared(file) else _name(file))
    for fact in FACT.finditer(text):
        if fact[1] not in known:
            line, column = text.count("\n", 0, fact.start(1)) + 1, fact.start(1) - text.rfind("\n", 0, fact.start(1))
            yield _problem(file, Mistake(file, line, column, unknown_fact(fact[1], known)))


def _problem(file: str, mistake: Mistake) -> Problem:
    place = f"colonna {mistake.column}: " if mistake.column else ""
    said = f"{place}{mistake.said}"
    english = f" Typst dice in inglese: «{mistake.english}»." if mistake.english else ""
    message = f"{said[:1].upper()}{said[1:]}" + ("" if said.endswith("?") else ".")
    advice = f"{ADVICE}{english}"
    where = (file, mistake.line or 1, "", _name(file))
    return Problem(*where, "unsupported", "letter-text", message, advice, mistake.column or 0)


def _unused(texts: Mapping[str, bytes]) -> Iterator[Problem]:
    """Find what letters could share and none of them does; every letter can be printed from the pages."""
    for file in filter(_is_shared, texts):
        called = f'"{file.removeprefix(FOLDER)}"'.encode()
        if not any(called in text for other, text in texts.items() if other != file):
            message = f"Nessuna lettera usa «{file.removeprefix(FOLDER)}»."
            advice = "Importalo in una lettera, o togli il file."
            yield Problem(file, 1, "", _name(file), "advice", "orphan-letter", message, advice)
