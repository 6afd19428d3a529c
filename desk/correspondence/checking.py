"""Check the messages of a process before they are deployed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desk.correspondence.facts import NAMES
from desk.correspondence.message import IN_A_SUBJECT, flaws, parts, read
from desk.errors import UnusableMessage
from engine.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FOLDER, ENDING = "messages/", ".md"
RULE = "message-text"
ADVICE = "Usa solo i nomi dei fatti neutri elencati nella guida, e nell’oggetto soltanto numero e comune."


def check(documents: Mapping[str, bytes]) -> Iterator[Problem]:
    """Find what keeps the messages among the files of a deployment from being sent."""
    for file, source in sorted(documents.items()):
        if file.startswith(FOLDER) and file.endswith(ENDING):
            yield from _check(file, source)


def _check(file: str, source: bytes) -> Iterator[Problem]:
    name = file.removeprefix(FOLDER).removesuffix(ENDING)
    try:
        yield from _flawed(file, name, source)
        if not read(name, source).body.strip():
            yield _problem(file, name, 1, "il messaggio è vuoto sotto il suo oggetto")
    except UnusableMessage as refusal:
        yield _problem(file, name, 1, refusal.problem)


def _flawed(file: str, name: str, source: bytes) -> Iterator[Problem]:
    """Find the inserts that cannot be put in, each with its line and column in the file."""
    head, body = parts(name, source)
    opening, closing = "---\n", "\n---\n"
    found = [(len(opening) + flaw.at, flaw.said) for flaw in flaws(head, NAMES, IN_A_SUBJECT)]
    start = len(opening + head + closing)
    found += [(start + flaw.at, flaw.said) for flaw in flaws(body, NAMES)]
    text = opening + head + closing + body
    for at, said in found:
        before = text[:at]
        column = at - (before.rfind("\n") + 1) + 1
        found_at = _problem(file, name, before.count("\n") + 1, f"colonna {column}: {said}")
        yield replace(found_at, column=column)


def _problem(file: str, name: str, line: int, said: str) -> Problem:
    told = f"{said[:1].upper()}{said[1:]}"
    return Problem(file, line, "", name, "unsupported", RULE, told if told.endswith("?") else f"{told}.", ADVICE)
