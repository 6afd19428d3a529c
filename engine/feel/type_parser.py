"""The types written in ``instance of`` and in function parameters (DMN 1.5, section 10.3.1.2, rules 53 and 54)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.feel.kinds import ContextType, FunctionType, ListType, NamedType, RangeType, Type
from engine.feel.lexer import LexemeKind

if TYPE_CHECKING:
    from engine.feel.cursor import Cursor

_LONG_NAMES = ("days and time duration", "years and months duration", "date and time")


def parse_type(cursor: Cursor) -> Type:
    """Read one type; a name that is no built-in type stays a NamedType, resolved when it is used."""
    cursor.deeper()
    parsed = _generic(cursor) or NamedType(_name(cursor))
    cursor.nesting -= 1
    return parsed


def _generic(cursor: Cursor) -> Type | None:
    if cursor.ahead().text != "<":
        return None
    match cursor.token.text:
        case "list":
            return ListType(_argument(cursor))
        case "range":
            return RangeType(_argument(cursor))
        case "context":
            return _context(cursor)
        case "function":
            return _function(cursor)
    return None


def _argument(cursor: Cursor) -> Type:
    cursor.next()
    cursor.expect("<")
    inner = parse_type(cursor)
    cursor.expect(">")
    return inner


def _context(cursor: Cursor) -> Type:
    cursor.next()
    cursor.expect("<")
    entries: dict[str, Type] = {}
    while not cursor.takes(">"):
        if entries:
            cursor.expect(",")
        name = cursor.words_until(":")
        cursor.expect(":")
        entries[name] = parse_type(cursor)
    return ContextType(entries)


def _function(cursor: Cursor) -> Type:
    cursor.next()
    cursor.expect("<")
    parameters: list[Type] = []
    while not cursor.takes(">"):
        if parameters:
            cursor.expect(",")
        parameters.append(parse_type(cursor))
    cursor.expect("->")
    return FunctionType(tuple(parameters), parse_type(cursor))


def _name(cursor: Cursor) -> str:
    for name in _LONG_NAMES:
        words = name.split()
        if [cursor.ahead(turn).text for turn in range(len(words))] == words:
            cursor.at += len(words)
            return name
    if cursor.token.kind not in (LexemeKind.NAME, LexemeKind.KEYWORD):
        cursor.fail("Qui serve il nome di un tipo.")
    words = [cursor.next().text]
    while cursor.token.kind is LexemeKind.NAME:
        words.append(cursor.next().text)
    name = " ".join(words)
    while cursor.takes("."):
        name += "." + cursor.next().text
    return name
