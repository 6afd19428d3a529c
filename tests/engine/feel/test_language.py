from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from engine import feel
from engine.feel import DayTimeDuration, FeelError, YearMonthDuration

CASES = [
    ("1 + 2 * 3 - 4 / 2", Decimal(5)),
    ("-3 ** 2", Decimal(9)),
    ("3 ** 4 ** 5", Decimal(3486784401)),
    ("0.1 + 0.2 = 0.3", True),
    ('"a" + "b"', "ab"),
    ('"a" + 1', None),
    ("1 / 0", None),
    ("true and null", None),
    ("false and null", False),
    ("true or null", True),
    ("null = null", True),
    ('1 = "1"', None),
    ("5 in [1..10[", True),
    ("10 in [1..10[", False),
    ("10 in (1, < 5, >= 10)", True),
    ("6 in (1 + 2) * 2", True),
    ("1 in (" * 60 + "1" + ")" * 60, None),
    ("5 in (? > 3)", True),
    ("for x in [1, 5] return x in (? > 3, 0)", [False, True]),
    ("null in (? > 3)", None),
    ("3 between 1 and 3", True),
    ("if null then 1 else 2", Decimal(2)),
    ("[1, 2, 3][item > 1]", [Decimal(2), Decimal(3)]),
    ("[1, 2, 3][-1]", Decimal(3)),
    ("[{a: 1}, {a: 2}][a = 2].a", [Decimal(2)]),
    ("{a: 1, b c: a + 1}.b c", Decimal(2)),
    ("for i in 1..3 return i * i", [Decimal(1), Decimal(4), Decimal(9)]),
    ("for i in 0..4 return if i = 0 then 1 else i * partial[-1]", [Decimal(n) for n in (1, 1, 2, 6, 24)]),
    ("for i in 1..3 return partial", [[], [[]], [[], [[]]]]),
    ("for i in 1..2 return {seen: partial}", [{"seen": []}, {"seen": [{"seen": []}]}]),
    ("for i in 1..3 return if i = 1 then {n: 1} else {n: partial[-1].n * 2}", [{"n": Decimal(n)} for n in (1, 2, 4)]),
    ("for partial in [1, 2] return partial", [Decimal(1), Decimal(2)]),
    ("for x in [1], y in partial return x", None),
    ("0 ** 0", Decimal(1)),
    ("\ufeff1 +\u200b1", Decimal(2)),
    ("some x in [1, 2] satisfies x > 1", True),
    ("every x in [1, 2] satisfies x > 1", False),
    ("(function(a, b) a - b)(b: 1, a: 5)", Decimal(4)),
    ('substring("🐎foo", 2)', "foo"),
    ('string length("\\uD83D\\uDCA9")', Decimal(1)),
    ('@"2026-02-28" + @"P1D"', date(2026, 3, 1)),
    ('date("2026-01-31") + duration("P1M")', date(2026, 2, 28)),
    ('@"P1Y" instance of years and months duration', True),
    ('[1, "a"] instance of list<number>', False),
    ("sort([3, 1, 2], function(x, y) x < y)", [Decimal(1), Decimal(2), Decimal(3)]),
    ('date and time("2026-10-25T12:00:00@Europe/Rome").time offset', DayTimeDuration(3600 * 10**9)),
    ('years and months duration(@"2024-02-29", @"2026-02-28")', YearMonthDuration(23)),
    ('replace("abc", "(b)", "[$1]")', "a[b]c"),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_an_expression_gives_the_value_the_standard_says(text, expected):
    assert feel.evaluate(text) == expected


def test_true_is_a_boolean_and_never_the_number_one():
    assert feel.evaluate("1 = 1") is True


def test_names_with_spaces_are_found_in_the_context():
    context = {"data di nascita": date(2000, 1, 1), "days in weekend": ["sabato", "domenica"]}

    value = feel.evaluate('for d in days in weekend return if data di nascita.year = 2000 then d else ""', context)

    assert value == ["sabato", "domenica"]


def test_names_with_operators_are_found_in_the_context():
    assert feel.evaluate("a-b - a", {"a-b": 5, "a": 2}) == Decimal(3)


def test_a_registered_function_may_have_a_keyword_in_its_name():
    functions = {"working days between": lambda start, end: (end - start).days}

    value = feel.evaluate('working days between(@"2026-01-01", @"2026-01-05")', functions=functions)

    assert value == Decimal(4)


def test_a_registered_function_takes_named_arguments():
    value = feel.evaluate("raddoppia(numero: 4)", functions={"raddoppia": lambda numero: numero * 2})

    assert value == Decimal(8)


def test_a_registered_function_that_fails_gives_null():
    value = feel.evaluate("rotta()", functions={"rotta": lambda: 1 / 0})

    assert value is None


def test_the_clock_is_the_one_it_is_given():
    now = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)

    assert feel.evaluate("now()", now=now) == now


def test_without_a_clock_now_is_null():
    assert feel.evaluate("now()") is None


def test_numbers_of_the_context_are_decimals():
    assert feel.evaluate("x + y", {"x": 1, "y": 0.1}) == Decimal("1.1")


def test_a_timedelta_of_the_context_is_a_duration():
    assert feel.evaluate('d = @"PT36H"', {"d": timedelta(days=1.5)}) is True


def test_an_unknown_name_is_null_with_a_warning():
    outcome = feel.outcome("importto + 1")

    assert outcome.value is None
    assert "«importto» non esiste" in outcome.warnings


def test_a_python_object_is_null_and_none_of_its_attributes_is_reachable():
    class Secret:
        word = "sesamo"

    assert feel.evaluate("s.word", {"s": Secret()}) is None
    assert feel.evaluate("s.__class__", {"s": "text"}) is None
    assert feel.evaluate("s.append", {"s": [1]}) == [None]


@pytest.mark.parametrize(
    "text",
    [
        "1 == 1",
        "a <> b",
        "1 = < 2",
        'substring("abc", start position: 2)',
        "[1, 2,]",
        "'a'",
        "{'a': 1}",
        "{1: 2}",
        "f(1: 2)",
    ],
)
def test_what_other_languages_write_is_refused_where_it_would_mean_something_else(text):
    with pytest.raises(FeelError):
        feel.parse(text)


def test_a_syntax_error_says_where():
    with pytest.raises(FeelError) as refusal:
        feel.parse("1 +\n  )")

    assert (refusal.value.line, refusal.value.column) == (2, 3)


@pytest.mark.parametrize(
    ("cell", "value", "expected"),
    [
        ("-", None, True),
        ("", None, True),
        ("> 10", 11, True),
        ("[1..3], 7", 7, True),
        ('"a", "b"', "c", False),
        ('not("a", "b")', "c", True),
        ("not(1, 2)", 2, False),
        ("? > 3 and ? < 5", 4, True),
        ("null", None, True),
        ('list contains(["a"], ?)', "a", True),
        ("> 10", None, None),
        ("true", None, False),
        ("true", True, True),
        ("1 < 2", "a", True),
        ('["a", "b"]', "b", True),
    ],
)
def test_a_cell_tests_its_input(cell, value, expected):
    assert feel.unary(cell, value) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('date("2026-11-22") + duration("P1D")', date(2026, 11, 23)),
        ('{date: function(t) t, d: date("2026-11-22")}.d', "2026-11-22"),
        ('[time("25:00:00"), duration("x"), date(2026), date("2026-02-30")]', [None] * 4),
    ],
)
def test_a_moment_written_out_is_what_the_function_in_scope_makes_of_it(text, expected):
    assert feel.evaluate(text) == expected


def test_a_moment_written_out_asks_the_hosts_function_of_that_name():
    assert feel.evaluate('date("2026-11-22")', functions={"date": len}) == 10


def test_a_moment_that_cannot_be_read_says_so_at_each_evaluation():
    wrong = feel.parse('date("2026-02-30")')

    assert wrong.outcome({}).warnings == wrong.outcome({}).warnings != ()


@pytest.mark.parametrize("text", ["0 ** -1", "0 ** -0.5", "decimal(0 ** -1, 2)", "string(0 ** -1)"])
def test_a_power_beyond_all_numbers_is_null(text):
    assert feel.outcome(text).value is None


def test_a_length_of_time_written_out_is_read_once():
    lasting = feel.parse('duration("P1D")')

    assert lasting.evaluate({}) is lasting.evaluate({})
