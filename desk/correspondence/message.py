"""Read a message that a designer wrote, Markdown with its subject on top, and put facts into it by name.

A file begins with its subject between two lines of dashes::

    ---
    oggetto: Sportello per l’innovazione – convocazione {{ numero }}
    ---
    Gentile {{ richiedente }},

``{{ name }}`` inserts a fact of ``desk.correspondence.facts``; nothing is evaluated. A line that inserts a list is
written once for each of its items, a line that inserts something unknown is left out. Facts are text: what looks like
Markdown in them stays as it is typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from html import escape
from typing import TYPE_CHECKING

import nh3
import yaml
from markdown_it import MarkdownIt

from desk.correspondence.facts import NAMES
from desk.correspondence.plain import plain
from desk.errors import UnusableMessage

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

SUBJECT = "oggetto"
IN_A_SUBJECT = frozenset({"numero", "comune"})
"""A subject is read by whoever glances at a screen: it names nobody and says nothing of the meeting."""
LONGEST = 20_000
"""Bytes of a message's file: some thirty times what a message needs."""
ONLY_A_SUBJECT = "il messaggio comincia con tre righe: «---», «oggetto: …», «---»"
UNREADABLE_SUBJECT = "l’oggetto non si legge: scrivilo tra virgolette"
_FILE = re.compile(r"\A---\n(?P<head>.*?)\n---\n(?P<body>.*)\Z", re.DOTALL)
_INSERT = re.compile(r"\{\{([^{}]*)\}\}")
_BROKEN = re.compile(r"\{\{+|\}\}+|\{%|\{\s*\w+\s*\}")
_AS_A_NAME = re.compile(r"[\s-]+")
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_PARSER = MarkdownIt("commonmark", {"html": False}).disable("image")
_TAGS = {"p", "br", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "a", "h1", "h2", "h3", "hr"}
_SCHEMES = {"http", "https", "mailto", "tel"}


@dataclass(frozen=True)
class Message:
    """A message ready to be sent: its subject, and the same words as plain text and as a whole HTML page."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Template:
    """A message before the facts are put in."""

    name: str
    subject: str
    body: str

    def inserts(self, name: str) -> bool:
        """Say whether the text inserts a fact."""
        return name in map(_named, _INSERT.finditer(self.body))

    def render(self, facts: Mapping[str, str | list[str]]) -> Message:
        """Put the facts in.

        Raises:
            UnusableMessage: it inserts a name that is none of the facts, or its subject more than it may say.

        """
        wrong = _wrong(self, facts.keys() | NAMES)
        if wrong:
            raise UnusableMessage(self.name, "; ".join(wrong))
        written = "\n".join(_lines(self.body, facts))
        subject = " ".join(_put(self.subject, facts, literal=False).split())
        return Message(subject, plain(_PARSER.parse(written)), _page(subject, _PARSER.render(written)))


def read(name: str, source: bytes) -> Template:
    """Read a message's file; ``name`` is how a refusal calls it.

    Raises:
        UnusableMessage: it is no text, too long, or it does not begin with its subject.

    """
    head, body = parts(name, source)
    try:
        told = yaml.safe_load(head)
    except (yaml.YAMLError, RecursionError) as unreadable:
        raise UnusableMessage(name, UNREADABLE_SUBJECT) from unreadable
    if not isinstance(told, dict) or set(told) != {SUBJECT}:
        raise UnusableMessage(name, ONLY_A_SUBJECT)
    if not isinstance(told[SUBJECT], str) or not told[SUBJECT].strip():
        raise UnusableMessage(name, UNREADABLE_SUBJECT)
    return Template(name, told[SUBJECT], body.strip("\n"))


def parts(name: str, source: bytes) -> tuple[str, str]:
    """Part a message's file into the lines of its subject and its body, as they are typed.

    Raises:
        UnusableMessage: it is no text, too long, or not made of these two.

    """
    if len(source) > LONGEST:
        raise UnusableMessage(name, f"è troppo lungo: al massimo {LONGEST // 1000} kB")
    try:
        found = _FILE.match(source.decode().replace("\r\n", "\n"))
    except UnicodeDecodeError as unreadable:
        raise UnusableMessage(name, "non si legge: salvalo come testo UTF-8") from unreadable
    if found is None:
        raise UnusableMessage(name, ONLY_A_SUBJECT)
    return found["head"], found["body"]


@dataclass(frozen=True)
class MessageFlaw:
    """What keeps a message from being sent: at which character of a text, and an Italian sentence without its end."""

    at: int
    said: str


def flaws(text: str, known: Collection[str], sayable: Collection[str] | None = None) -> Iterator[MessageFlaw]:
    """Find what is wrong with the inserts of a text, in order; ``sayable`` are the names that a subject may insert."""
    for found in _INSERT.finditer(text):
        name, at = _named(found), found.end(1) - len(found[1].lstrip())
        if name not in known:
            yield MessageFlaw(at, _unknown(name, known))
        elif sayable is not None and name not in sayable:
            yield MessageFlaw(at, f"l’oggetto non può dire «{name}»")
    left = _INSERT.sub(lambda found: " " * len(found[0]), text)
    for broken in _BROKEN.finditer(left):
        yield MessageFlaw(
            broken.start(), f"«{broken[0]}» non è un fatto: si scrive «{{{{ nome }}}}», con due graffe per parte"
        )


def _named(insert: re.Match[str]) -> str:
    return insert[1].strip()


def _unknown(name: str, known: Collection[str]) -> str:
    if not name:
        return "tra le graffe manca il nome di un fatto"
    near = get_close_matches(_AS_A_NAME.sub("_", name.lower()), sorted(known), n=1)
    return f"il nome «{name}» non esiste" + (f": intendevi «{near[0]}»?" if near else "")


def _wrong(template: Template, known: Collection[str]) -> list[str]:
    found = (*flaws(template.body, known), *flaws(template.subject, known, IN_A_SUBJECT))
    return list(dict.fromkeys(flaw.said for flaw in found))


def _lines(body: str, facts: Mapping[str, str | list[str]]) -> Iterator[str]:
    for line in body.split("\n"):
        values = {name: facts.get(name, "") for name in map(_named, _INSERT.finditer(line))}
        if not all(values.values()):
            continue
        longest = max((len(value) for value in values.values() if isinstance(value, list)), default=1)
        for index in range(longest):
            yield _put(line, {name: _item(value, index) for name, value in values.items()}, literal=True)


def _item(value: str | list[str], index: int) -> str:
    if isinstance(value, list):
        return value[index] if index < len(value) else ""
    return value


def _put(text: str, facts: Mapping[str, str | list[str]], *, literal: bool) -> str:
    """Put facts into one line; ``literal`` keeps Markdown from reading them as its own."""

    def value(found: re.Match[str]) -> str:
        words = " ".join(str(facts.get(_named(found), "")).split())
        return _PUNCTUATION.sub(r"\\\1", words) if literal else words

    return _INSERT.sub(value, text)


def _page(subject: str, drawn: str) -> str:
    clean = nh3.clean(drawn, tags=_TAGS, attributes={"a": {"href"}}, url_schemes=_SCHEMES)
    title = escape(subject)
    return (
        f'<!doctype html>\n<html lang="it"><head><meta charset="utf-8"><title>{title}</title></head>\n'
        f"<body>\n{clean}</body></html>\n"
    )
