"""Messages as designers write them: Markdown with its subject on top, into which facts are put by name.

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
_FILE = re.compile(r"\A---\n(?P<head>.*?)\n---\n(?P<body>.*)\Z", re.DOTALL)
_INSERT = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
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
        return name in _INSERT.findall(self.body)

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
        UnusableMessage: it is no text, or it does not begin with its subject.

    """
    try:
        found = _FILE.match(source.decode().replace("\r\n", "\n"))
        head = yaml.safe_load(found["head"]) if found else None
    except (UnicodeDecodeError, yaml.YAMLError) as unreadable:
        raise UnusableMessage(name, "non si legge") from unreadable
    if found is None or not isinstance(head, dict) or set(head) != {SUBJECT} or not isinstance(head[SUBJECT], str):
        raise UnusableMessage(name, "deve cominciare con il suo oggetto, tra due righe di trattini")
    return Template(name, head[SUBJECT], found["body"].strip("\n"))


def problems(name: str, source: bytes) -> list[str]:
    """Say in Italian what keeps a message from being sent, without any case at hand."""
    try:
        return _wrong(read(name, source), NAMES)
    except UnusableMessage as refusal:
        return [refusal.problem]


def _wrong(template: Template, known: Collection[str]) -> list[str]:
    found = _unknown(template.body, known) + _unknown(template.subject, known)
    told = [f"il nome «{name}» non esiste" for name in dict.fromkeys(found)]
    loud = [name for name in _INSERT.findall(template.subject) if name in known and name not in IN_A_SUBJECT]
    return told + [f"l’oggetto non può dire «{name}»" for name in dict.fromkeys(loud)]


def _unknown(text: str, known: Collection[str]) -> list[str]:
    left = _INSERT.sub("", text)
    broken = ["{{"] if "{{" in left or "}}" in left else []
    return [name for name in _INSERT.findall(text) if name not in known] + broken


def _lines(body: str, facts: Mapping[str, str | list[str]]) -> Iterator[str]:
    for line in body.split("\n"):
        values = {name: facts.get(name, "") for name in _INSERT.findall(line)}
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
        words = " ".join(str(facts.get(found[1], "")).split())
        return _PUNCTUATION.sub(r"\\\1", words) if literal else words

    return _INSERT.sub(value, text)


def _page(subject: str, drawn: str) -> str:
    clean = nh3.clean(drawn, tags=_TAGS, attributes={"a": {"href"}}, url_schemes=_SCHEMES)
    title = escape(subject)
    return (
        f'<!doctype html>\n<html lang="it"><head><meta charset="utf-8"><title>{title}</title></head>\n'
        f"<body>\n{clean}</body></html>\n"
    )
