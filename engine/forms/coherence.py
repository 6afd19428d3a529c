"""What the components of a form must be to each other: ids and keys of their own, steps at the top."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.forms.custom import STEP
from engine.forms.kinds import shape_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from engine.forms.component import Component
    from engine.problems import Kind

Clash = tuple["Component", tuple["Kind", str, str, str]]
"""The component at fault, with kind, rule, message and advice."""

Path = tuple[str, ...]


def together(root: Component) -> Iterator[Clash]:
    """Yield what is wrong between components, whichever of them could have been alone."""
    yield from _repeated_ids(root)
    yield from _same_keys(root.children, (), _Taken())
    yield from _outside_steps(root)
    yield from _steps_inside(root)


def _everything(components: Iterable[Component]) -> list[Component]:
    return [inner for component in components for inner in component.walk()]


def _repeated_ids(root: Component) -> Iterator[Clash]:
    components = _everything(root.children)
    times = Counter(component.id for component in components)
    told: tuple[Kind, str, str, str] = (
        "invalid",
        "form-id",
        "Un altro componente ha lo stesso identificativo.",
        "Cambiane uno.",
    )
    yield from ((component, told) for component in components if times[component.id] > 1)


@dataclass
class _Taken:
    """The paths that fields and lists hold, and every path on the way to one."""

    whole: set[Path] = field(default_factory=set)
    ways: set[Path] = field(default_factory=set)

    def clashes(self, path: Path) -> bool:
        return path in self.ways or any(path[:length] in self.whole for length in range(1, len(path)))

    def take(self, path: Path) -> None:
        self.whole.add(path)
        self.ways.update(path[:length] for length in range(1, len(path) + 1))


def _same_keys(components: Iterable[Component], at: Path, taken: _Taken) -> Iterator[Clash]:
    """Tell every field that would hold what another field or list holds; nesting under a group's path is no clash."""
    for component in components:
        shape, path = shape_of(component.type), (*at, *component.path)
        if shape in ("field", "list") and component.path:
            if taken.clashes(path):
                message = f"La chiave «{'.'.join(path)}» è già usata in questo modulo."
                yield component, ("invalid", "form-duplicate-key", message, "Dai a ogni campo una chiave sua.")
            taken.take(path)
        if shape == "list":
            yield from _same_keys(component.children, (), _Taken())
        elif shape == "group":
            yield from _same_keys(component.children, path, taken)


def _outside_steps(root: Component) -> Iterator[Clash]:
    if not any(component.is_step for component in root.children):
        return
    message = "Il modulo è a passi, ma questo campo sta fuori da tutti."
    for component in root.children:
        asks = any(shape_of(inner.type) in ("field", "list") for inner in component.walk())
        if asks and not component.is_step:
            yield component, ("invalid", "form-step", message, "Spostalo dentro il gruppo di un passo.")


def _steps_inside(root: Component) -> Iterator[Clash]:
    message = "Un passo non può stare dentro un altro gruppo."
    for component in _everything(nested for child in root.children for nested in child.children):
        if component.custom(STEP):
            yield component, ("invalid", "form-step", message, "Porta il gruppo al primo livello.")
