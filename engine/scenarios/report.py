"""Plays all the scenarios of a folder and says what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from engine import deployments, instances
from engine.identity import ENGINE
from engine.scenarios.coverage import Coverage
from engine.scenarios.player import ScenarioFailed, play
from engine.scenarios.reading import InvalidScenario, load
from engine.store import Extension, Store

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from engine.scenarios.script import Scenario
    from engine.store import Operation, OperationCall, UnitOfWork


@dataclass(frozen=True)
class Played:
    """What came of one scenario; ``failure`` is None when everything went as it says."""

    scenario: Scenario
    coverage: Coverage
    failure: str | None = None

    def __str__(self) -> str:
        name, steps = self.scenario.name, len(self.scenario.steps)
        return f"{name}: non riuscito, {self.failure}" if self.failure else f"{name}: riuscito, {steps} passi"


@dataclass(frozen=True)
class Report:
    """What came of a folder's scenarios; as text, a line for each and the coverage of all together."""

    played: tuple[Played, ...]

    @property
    def passed(self) -> bool:
        """Say whether every scenario went as it says; an untrodden path is told, but it is no failure."""
        return all(each.failure is None for each in self.played)

    @property
    def coverage(self) -> Coverage:
        return reduce(or_, (each.coverage for each in self.played), Coverage())

    def __str__(self) -> str:
        if not self.played:
            return "Nessun caso di prova: scrivine uno nella cartella scenarios, in un file .yaml."
        return "\n".join([*map(str, self.played), str(self.coverage)])


class Stage:
    """Stands in for every operation while a scenario is played: a rehearsal writes to nobody."""

    def __init__(self, scenarios: Sequence[Scenario]) -> None:
        self.topics = {topic for scenario in scenarios for topic in scenario.operations}
        self.results: Mapping[str, Mapping[str, Any]] = {}

    def operations(self, extensions: Sequence[Extension]) -> dict[str, Operation]:
        """Take the place of the operations that the extensions have and of those that the scenarios name."""
        known = {topic for extension in extensions for topic in extension.operations}
        return dict.fromkeys(self.topics | known, self.give)

    def give(self, _store: Store, call: OperationCall) -> Mapping[str, Any]:
        """Give what the present scenario says the operation gives."""
        return self.results.get(call.topic, {})


def play_folder(
    folder: Path,
    forms_folder: Path | None = None,
    *,
    extensions: Sequence[Extension] = (),
    furnish: Callable[[UnitOfWork, set[str]], None] | None = None,
) -> Report:
    """Deploy a process to a database in memory and play its scenarios; nothing of the running desk is touched.

    ``furnish`` puts into that database what the extensions need, given the scopes that the scenarios name.

    Raises:
        InvalidScenario: a file is no scenario.
        InvalidDiagram: the process itself cannot be deployed.

    """
    scenarios = load(folder)
    stage = Stage(scenarios)
    store = Store("sqlite://", extensions=[*extensions, Extension(operations=stage.operations(extensions))])
    try:
        store.migrate()
        with store.unit_of_work() as uow:
            deployed = deployments.deploy(uow, folder, forms_folder)
            _refuse_unknown(scenarios, [each.key for each in deployed.definitions])
            if furnish is not None:
                furnish(uow, {scenario.scope for scenario in scenarios if scenario.scope})
        return Report(tuple(_played(store, stage, scenario) for scenario in scenarios))
    finally:
        store.close()


def _refuse_unknown(scenarios: Sequence[Scenario], keys: Sequence[str]) -> None:
    """Refuse a scenario of a process that the folder does not hold; without one it means the folder's own name."""
    for each in scenarios:
        if each.process not in keys:
            message = f"«{each.process}» non è l’id di un processo di questa cartella, che ha: {', '.join(keys)}"
            raise InvalidScenario(f"{each.name}.yaml", "processo", message)


def _played(store: Store, stage: Stage, scenario: Scenario) -> Played:
    stage.results = scenario.operations
    try:
        case_id, failure = play(store, scenario), None
    except ScenarioFailed as failed:
        case_id, failure = failed.case_id, f"passo {failed.step}, {failed.message}" if failed.step else failed.message
    return Played(scenario, _closed(store, case_id) if case_id else Coverage(), failure)


def _closed(store: Store, case_id: str) -> Coverage:
    """Read what a case has passed, and take it away so that its timers do not ring in the next scenario."""
    with store.unit_of_work() as uow:
        drawn, history = instances.diagram(uow, case_id), instances.history(uow, case_id)
        if instances.get(uow, case_id).state == "active":
            instances.cancel(uow, case_id, ENGINE, "fine del caso di prova")
    return Coverage.of(drawn.model, history)
