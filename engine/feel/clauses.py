"""The constructs that begin with a word or a bracket: lists, ranges, contexts, if, for, some, every, function."""

from __future__ import annotations

from abc import ABC, abstractmethod
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from engine.feel import syntax
from engine.feel.cursor import Cursor, may_be_in_name
from engine.feel.lexer import Lexeme, LexemeKind, unescape
from engine.feel.names import KnownNames
from engine.feel.type_parser import parse_type

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.feel.kinds import Type

Parsed = TypeVar("Parsed")


class Clauses(Cursor, ABC):
    def __init__(self, text: str, known: KnownNames) -> None:
        super().__init__(text, KnownNames(base=known))
        #: Whether an endpoint of a range is being read, where ``[`` may close the range.
        self.endpoint = False

    @abstractmethod
    def expression(self, binding: int = 0) -> syntax.SyntaxNode: ...

    @abstractmethod
    def addition(self) -> syntax.SyntaxNode: ...

    @abstractmethod
    def addition_after(self, operand: syntax.SyntaxNode) -> syntax.SyntaxNode: ...

    def inside(self, parse: Callable[[], Parsed]) -> Parsed:
        """Parse between brackets, where an outer range's closing sign means nothing."""
        before, self.endpoint = self.endpoint, False
        parsed = parse()
        self.endpoint = before
        return parsed

    def run_of_words(self) -> str:
        """Read neighbouring words as one name."""
        words = [self.next().text]
        while self.token.kind is LexemeKind.NAME:
            words.append(self.next().text)
        return " ".join(words)

    def property_name(self) -> str:
        known = self.known.longest(self.tokens, self.at)
        if known is not None:
            self.at += known[1]
            return known[0]
        if self.token.kind is LexemeKind.KEYWORD:
            return self.next().text
        if self.token.kind is not LexemeKind.NAME:
            self.fail("Dopo il punto serve un nome.")
        return self.run_of_words()

    # lists and ranges

    def parentheses(self, token: Lexeme) -> syntax.SyntaxNode:
        node = self.inside(self.expression)
        if self.takes(".."):
            return self._range_after(node, token, low_included=False)
        self.expect(")")
        return node

    def bracket(self, token: Lexeme) -> syntax.SyntaxNode:
        if self.takes("]"):
            return syntax.ListLiteral((), at=token.start)
        first = self.inside(self.expression)
        if self.takes(".."):
            return self._range_after(first, token, low_included=True)
        items = [first]
        while self.takes(","):
            items.append(self.inside(self.expression))
        self.expect("]")
        return syntax.ListLiteral(tuple(items), at=token.start)

    def open_range(self, token: Lexeme) -> syntax.SyntaxNode:
        low = self.addition()
        self.expect("..")
        return self._range_after(low, token, low_included=False)

    def _range_after(self, low: syntax.SyntaxNode, token: Lexeme, *, low_included: bool) -> syntax.SyntaxNode:
        before, self.endpoint = self.endpoint, True
        high = self.addition()
        self.endpoint = before
        closing = self.next().text
        if closing not in ("]", ")", "["):
            self.at -= 1
            self.fail("L’intervallo va chiuso con «]» o «)».")
        return syntax.RangeLiteral(low, high, low_included, closing == "]", at=token.start)

    def test(self) -> syntax.SyntaxNode:
        start = self.at
        node = self.inside(self.expression)
        asks = any(
            token.text == syntax.INPUT and token.kind is LexemeKind.NAME for token in self.tokens[start : self.at]
        )
        return syntax.Condition(node, at=node.at) if asks else node

    def in_tests(self) -> tuple[syntax.SyntaxNode, ...]:
        """Parse what follows ``in``: one test, or several between parentheses."""
        if not self.sees("("):
            return (self.addition(),)
        token = self.next()
        tests = [self.test()]
        if self.takes(")"):
            return (self.addition_after(tests[0]),)
        if self.takes(".."):
            return (self.addition_after(self._range_after(tests[0], token, low_included=False)),)
        while self.takes(","):
            tests.append(self.test())
        self.expect(")")
        return tuple(tests)

    # contexts and literals

    def context(self, token: Lexeme) -> syntax.SyntaxNode:
        entries: list[tuple[str, syntax.SyntaxNode]] = []
        while not self.takes("}"):
            if entries:
                self.expect(",")
            key = self._key()
            self.expect(":")
            entries.append((key, self.inside(self.expression)))
        return syntax.ContextLiteral(tuple(entries), at=token.start)

    def _key(self) -> str:
        name = unescape(self.next().text) if self.token.kind is LexemeKind.STRING else self.words_until(":")
        self.known.add(name)
        return name

    def at_literal(self, token: Lexeme) -> syntax.SyntaxNode:
        if self.token.kind is not LexemeKind.STRING:
            self.fail("Dopo «@» serve un testo tra virgolette.")
        return syntax.AtLiteral(unescape(self.next().text), at=token.start)

    # calls and functions

    def call(self, function: syntax.SyntaxNode) -> syntax.SyntaxNode:
        return self.inside(lambda: self._call(function))

    def _call(self, function: syntax.SyntaxNode) -> syntax.SyntaxNode:
        positional: list[syntax.SyntaxNode] = []
        named: list[tuple[str, syntax.SyntaxNode]] = []
        while not self.takes(")"):
            if positional or named:
                self.expect(",")
            parameter = self._parameter_name()
            if (positional and parameter is not None) or (named and parameter is None):
                self.fail("I parametri vanno tutti col nome o tutti senza.")
            if parameter is None:
                positional.append(self.expression())
            else:
                named.append((parameter, self.expression()))
        return syntax.Call(function, tuple(positional), tuple(named), at=function.at)

    def _parameter_name(self) -> str | None:
        """Read ``name:`` if an argument begins so."""
        ahead = 0
        while may_be_in_name(self.ahead(ahead)):
            ahead += 1
        if not ahead or self.ahead(ahead).text != ":":
            return None
        name = self.words_until(":")
        self.next()
        return name

    def function(self, token: Lexeme) -> syntax.SyntaxNode:
        self.expect("(")
        parameters: list[tuple[str, Type | None]] = []
        while not self.takes(")"):
            if parameters:
                self.expect(",")
            name = self.words_until(":", ",", ")")
            self.known.add(name)
            parameters.append((name, parse_type(self) if self.takes(":") else None))
        external = self.takes("external")
        return syntax.FunctionLiteral(tuple(parameters), self.inside(self.expression), external, at=token.start)

    # if, for, some, every

    def conditional(self, token: Lexeme) -> syntax.SyntaxNode:
        condition = self.expression()
        self.expect("then")
        then = self.expression()
        self.expect("else")
        return syntax.If(condition, then, self.expression(), at=token.start)

    def iteration(self, token: Lexeme) -> syntax.SyntaxNode:
        iterators = self._iterators("return")
        start = self.at
        result = self.expression()
        words = pairwise(self.tokens[start : self.at + 1])
        keeps_partial = any(word.text == syntax.PARTIAL and after.text != "[" for word, after in words)
        return syntax.For(iterators, result, keeps_partial, at=token.start)

    def quantified(self, token: Lexeme) -> syntax.SyntaxNode:
        iterators = self._iterators("satisfies")
        return syntax.Quantified(token.text == "every", iterators, self.expression(), at=token.start)

    def _iterators(self, end: str) -> tuple[syntax.Iterator, ...]:
        iterators = [self._iterator()]
        while self.takes(","):
            iterators.append(self._iterator())
        self.expect(end)
        return tuple(iterators)

    def _iterator(self) -> syntax.Iterator:
        name = self.words_until("in")
        self.known.add(name)
        self.expect("in")
        source = self.expression()
        return syntax.Iterator(name, source, self.expression() if self.takes("..") else None)
