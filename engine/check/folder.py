"""What is deployed together: diagrams, decision tables and forms, by file name."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Final

from engine import dmn, forms
from engine.check.diagram import Diagram, form_keys
from engine.check.notation import CALLABLE
from engine.check.scope import IN_DIAGRAMS, choices_of, variables_of
from engine.check.words import SLIP, UNKNOWN_HERE, UNKNOWN_NAME, WRONG_CALL
from engine.documents import FORMS
from engine.errors import InvalidXml
from engine.problems import Kind, Problem
from engine.xml import read_xml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element as Element

    from engine.check.surroundings import Surroundings

_NO_DIAGRAM: Final = Problem(
    "", 1, "", "", "invalid", "no-diagram", "Qui non c’è nessun diagramma.", "Aggiungi un file con estensione .bpmn."
)


class Folder:
    """The files of one deployment; where it holds no form at all, tasks take any answers."""

    def __init__(self, documents: Mapping[str, bytes], surroundings: Surroundings, *, has_forms: bool) -> None:
        self.surroundings = surroundings
        self.documents = documents
        self.problems: list[Problem] = []
        self.forms = {file: source for file, source in sorted(documents.items()) if file.startswith(FORMS)}
        self.has_forms = has_forms or bool(self.forms)
        self.diagrams = [
            Diagram(file, root, self)
            for file, source in sorted(documents.items())
            if file.endswith(".bpmn") and (root := self._read(file, source)) is not None
        ]
        if not any(file.endswith(".bpmn") for file in documents):
            self.problems.append(_NO_DIAGRAM)
        self.models: dict[str, dmn.Model] = {}
        tables = {file: source for file, source in sorted(documents.items()) if file.endswith(".dmn")}
        for file, source in tables.items():
            self._read_table(file, source, [other for name, other in tables.items() if name != file])

    def _read(self, file: str, source: bytes) -> Element | None:
        try:
            return read_xml(source, file)
        except InvalidXml as error:
            self._refuse(file, error.line, error.message)
            return None

    def _read_table(self, file: str, source: bytes, others: list[bytes]) -> None:
        try:
            model = dmn.Model.load(source, others, self.surroundings.functions)
        except InvalidXml as error:
            self._refuse(file, error.line, error.message)
        except dmn.InvalidModel as error:
            self._refuse(file, 1, error.message)
        else:
            self.models[file] = model

    def _refuse(self, file: str, line: int, message: str) -> None:
        advice = "Riapri il file nell’editor e salvalo di nuovo."
        self.problems.append(Problem(file, line, "", "", "invalid", "unreadable-file", message, advice))

    @cached_property
    def callable(self) -> dict[str, list[tuple[Diagram, Element]]]:
        """Processes and global tasks of every diagram, by id."""
        found: dict[str, list[tuple[Diagram, Element]]] = defaultdict(list)
        for diagram in self.diagrams:
            for element in diagram.all(*CALLABLE):
                found[element.get("id", "")].append((diagram, element))
        return found

    @cached_property
    def decisions(self) -> frozenset[str]:
        """The ids and names of what the tables decide."""
        found = (decision for model in self.models.values() for decision in model.decisions)
        return frozenset(name for decision in found for name in (decision.id, decision.name))

    @cached_property
    def variables(self) -> frozenset[str] | None:
        """The variables of a case, as forms and tables see them; None where any name may have a value."""
        return variables_of(self)

    @cached_property
    def names(self) -> frozenset[str] | None:
        """The names that a diagram's expressions may speak of; None where any name may have a value."""
        known = self.variables
        return None if known is None else known.union(self.surroundings.functions, IN_DIAGRAMS)

    @cached_property
    def choices(self) -> dict[str, frozenset[str]]:
        """The only texts that some variables may be; of none where any name may have a value."""
        return {} if self.variables is None else choices_of(self)

    @property
    def all_drawn(self) -> bool:
        """Whether every diagram could be read, so that what none of them uses is used by nobody."""
        return len(self.diagrams) == sum(file.endswith(".bpmn") for file in self.documents)

    @cached_property
    def form_keys(self) -> frozenset[str] | None:
        """The keys of the forms, their file names without the ending; None where the deployment has no forms."""
        return frozenset(_key(file) for file in self.forms) if self.has_forms else None

    @cached_property
    def form_ids(self) -> dict[str, str]:
        """For each key the id that is written in its form, which forms are linked by elsewhere."""
        return {_key(file): forms.id_of(source, file) for file, source in self.forms.items()}

    def asks(self, key: str) -> bool:
        """Say whether a form asks anything; one that is missing, or that cannot be read, is told of elsewhere."""
        file = f"{FORMS}{key}.json"
        return file not in self.forms or forms.keys_of(self.forms[file], file) != frozenset()

    def table_problems(self) -> Iterator[Problem]:
        """Find what in the tables cannot be evaluated, and what would always be null."""
        for file, model in self.models.items():
            yield from (_faulty(file, problem) for problem in model.own_problems)
            yield from (_contradictory(file, problem) for problem in model.contradictions)
            if self.variables is not None:
                found = model.unsound(self.variables, self.surroundings.functions)
                yield from (_unsound(file, problem) for problem in found)

    def form_problems(self) -> Iterator[Problem]:
        """Find what is wrong with the forms themselves, and those that nobody uses."""
        used = {key for diagram in self.diagrams for element in diagram.elements for key in form_keys(element)}
        for file, source in self.forms.items():
            yield from forms.check(source, file, self.surroundings.functions, self.variables, self.choices)
            if _key(file) not in used and self.all_drawn:
                yield _orphan(file)


_ADVICE = {"unknown-name": UNKNOWN_HERE, "wrong-call": WRONG_CALL, "slip": SLIP}


def _faulty(file: str, found: dmn.ModelProblem) -> Problem:
    where = f" alla {found.where}" if found.where else ""
    message = f"«{found.name or found.element}» non si può calcolare{where}: {found.message}"
    return _told(file, found, "invalid", "decision-faulty", message, "Correggi la decisione.")


def _contradictory(file: str, found: dmn.ModelProblem) -> Problem:
    message = f"«{found.name or found.element}», {found.where}: {found.message}"
    return _told(
        file, found, "advice", "table-contradiction", message, "Correggi la regola, o la politica della tabella."
    )


def _unsound(file: str, found: dmn.ModelProblem) -> Problem:
    name = found.name or found.element
    if not found.where:
        message = f"Il dato «{name}» non arriva mai alla decisione: {found.message}"
        return _told(file, found, "advice", found.rule, message, UNKNOWN_NAME)
    message = f"«{name}» ha un’espressione da rivedere alla {found.where}: {found.message}"
    return _told(file, found, "advice", found.rule, message, _ADVICE[found.rule])


def _told(file: str, found: dmn.ModelProblem, *what: *tuple[Kind, str, str, str]) -> Problem:
    return Problem(file, found.line, found.element, found.name, *what, found.column if found.where else 0)


def _key(file: str) -> str:
    return file.removeprefix(FORMS).rpartition(".")[0]


def _orphan(file: str) -> Problem:
    message, advice = f"Nessun elemento usa il modulo «{_key(file)}».", "Assegnalo a un compito o toglilo."
    return Problem(file, 1, "", _key(file), "advice", "orphan-form", message, advice)
