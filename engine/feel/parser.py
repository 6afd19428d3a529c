"""Parse text into a syntax tree: a Pratt parser, one method per level of precedence that differs from the others.

Written by hand because names are read against the scope: a table-driven grammar cannot know where one ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.feel import syntax
from engine.feel.budget import POSTFIX_LIMIT
from engine.feel.clauses import Clauses
from engine.feel.decimals import number
from engine.feel.lexer import Lexeme, LexemeKind, unescape
from engine.feel.type_parser import parse_type

if TYPE_CHECKING:
    from collections.abc import Callable

#: How tightly each infix operator binds.
_OR, _AND, _COMPARISON, _ADDITION, _MULTIPLICATION, _EXPONENT, _POSTFIX = range(1, 8)
_BINDING = {
    **dict.fromkeys(("=", "!=", "<", "<=", ">", ">=", "between", "in"), _COMPARISON),
    "or": _OR,
    "and": _AND,
    "+": _ADDITION,
    "-": _ADDITION,
    "*": _MULTIPLICATION,
    "/": _MULTIPLICATION,
    "**": _EXPONENT,
    "instance": _POSTFIX,
    "[": _POSTFIX,
    "(": _POSTFIX,
    ".": _POSTFIX,
}
_COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})
#: After an open range's last endpoint ``[`` closes it, unless something that can start a filter follows.
_NO_FILTER_STARTS = frozenset({")", "]", ",", "}", "..", ":", *_BINDING} - {"[", "(", "-"})
_CONSTANTS = {"true": True, "false": False, "null": None}


class Parser(Clauses):
    """One reading of one text."""

    def whole(self) -> syntax.SyntaxNode:
        """Parse a text that is one expression; a comparison without a left side is none, except as a test."""
        self._refuse_comparison()
        return self.expression()

    def _refuse_comparison(self) -> None:
        if self.token.text in _COMPARISONS and self.token.kind is LexemeKind.SYMBOL:
            self.fail(f"Un’espressione non può cominciare con «{self.token.text}».")

    def expression(self, binding: int = 0) -> syntax.SyntaxNode:
        self.deeper()
        node = self.continued(self._prefix(), binding)
        self.nesting -= 1
        return node

    def continued(self, node: syntax.SyntaxNode, binding: int) -> syntax.SyntaxNode:
        """Parse what follows an operand, as long as it binds more tightly."""
        length = 0
        while (level := self._binding()) > binding:
            length += 1
            if length > POSTFIX_LIMIT:
                self.fail("L’espressione è annidata troppo in profondità.")
            node = self._infix(node, level)
        return node

    def addition(self) -> syntax.SyntaxNode:
        """Parse an endpoint: whatever binds tighter than a comparison."""
        return self.expression(_COMPARISON)

    def addition_after(self, operand: syntax.SyntaxNode) -> syntax.SyntaxNode:
        """Parse the rest of an endpoint whose first operand has been read."""
        return self.continued(operand, _COMPARISON)

    def _binding(self) -> int:
        token = self.token
        if token.kind not in (LexemeKind.SYMBOL, LexemeKind.KEYWORD):
            return 0
        if token.text == "[" and self.endpoint and self._closes_range():
            return 0
        return _BINDING.get(token.text, 0)

    def _closes_range(self) -> bool:
        after = self.ahead()
        return after.kind is LexemeKind.END or (after.text in _NO_FILTER_STARTS and after.kind is not LexemeKind.STRING)

    def _infix(self, left: syntax.SyntaxNode, level: int) -> syntax.SyntaxNode:
        word = self.token.text
        if level == _POSTFIX:
            return self._postfix(left, word)
        if level in (_OR, _AND):
            return self._logic(left, word, level)
        if level == _COMPARISON:
            return self._comparison(left, word)
        return self._chain(left, level)

    def _logic(self, left: syntax.SyntaxNode, word: str, level: int) -> syntax.SyntaxNode:
        operands = [left]
        while self.takes(word):
            operands.append(self.expression(level))
        return syntax.Logic(word, tuple(operands), at=left.at)

    def _chain(self, left: syntax.SyntaxNode, level: int) -> syntax.SyntaxNode:
        rest = []
        while self._binding() == level:
            rest.append((self.next().text, self.expression(level)))
        return syntax.Chain(left, tuple(rest), at=left.at)

    def _comparison(self, left: syntax.SyntaxNode, word: str) -> syntax.SyntaxNode:
        self.next()
        if word in _COMPARISONS:
            self._refuse_comparison()  # «1 == 1» would compare with a range
            return syntax.Comparison(word, left, self.addition(), at=left.at)
        if word == "between":
            low = self.addition()
            self.expect("and")
            return syntax.Between(left, low, self.addition(), at=left.at)
        return syntax.In(left, self.in_tests(), at=left.at)

    def _postfix(self, left: syntax.SyntaxNode, word: str) -> syntax.SyntaxNode:
        token = self.next()
        if word == ".":
            return syntax.Path(left, self.property_name(), at=token.end)
        if word == "[":
            condition = self.inside(self.expression)
            self.expect("]")
            return syntax.Filter(left, condition, at=left.at)
        if word == "(":
            return self.call(left)
        self.expect("of")
        return syntax.InstanceOf(left, parse_type(self), at=left.at)

    def _prefix(self) -> syntax.SyntaxNode:
        token = self.token
        known = self.known.longest(self.tokens, self.at) if token.kind is not LexemeKind.STRING else None
        if known is not None:
            self.at += known[1]
            return syntax.Name(known[0], at=token.start)
        if token.kind is LexemeKind.NAME:
            return syntax.Name(self.run_of_words(), at=token.start)
        self.next()
        if token.kind is LexemeKind.NUMBER:
            return syntax.Literal(number(token.text), at=token.start)
        if token.kind is LexemeKind.STRING:
            return syntax.Literal(unescape(token.text), at=token.start)
        return self._other_prefix(token)

    def _other_prefix(self, token: Lexeme) -> syntax.SyntaxNode:
        word = token.text
        if word in _CONSTANTS and token.kind is LexemeKind.KEYWORD:
            return syntax.Literal(_CONSTANTS[word], at=token.start)
        if word in _COMPARISONS:
            self._refuse_comparison()  # so would «=> 5»
            return syntax.OperatorRange(word, self.addition(), at=token.start)
        if word == "-":
            return syntax.Negation(self.expression(_EXPONENT), at=token.start)
        clause = _CLAUSES.get(word) if token.kind is not LexemeKind.END else None
        if clause is None:
            self.at -= token.kind is not LexemeKind.END
            self.unexpected()
        return clause(self, token)


_CLAUSES: dict[str, Callable[[Parser, Lexeme], syntax.SyntaxNode]] = {
    "(": Parser.parentheses,
    "[": Parser.bracket,
    "]": Parser.open_range,
    "{": Parser.context,
    "@": Parser.at_literal,
    "if": Parser.conditional,
    "for": Parser.iteration,
    "some": Parser.quantified,
    "every": Parser.quantified,
    "function": Parser.function,
}
