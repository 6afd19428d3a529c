"""Forms: every key has its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.check.diagram import form_keys
from engine.check.rules import Finding, rule
from engine.check.words import called

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.check.diagram import Diagram


@rule("form-missing", "unsupported")
def form_missing(diagram: Diagram) -> Iterator[Finding]:
    known = diagram.folder.form_keys
    for element in diagram.elements if known is not None else ():
        for key in form_keys(element):
            if key not in (known or ()):
                yield Finding(
                    element,
                    f"{called(element)} usa il modulo «{key}», che non c’è.",
                    f"Crea il file {key}.json nella cartella dei moduli o correggi il nome.",
                )
