"""A place in the tokens of a text: what the parsers move along."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from engine.feel.budget import NESTING_LIMIT
from engine.feel.errors import FeelError
from engine.feel.habits import instead
from engine.feel.lexer import Lexeme, LexemeKind, place, tokens

if TYPE_CHECKING:
    from engine.feel.names import KnownNames


class Cursor:
    def __init__(self, text: str, known: KnownNames) -> None:
        self.text = text
        self.tokens = tokens(text)
        self.known = known
        self.at = 0
        self.nesting = 0

    @property
    def token(self) -> Lexeme:
        return self.tokens[self.at]

    def ahead(self, count: int = 1) -> Lexeme:
        return self.tokens[min(self.at + count, len(self.tokens) - 1)]

    def next(self) -> Lexeme:
        token = self.tokens[self.at]
        if token.kind is not LexemeKind.END:
            self.at += 1
        return token

    def sees(self, word: str) -> bool:
        """Whether the next token is this symbol or keyword."""
        token = self.tokens[self.at]
        return token.text == word and token.kind in _WORDS

    def takes(self, word: str) -> bool:
        """Move past a symbol or keyword if it is the next token."""
        if self.sees(word):
            self.at += 1
            return True
        return False

    def expect(self, word: str) -> Lexeme:
        if not self.sees(word):
            self.fail(f"Qui serve «{word}»{self._instead()}.")
        return self.next()

    def unexpected(self) -> NoReturn:
        if self.token.kind is LexemeKind.END:
            self.fail("L’espressione finisce troppo presto.")
        self.fail(f"«{self.token.text}» non può stare qui.")

    def _instead(self) -> str:
        return "" if self.token.kind is LexemeKind.END else f", ma c’è «{self.token.text}»"

    def fail(self, message: str) -> NoReturn:
        start = self.token.start
        line, column = place(self.text, start)
        raise FeelError(instead(message, self.text, start), line, column)

    def deeper(self) -> None:
        self.nesting += 1
        if self.nesting > NESTING_LIMIT:
            self.fail("L’espressione è annidata troppo in profondità.")

    def words_until(self, *ends: str) -> str:
        """Read a name being defined: everything up to one of the end words, inner spaces made single."""
        start = end = self.token.start
        begins = self.token.kind in _NAME_STARTS
        while begins and not any(self.sees(word) for word in ends) and may_be_in_name(self.token):
            end = self.next().end
        if end == start:
            self.fail("Qui serve un nome.")
        return " ".join(self.text[start:end].split())


def may_be_in_name(token: Lexeme) -> bool:
    """Whether a token can stand in a name that is being defined (rules 27 and 31)."""
    return token.text in _NAME_SYMBOLS if token.kind is LexemeKind.SYMBOL else token.kind in _NAME_KINDS


_NAME_STARTS = (LexemeKind.NAME, LexemeKind.KEYWORD)
_NAME_KINDS = (*_NAME_STARTS, LexemeKind.NUMBER)
_NAME_SYMBOLS = frozenset({".", "/", "-", "'", "+", "*", "**"})
_WORDS = (LexemeKind.SYMBOL, LexemeKind.KEYWORD)
