"""A model's file and the files it imports, found by namespace."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from engine.dmn.refusals import InvalidModel
from engine.dmn.xml import Element, attribute, child, children
from engine.errors import InvalidXml
from engine.xml import read_xml, tag

if TYPE_CHECKING:
    from collections.abc import Iterable

#: How many files one model may draw in, however they import each other.
_MOST_FILES = 50


@dataclass
class ModelFile:
    """One file; ``imports`` pairs the name it gives to each imported model with that model's file."""

    root: Element
    file: str
    imports: list[tuple[str, ModelFile]] = field(default_factory=list)

    @property
    def namespace(self) -> str:
        return attribute(self.root, "namespace")


def gather(source: bytes | str | Path, imports: Iterable[bytes] = ()) -> ModelFile:
    """Read a file and all that it imports, directly or not; raises InvalidXml and InvalidModel."""
    path = None if isinstance(source, bytes) else Path(source)
    root = _read(source, "") if isinstance(source, bytes) else _read(Path(source).read_bytes(), Path(source).name)
    if child(root.root, "import") is None:
        return root
    offered = [(text, "") for text in imports] + (_neighbours(path) if path else [])
    candidates = [found for text, file in offered if (found := _readable(text, file))]
    return _linked(root, candidates, {})


def _read(text: bytes, file: str) -> ModelFile:
    root = read_xml(text, file)
    if tag(root) != "definitions":
        raise InvalidModel(file, "Il file non è un modello DMN: manca l’elemento «definitions».")
    return ModelFile(root, file)


def _readable(text: bytes, file: str) -> ModelFile | None:
    """Read a file that may be imported; one that is broken is missed only by who imports it."""
    try:
        return _read(text, file)
    except (InvalidXml, InvalidModel):
        return None


def _neighbours(path: Path) -> list[tuple[bytes, str]]:
    others = [other for other in sorted(path.parent.glob("*.dmn")) if other.name != path.name]
    return [(other.read_bytes(), other.name) for other in others[:_MOST_FILES]]


def _linked(source: ModelFile, candidates: list[ModelFile], seen: dict[str, ModelFile]) -> ModelFile:
    seen[source.namespace] = source
    for element in children(source.root, "import"):
        namespace = attribute(element, "namespace")
        if "dmn" not in attribute(element, "importType").lower():
            continue
        found = seen.get(namespace) or _meant(element, candidates)
        if found is None:
            name = attribute(element, "name") or namespace
            raise InvalidModel(source.file, f"Il modello importato «{name}» non si trova.")
        if namespace not in seen:
            _linked(found, candidates, seen)
        source.imports.append((attribute(element, "name"), found))
    return source


def _meant(element: Element, candidates: list[ModelFile]) -> ModelFile | None:
    """Return the file an import means: of those with its namespace the one that it names, or else the first."""
    matching = [found for found in candidates if found.namespace == attribute(element, "namespace")]
    named = PurePosixPath(attribute(element, "locationURI")).name
    return next((found for found in matching if found.file == named), next(iter(matching), None))
