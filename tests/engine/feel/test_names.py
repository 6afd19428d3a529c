from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import feel
from engine.feel.expression import names_of, read
from engine.feel.frame import Host
from engine.feel.lexer import LexemeKind
from engine.feel.library import LIBRARY
from engine.feel.names import KnownNames, name_start
from engine.feel.parser import Parser


@pytest.mark.parametrize(
    ("text", "within"),
    [
        ("a-b", lambda context: context),
        ("x.a-b", lambda context: context["x"]),
        ("l[a-b > 0][1].a-b", lambda context: context["l"][0]),
        ("(for each in l return each.a-b)[1]", lambda context: context["l"][0]),
        ("x.a -\n b", lambda context: context["x"]),
    ],
)
def test_what_a_text_means_follows_the_names_that_its_context_has_at_the_moment(text, within):
    context = {"a": 5, "b": 2, "x": {"a": 5, "b": 2}, "l": [{"a": 5, "b": 2}]}
    plain = feel.evaluate(text, context)

    within(context)["a-b"] = 100
    compound = feel.evaluate(text, context)
    del within(context)["a-b"]

    assert (plain, compound, feel.evaluate(text, context)) == (Decimal(3), Decimal(100), Decimal(3))


@pytest.mark.parametrize("name", ["importo ", " importo", "importo//a", "if importo", "importo > 1", "1 else", "in"])
def test_a_key_that_is_no_name_hides_none(name):
    value = feel.evaluate("if importo > 1 then importo + 1 else 0", {"importo": 3, name: 9})

    assert value == Decimal(4)


class Unread(dict):
    """A context whose entries may be asked for by name but not gone through."""

    def __iter__(self):
        raise AssertionError

    keys = values = items = __iter__


@pytest.mark.parametrize("text", ['importo > 1000 and stato = "aperta"', "if importo > 1 then [importo] else {a: 1}"])
def test_a_text_without_room_for_long_names_leaves_its_context_unread(text):
    assert feel.evaluate(text, Unread(importo=2000, stato="aperta")) in (True, [Decimal(2000)])


WORDS = ["a", "b", "x", "in", "for", "return", "-", "+", ".", "[", "]", "(", ")", "1", ",", "{", "}", ":", "="]


@st.composite
def texts_and_names(draw):
    """A text, and names of several words that stand in it."""
    words = draw(st.lists(st.sampled_from(WORDS), min_size=2, max_size=12))
    starts = draw(st.lists(st.integers(0, len(words) - 2), min_size=1, max_size=3))
    return " ".join(words), [" ".join(words[start : start + draw(st.integers(2, 3))]) for start in starts]


@settings(max_examples=600, deadline=None)
@given(texts_and_names())
def test_no_name_is_missed_by_looking_only_where_there_is_room(written):
    text, names = written
    every = KnownNames([name for name in names if name_start(name)], KnownNames(LIBRARY))

    seen = tree(lambda: read(text, names_of(text, dict.fromkeys(names, 1), Host())).tree)

    assert seen == tree(lambda: whole(Parser(text, every)))


def tree(reading):
    try:
        return repr(reading())  # nodes are equal to themselves alone
    except feel.FeelError as fault:
        return str(fault)


def whole(parser):
    node = parser.whole()
    if parser.token.kind is not LexemeKind.END:
        parser.unexpected()
    return node
