"""A request as the pages read it: what was typed in its fields has become legible text, but for passwords."""

from __future__ import annotations

from typing import Any

from werkzeug.datastructures import ImmutableMultiDict

from engine import characters
from web.request.envelope_uploads import SealedRequest

AS_TYPED = {"password", "attuale", "nuova", "ripeti"}
"""Passwords: every character of them counts."""


class Incoming(SealedRequest):
    """A request whose form every page reads through ``engine.characters``."""

    def _load_form_data(self) -> None:
        if "form" in self.__dict__:
            return
        super()._load_form_data()
        sent: ImmutableMultiDict[str, str] = self.__dict__["form"]
        fields: list[tuple[str, Any]] = [(name, _read(name, value)) for name, value in sent.items(multi=True)]
        self.__dict__["form"] = ImmutableMultiDict(fields)


def _read(name: str, value: str) -> str:
    return value if name in AS_TYPED else characters.legible(value)
