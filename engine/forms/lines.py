"""The line on which each value of a JSON text begins, which JSON's own reader does not tell."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

_WORD = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+|\n')


@dataclass
class _Level:
    """An object or a list being read: where it is, and the key or the place that comes next."""

    pointer: str
    is_list: bool
    key: str | None = None
    place: int = 0

    @property
    def next(self) -> str:
        return f"{self.pointer}/{self.place if self.is_list else self.key}"


def lines_of(text: str) -> dict[str, int]:
    """Return the line of every value by its pointer (RFC 6901, keys as they are); the text is sound JSON."""
    found, levels, line = {}, [_Level("", is_list=True)], 1
    for word in _WORD.findall(text):
        level = levels[-1]
        if word == "\n":
            line += 1
        elif word == ",":
            level.place += 1
            level.key = None
        elif word in "}]":
            levels.pop()
        elif word[0] == '"' and not level.is_list and level.key is None:
            level.key = json.loads(word)
        elif word != ":":
            pointer = level.next if len(levels) > 1 else ""
            found[pointer] = line
            if word in "{[":
                levels.append(_Level(pointer, word == "["))
    return found
