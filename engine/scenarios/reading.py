"""Read scenarios from YAML files. A file whose name begins with an underscore holds what all of its folder share."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import yaml

from engine.documents import content
from engine.errors import EngineError
from engine.identity import Actor
from engine.scenarios.script import Action, Complete, Expect, Scenario, Send, WaitFor

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FOLDER = "scenarios"
_TOP = {"titolo", "processo", "inizio", "persone", "avvio", "risposte", "operazioni", "passi"}
_STEPS: dict[str, set[str]] = {
    "completa": {"completa", "da", "risposte", "rifiutata"},
    "messaggio": {"messaggio", "da", "risposte"},
    "attendi": {"attendi"},
    "atteso": {"atteso"},
}
_WORD = str | int | float
_EXPECTED = {"attivita", "proprieta", "valori", "esito"}
_EXAMPLES = {"persone": 'marta: {gruppi: [Referente], ambiti: ["*"]}', "avvio": "da: marta"}
_BOOLEAN = "tag:yaml.org,2002:bool"
_TIMESTAMP = "tag:yaml.org,2002:timestamp"


class InvalidScenario(EngineError):
    """A scenario's file cannot be read as one; ``place`` says where, ``message`` what is wrong, in Italian."""

    def __init__(self, file: str, place: str, message: str) -> None:
        super().__init__(f"{file}: {place}: {message}" if place else f"{file}: {message}")
        self.file = file
        self.place = place
        self.message = message


class _PlainLoader(yaml.SafeLoader):
    """YAML 1.2's core schema where it matters to answers: ``no``, ``on`` and dates stay the words that were written."""


_PlainLoader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag != _TIMESTAMP and (tag != _BOOLEAN or first in ("t", "T", "f", "F"))
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load(folder: Path) -> list[Scenario]:
    """Read the scenarios of a process folder, in the order of their file names; none where it has no ``scenarios``.

    Raises:
        InvalidScenario: a file is no scenario.
        InvalidDiagram: a file is a symbolic link, or no file.

    """
    files = sorted((folder / FOLDER).glob("*.yaml"))
    shared: dict[str, Any] = {"processo": folder.name}
    for file in files:
        if file.name.startswith("_"):
            shared = _over(shared, _mapping(file))
    return [_Reader(file.name, shared).scenario(file) for file in files if not file.name.startswith("_")]


def _mapping(file: Path) -> dict[str, Any]:
    try:
        # The loader is SafeLoader with fewer rules: it makes plain values only.
        found = yaml.load(content(file).decode(), _PlainLoader)  # noqa: S506
    except UnicodeDecodeError as fault:
        raise InvalidScenario(file.name, "", "il file non è testo in UTF-8") from fault
    except (yaml.YAMLError, RecursionError) as fault:
        raise InvalidScenario(file.name, _place(fault), "il file non è YAML") from fault
    if not isinstance(found, dict):
        raise InvalidScenario(file.name, "", "il file non è un elenco di voci con il loro valore")
    if unknown := set(found) - _TOP:
        raise InvalidScenario(file.name, "", _not_known(unknown, _TOP))
    return found


def _place(fault: Exception) -> str:
    """Say where YAML broke off, if its reader knows."""
    mark = getattr(fault, "problem_mark", None)
    return f"riga {mark.line + 1}, colonna {mark.column + 1}" if mark else ""


def _not_known(unknown: set[Any], known: set[str]) -> str:
    return f"voci sconosciute: {', '.join(sorted(map(str, unknown)))}; si usano {', '.join(sorted(known))}"


def _over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Lay one file over another: mappings are joined one level down, anything else is replaced."""
    joined = dict(below)
    for key, value in above.items():
        mine = joined.get(key)
        joined[key] = {**mine, **value} if isinstance(mine, dict) and isinstance(value, dict) else value
    return joined


class _Reader:
    def __init__(self, file: str, shared: Mapping[str, Any]) -> None:
        self.file = file
        self.shared = shared

    def scenario(self, file: Path) -> Scenario:
        data = _over(self.shared, _mapping(file))
        people = {str(name): self.person(str(name), facts) for name, facts in self.part(data, "persone").items()}
        start = self.part(data, "avvio")
        by = self.word("avvio", "da", start.get("da"))
        if by not in people:
            raise self.wrong("avvio", f"«{by}» non è fra le persone")
        steps = data.get("passi")
        if not isinstance(steps, list) or not steps:
            raise self.wrong("passi", "serve almeno un passo")
        return Scenario(
            file.stem,
            str(data.get("titolo", file.stem)),
            str(data["processo"]),
            self.moment(data.get("inizio")),
            people,
            by,
            self.word("avvio", "ambito", start.get("ambito")) or None,
            self.entries("avvio", "variabili", start.get("variabili")),
            self.operations(data),
            tuple(self.step(place, step, data, people) for place, step in enumerate(steps, 1)),
        )

    def wrong(self, place: str, message: str) -> InvalidScenario:
        return InvalidScenario(self.file, place, message)

    def part(self, data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
        found = data.get(name)
        if not isinstance(found, dict) or not found:
            raise self.wrong(
                name, f"manca, o non è un elenco di voci con il loro valore, per esempio {_EXAMPLES[name]}"
            )
        return found

    def entries(self, place: str, name: str, found: object) -> dict[str, Any]:
        """Read entries with their values; none where nothing was written."""
        if not isinstance(found, dict | None):
            raise self.wrong(place, f"«{name}» è un elenco di voci con il loro valore, per esempio {{voto: 3}}")
        return {str(key): value for key, value in (found or {}).items()}

    def words(self, place: str, name: str, found: object) -> tuple[str, ...]:
        """Read a list of words, or one word alone; none where nothing was written."""
        listed = found if isinstance(found, list) else [] if found is None else [found]
        if not all(isinstance(each, _WORD) for each in listed):
            raise self.wrong(place, f"«{name}» è un elenco di parole, per esempio [uno, due]")
        return tuple(map(str, listed))

    def word(self, place: str, name: str, found: object) -> str:
        """Read one word; an empty one where nothing was written."""
        if not isinstance(found, _WORD | None):
            raise self.wrong(place, f"«{name}» è una parola sola")
        return "" if found is None else str(found)

    def operations(self, data: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
        found = data.get("operazioni") or {}
        if not isinstance(found, dict) or not all(isinstance(results, dict) for results in found.values()):
            raise self.wrong(
                "operazioni", "per ogni operazione scrivi le variabili che dà, per esempio {avviso: email}"
            )
        return found

    def moment(self, text: object) -> datetime:
        try:
            moment = datetime.fromisoformat(str(text))
        except ValueError as fault:
            raise self.wrong("inizio", "scrivi giorno e ora, per esempio 2026-11-17T09:00+01:00") from fault
        if moment.tzinfo is None:
            raise self.wrong("inizio", "manca il fuso orario, per esempio +01:00")
        return moment

    def person(self, name: str, facts: object) -> Actor:
        told, place = self.entries("persone", name, facts), f"persone, {name}"
        return Actor(name, *(self.words(place, each, told.get(each)) for each in ("gruppi", "ambiti")))

    def step(self, number: int, step: object, data: Mapping[str, Any], people: Mapping[str, Actor]) -> Action:
        place = f"passo {number}"
        kind = next((kind for kind in _STEPS if isinstance(step, dict) and kind in step), None)
        if kind is None or not isinstance(step, dict):
            raise self.wrong(place, f"un passo comincia con {', '.join(_STEPS)}")
        if unknown := set(step) - _STEPS[kind]:
            raise self.wrong(place, _not_known(unknown, _STEPS[kind]))
        if (by := self.word(place, "da", step.get("da"))) and by not in people:
            raise self.wrong(place, f"«{by}» non è fra le persone")
        if kind == "atteso":
            return self.expected(place, step[kind])
        name = self.word(place, kind, step[kind])
        return WaitFor(name) if kind == "attendi" else self.answered(place, name, step, data)

    def answered(self, place: str, name: str, step: Mapping[str, Any], data: Mapping[str, Any]) -> Action:
        """Read the step of a task or a message, with the answers that all share below its own."""
        shared = self.entries("risposte", "risposte", data.get("risposte")).get(name)
        answers = self.entries("risposte", name, shared) | self.entries(place, "risposte", step.get("risposte"))
        given, by = {key: value for key, value in answers.items() if value is not None}, step.get("da")
        if "completa" in step:
            return Complete(name, given, by and str(by), self.words(place, "rifiutata", step.get("rifiutata")))
        if by is None:
            raise self.wrong(place, "di’ chi manda il messaggio, con «da»")
        return Send(name, given, str(by))

    def expected(self, place: str, facts: object) -> Expect:
        if not isinstance(facts, dict) or not facts:
            raise self.wrong(place, f"«atteso» contiene una o più voci fra {', '.join(sorted(_EXPECTED))}")
        if unknown := set(facts) - _EXPECTED:
            raise self.wrong(place, _not_known(unknown, _EXPECTED))
        tasks = facts.get("attivita")
        return Expect(
            None if tasks is None else tuple(sorted(self.words(place, "attivita", tasks))),
            self.entries(place, "proprieta", facts.get("proprieta")),
            self.entries(place, "valori", facts.get("valori")),
            self.word(place, "esito", facts.get("esito")) or None,
            "esito" in facts,
        )
