import pytest

from engine import feel
from engine.feel.library import LIBRARY

SOUND = [
    'ordini[prezzo > soglia and item.stato = "aperto"]',
    "for i in 1..3, j in [i, 2] return i * j + sum(partial)",
    "some o in ordini satisfies o.prezzo > soglia",
    "every a in ordini, b in a.righe satisfies b > soglia",
    "sort(ordini, function(a, b) a.prezzo < b.prezzo)",
    "{tasso: 2, lordo: soglia * tasso, f: function(x) x + tasso, y: f(1)}.y",
    "if soglia in [1..3] then data di nascita.year else date(year: 2020, month: 1, day: 1).day",
    'substring(string: "abc", start position: 2)',
    "min(1, 2, 3) + min([1, 2]) + min(list: [1, 2])",
    "concatenate([1], [2], [3], [4], [5], [6], [7], [8], [9], [10], [11], [12], [13], [14])",
    'number("1.000", ".", ",") + number("1")',
    "working days between(today(), now()) = importo-netto",
    "ordini[f(item) and altro]",
    "(function(count) count(1))(function(x) x)",
    '@"2020-01-01" + duration(from: "P1D")',
    "soglia between 1 and 3 and soglia instance of number",
]
IN_SCOPE = ["ordini", "soglia", "data di nascita", "importo-netto", "working days between"]
UNSOUND = [
    ('substring("a")', 1, "wrong-call", "«substring» vuole 2 o 3 argomenti, non 1."),
    ("soglia + min()", 10, "wrong-call", "«min» vuole almeno 1 argomento, non 0."),
    ("date(yeer: 2020)", 1, "wrong-call", "«date» non ha il parametro «yeer»: intendevi «year»?"),
    ("date(month: 1)", 1, "wrong-call", "«date» non si può chiamare con questi parametri: month."),
    ('ordini[substring(item) = "a"]', 8, "wrong-call", "«substring» vuole 2 o 3 argomenti, non 1."),
    ('ordini[sttring(item) = "a"]', 8, "unknown-name", "«sttring» non esiste: intendevi «string»?"),
    ("for x in ordini return y", 24, "unknown-name", '«y» non esiste: se è un testo, si scrive "y".'),
    ("for x in y, y in ordini return x", 10, "unknown-name", '«y» non esiste: se è un testo, si scrive "y".'),
    ("{a: b, b: 1}", 5, "unknown-name", '«b» non esiste: se è un testo, si scrive "b".'),
    ("function(a) a + sogliaa", 17, "unknown-name", "«sogliaa» non esiste: intendevi «soglia»?"),
    ("data di nasita", 1, "unknown-name", "«data di nasita» non esiste: intendevi «data di nascita»?"),
]


def test_a_sound_expression_has_no_problems():
    assert feel.check("importo > 1000 and string length(nome) > 2", ["importo", "nome"]) == []


def test_an_unknown_name_is_shown_in_its_place_with_the_name_that_was_meant():
    [problem] = feel.check("1 +\n importto", ["importo"])

    assert (problem.line, problem.column) == (2, 2)
    assert problem.message == "«importto» non esiste: intendevi «importo»?"


def test_an_unknown_function_is_a_problem_too():
    [problem] = feel.check("string lenght(nome)", ["nome"])

    assert problem.message == "«string lenght» non esiste: intendevi «string length»?"


def test_without_names_only_the_syntax_is_checked():
    assert feel.check("qualunque cosa") == []


def test_names_bound_inside_the_expression_are_known():
    text = "{a: 1, b: for x in [a] return x + partial[1], c: (function(y) y + b)(2)}.c"

    assert feel.check(text, []) == []


def test_a_syntax_error_is_one_problem():
    [problem] = feel.check("if x then 1", ["x"])

    assert problem.message == "Qui serve «else»."


def test_an_expression_that_begins_with_a_comparison_is_a_problem():
    [problem] = feel.check("=importo", ["importo"])

    assert problem.message == "Un’espressione non può cominciare con «=»."


def test_a_cell_may_name_its_input():
    assert feel.check("? > soglia", ["soglia"], unary=True) == []


@pytest.mark.parametrize("text", SOUND)
def test_nothing_is_told_of_an_expression_that_may_have_a_value(text):
    assert feel.check(text, IN_SCOPE) == []


@pytest.mark.parametrize(("text", "column", "rule", "message"), UNSOUND)
def test_what_will_surely_be_null_is_told_in_its_place(text, column, rule, message):
    assert feel.check(text, IN_SCOPE) == [feel.ExpressionProblem(1, column, message, rule)]


def test_without_names_a_call_that_does_not_fit_is_not_told():
    assert feel.check('substring("a")') == []


def test_a_function_of_ones_own_may_bear_a_built_in_name():
    assert feel.check("substring(1, 2, 3, 4)", ["substring"]) == []


@pytest.mark.parametrize("name", sorted(LIBRARY))
@pytest.mark.parametrize("argument", ["1", '"a"', "[1]", "true"])
def test_a_call_that_is_told_does_give_null(name, argument):
    for count in range(9):
        call = f"{name}({', '.join([argument] * count)})"
        for problem in feel.check(call, []):
            assert feel.outcome(call).value is None, problem


def test_a_problem_moves_with_what_stands_before_the_expression():
    assert feel.ExpressionProblem(1, 3, "").after("=").place == "colonna 4"
    assert feel.ExpressionProblem(1, 3, "").after("a\n  =").place == "riga 2, colonna 6"
    assert feel.ExpressionProblem(2, 3, "").after("\n=").place == "riga 3, colonna 3"


def test_the_nearest_is_found_among_thousands():
    names = [f"importo_del_campo_{turn}" for turn in range(5000)] + ["imponibile"]

    assert feel.check("imponibbile", names)[0].message == "«imponibbile» non esiste: intendevi «imponibile»?"


def test_no_more_problems_are_told_than_anybody_reads():
    assert len(feel.check(" + ".join(f"ignoto{turn}" for turn in range(700)), ["importo"])) == 100
