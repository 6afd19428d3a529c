from engine import feel


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
