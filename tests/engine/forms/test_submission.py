import pytest
from werkzeug.datastructures import MultiDict

from engine.forms import merged

OPTIONS = [{"label": "Uno", "value": "uno"}, {"label": "Due", "value": "due"}]


def text(key, **more):
    return {"type": "textfield", "key": key, "label": key, **more}


@pytest.fixture
def form(form_of):
    inner = {"type": "dynamiclist", "id": "s", "path": "sotto", "label": "Sotto", "components": [text("via", id="v")]}
    return form_of(
        text("nome"),
        {"type": "checkbox", "key": "consenso", "label": "Consenso"},
        {"type": "checklist", "key": "voci", "label": "Voci", "values": OPTIONS},
        {"type": "datetime", "key": "quando", "dateLabel": "Quando", "subtype": "datetime"},
        {"type": "group", "path": "sede", "label": "Sede", "components": [text("indirizzo.via", id="i")]},
        {"type": "group", "label": "Senza nome", "components": [text("altro", id="a")]},
        {"type": "dynamiclist", "path": "righe", "label": "Righe", "components": [text("dove", id="d"), inner]},
    )


def test_a_page_becomes_answers_as_typed(form):
    page = MultiDict([
        ("nome", "  Ada "), ("consenso", ""), ("consenso", "true"), ("voci", ""), ("voci", "due"), ("voci", "uno"),
        ("quando", "17/12/2026"), ("quando", "9:30"), ("sede-indirizzo-via", "Roma"), ("altro", "x"),
        ("righe", "2"), ("righe-0-dove", "Ivrea"), ("righe-1-dove", ""), ("righe-1-sotto", "1"),
        ("righe-1-sotto-0-via", "Po"),
    ])  # fmt: skip

    assert form.parse(page) == {
        "nome": "  Ada ",
        "consenso": True,
        "voci": ["due", "uno"],
        "quando": "17/12/2026 9:30",
        "sede": {"indirizzo": {"via": "Roma"}},
        "altro": "x",
        "righe": [{"dove": "Ivrea"}, {"dove": "", "sotto": [{"via": "Po"}]}],
    }


def test_an_unticked_box_is_a_no_and_a_box_not_on_the_page_is_nothing(form):
    assert form.parse(MultiDict([("consenso", ""), ("voci", "")])) == {"consenso": False, "voci": []}
    assert form.parse(MultiDict()) == {}


def test_half_a_moment_comes_back_in_its_half(form):
    assert form.parse(MultiDict([("quando", ""), ("quando", "9:30")])) == {"quando": " 9:30"}
    assert form.parse(MultiDict([("quando", ""), ("quando", " ")])) == {"quando": ""}


def test_a_list_has_the_rows_the_page_had_even_when_they_are_empty(form):
    assert form.parse(MultiDict([("righe", "3")])) == {"righe": [{}, {}, {}]}
    assert form.parse(MultiDict([("righe", "0")])) == {"righe": []}


@pytest.mark.parametrize("count", ["-1", "molte", "", "²"])
def test_a_row_count_that_is_none_gives_no_rows(form, count):
    assert form.parse(MultiDict([("righe", count)])) == {"righe": []}


def test_a_row_count_out_of_bounds_is_cut_where_it_can_still_be_refused(form):
    assert len(form.parse(MultiDict([("righe", "999999")]))["righe"]) == 201


def test_names_the_form_does_not_have_come_along_to_be_refused(form, messages):
    answers = form.parse(MultiDict([("nome", "Ada"), ("intruso", "x"), ("righe", "1"), ("righe-7-dove", "y")]))

    assert set(messages(form, answers)) == {"intruso", "righe-7-dove"}


def test_newer_answers_lie_over_older_ones():
    before = {"a": 1, "b": {"x": 1, "y": 2}, "c": [{"x": 1, "y": 1}, {"x": 2}], "d": ["uno"]}

    after = merged(before, {"b": {"y": 3}, "c": [{"y": 9}, {}], "d": ["due"]})

    assert after == {"a": 1, "b": {"x": 1, "y": 3}, "c": [{"x": 1, "y": 9}, {"x": 2}], "d": ["due"]}


def test_a_list_of_another_length_replaces_the_older_one():
    assert merged({"c": [{"x": 1, "y": 1}]}, {"c": []}) == {"c": []}
    assert merged({"c": [{"x": 1}]}, {"c": [{}, {}]}) == {"c": [{}, {}]}


def test_a_row_is_added_with_its_defaults_and_another_taken_away(form_of):
    inner = {"type": "dynamiclist", "id": "s", "path": "sotto", "label": "S", "components": [text("via", id="v")]}
    rows = {"type": "dynamiclist", "path": "righe", "label": "R",
            "components": [text("dove", id="d", defaultValue="qui"), inner]}  # fmt: skip
    form = form_of(rows)
    answers = {"righe": [{"dove": "Ivrea", "sotto": []}]}

    grown = form.with_row(answers, "righe")
    nested = form.with_row(grown, "righe-1-sotto")

    assert grown["righe"][1]["dove"] == "qui"
    assert len(nested["righe"][1]["sotto"]) == 2
    assert form.without_row(nested, "righe-0")["righe"] == nested["righe"][1:]
    assert answers == {"righe": [{"dove": "Ivrea", "sotto": []}]}


@pytest.mark.parametrize("name", ["", "nome", "righe-x", "righe-99", "altrove", "righe-0-dove"])
def test_asking_for_a_list_or_a_row_that_is_not_there_changes_nothing(form, name):
    answers = {"righe": [{"dove": "Ivrea"}]}

    assert form.without_row(answers, name) == answers
    if not name.startswith("righe-9"):
        assert form.with_row(answers, name) == answers


def test_a_list_does_not_grow_over_its_limit(form):
    answers = {"righe": [{}] * 200}

    assert len(form.with_row(answers, "righe")["righe"]) == 200
