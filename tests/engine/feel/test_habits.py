"""What people write by habit is told with what FEEL says instead."""

import pytest

from engine import feel

NAMES = ["stato", "tentativi", "nascita"]
UNREADABLE = [
    ("stato = “inoltra”", 9, 'virgolette doppie e diritte: "così"'),
    ("stato = «inoltra»", 9, 'virgolette doppie e diritte: "così"'),
    ("stato = 'inoltra'", 9, 'virgolette doppie e diritte: "così"'),
    ('stato = "inoltra”', 9, 'virgolette doppie e diritte: "così"'),
    ('stato == "a"', 8, "l’uguale è uno solo"),
    ('stato <> "a"', 8, "«!=»"),
    ("tentativi => 2", 12, "«>=»"),
    ("tentativi =< 2", 12, "«<=»"),
    ("tentativi ≥ 2", 11, "«>=»"),
    ("tentativi ≤ 2", 11, "«<=»"),
    ("tentativi ≠ 2", 11, "«!=»"),
    ('stato = "a" && tentativi > 2', 13, "«and»"),
    ('stato = "a" || tentativi > 2', 13, "«or»"),
    ('stato = "a" e tentativi > 2', 13, "«and», in minuscolo"),
    ('stato = "a" OR tentativi > 2', 13, "«or», in minuscolo"),
    ("!(tentativi = 2)", 1, "not(…)"),
    ("se stato = null allora 0 altrimenti 2", 17, "if … then … else …"),
    ("IF stato = null THEN 0 ELSE 2", 17, "if … then … else …"),
    ("tentativi = 1 ? 2 : 3", 15, "if … then … else …"),
    ("tentativi > 10,5", 15, "i decimali vogliono il punto"),
    ("tentativi > 1.000.000", 18, "senza punti per le migliaia"),
    ("nascita > 22.11.2026", 16, 'date("2026-12-31")'),
    ("max(1; 2)", 6, "con una virgola"),
    ("tentativi > 10%", 15, "0.10"),
    ("tentativi > 10 €", 16, "senza la moneta"),
    ("tentativi – 1", 11, "il trattino semplice"),
]
UNREADABLE_CELLS = [
    ("0..19", "[0..19]"),
    ("[0…19]", "[0..19]"),
    ("*", "la cella resta vuota"),
    ("not 5", "not(…)"),
    ("== 5", "l’uguale è uno solo"),
    ("=> 5", "«>=»"),
]
SLIPS = [
    ("nascita > 22/11/2026", 11, 'date("2026-11-22")'),
    ("nascita > 2026-11-22", 11, 'date("2026-11-22")'),
    ('nascita > date("22/11/2026")', 11, "«22/11/2026» non è una data"),
    ('now() + duration("P5")', 9, "«P5» non è una durata"),
    ('time("9.30")', 1, "«9.30» non è un’ora"),
    ('date and time("domani")', 1, "«domani» non è una data con l’ora"),
    ('stato = "a" or "b"', 16, "«or» unisce condizioni intere"),
    ("now + 1", 1, "now()"),
    ("for x in [3..1] return x", 10, "l’intervallo è vuoto"),
]
SLIPS_IN_CELLS = [
    ("10,5", 4, "i decimali vogliono il punto"),
    ("> 10,5", 6, "i decimali vogliono il punto"),
    ("0-19", 1, "[0..19]"),
    ("[0...19]", 5, "due punti, non tre"),
    ("> 0 and < 19", 1, "«and» unisce condizioni intere"),
    ("5 or 6", 1, "«or» unisce condizioni intere"),
]
MEANT = [
    ("stato = vero", "true, in minuscolo"),
    ("stato = True", "true, in minuscolo"),
    ("stato = inoltra", 'si scrive "inoltra"'),
    ("now() + P10D", 'duration("P10D")'),
    ("not tentativi = 2", "not(…)"),
]
FINE = ["1, 5", "1,2,3", "10.5", "-5", "[0..19]", "? > 3 and ? < 9", '"a,b"', "not(5)", "= 5", "[1..2], [8..9]"]


@pytest.mark.parametrize(("text", "column", "said"), UNREADABLE)
def test_what_cannot_be_read_says_what_to_write(text, column, said):
    [problem] = feel.check(text, NAMES)

    assert (problem.rule, problem.column) == ("syntax", column)
    assert said in problem.message


@pytest.mark.parametrize(("text", "said"), UNREADABLE_CELLS)
def test_what_cannot_be_read_in_a_cell_says_what_to_write(text, said):
    [problem] = feel.check(text, NAMES, unary=True)

    assert (problem.rule, said in problem.message) == ("syntax", True)


@pytest.mark.parametrize(("text", "column", "said"), SLIPS)
def test_what_can_be_read_but_is_a_slip_is_told(text, column, said):
    [problem] = feel.check(text, NAMES)

    assert (problem.rule, problem.column) == ("slip", column)
    assert said in problem.message


@pytest.mark.parametrize(("text", "column", "said"), SLIPS_IN_CELLS)
def test_a_slip_in_a_cell_is_told(text, column, said):
    [problem] = feel.check(text, NAMES, unary=True)

    assert (problem.rule, problem.column) == ("slip", column)
    assert said in problem.message


@pytest.mark.parametrize(("text", "said"), MEANT)
def test_a_name_that_is_none_says_what_was_meant(text, said):
    [problem] = feel.check(text, NAMES)

    assert (problem.rule, said in problem.message) == ("unknown-name", True)


@pytest.mark.parametrize("text", FINE)
def test_a_sound_cell_is_no_slip(text):
    assert feel.check(text, NAMES, unary=True) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('stato = "inviatta"', [(9, '"inviatta" non è tra le risposte di «stato»: intendevi "inviata"?')]),
        ('"zzz" != stato', [(1, '"zzz" non è tra le risposte di «stato»: si sceglie tra "bozza", "inviata".')]),
        (
            'if stato in ("bozza", "zzz") then 1 else 2',
            [(23, '"zzz" non è tra le risposte di «stato»: si sceglie tra "bozza", "inviata".')],
        ),
        ('stato = "inviata" or tentativi = "zzz"', []),
        ('righe[stato = "zzz"]', []),
        ("stato = ", []),
    ],
)
def test_a_text_that_nobody_can_choose_is_told(text, told):
    found = feel.never_chosen(text, [*NAMES, "righe"], {"stato": frozenset({"bozza", "inviata"})})

    assert [(each.column, each.message) for each in found] == told
