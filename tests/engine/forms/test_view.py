import pytest

from engine.forms import RECAP
from engine.problems import FieldError


def text(key, **more):
    return {"type": "textfield", "key": key, "label": key.capitalize(), **more}


def one(view):
    (item,) = view.items
    return item


def step(name, *fields, **more):
    return {"type": "group", "id": name, "label": name.capitalize(), "properties": {"passo": "1"},
            "components": [{"id": f"{name}-{place}", **field} for place, field in enumerate(fields)], **more}  # fmt: skip


def test_a_field_starts_with_what_the_case_knows_then_its_default(form_of, seen):
    form = form_of(text("a", defaultValue="predefinito"))

    assert one(seen(form)).typed == "predefinito"
    assert one(seen(form, variables={"a": "noto"})).typed == "noto"
    assert one(seen(form, {"a": ""}, variables={"a": "noto"})).typed == ""


@pytest.mark.parametrize(
    ("component", "value", "shown"),
    [
        ({"type": "number"}, 1234.5, ("1234,5", "1234,5")),
        ({"type": "datetime", "subtype": "date"}, "2026-12-07", ("07/12/2026", "07/12/2026")),
        ({"type": "datetime", "subtype": "time"}, "09:05+01:00", ("9:05", "9:05")),
        ({"type": "datetime", "subtype": "datetime"}, "2027-07-24T07:05Z", ("24/07/2027 9:05", "24/07/2027 9:05")),
        ({"type": "checkbox"}, True, (True, "sì")),
        ({"type": "radio", "values": [{"label": "Uno", "value": 1}]}, 1, ("1", "Uno")),
        ({"type": "checklist", "values": [{"label": "Uno", "value": "u"}]}, ["u"], (["u"], "Uno")),
    ],
)
def test_a_stored_value_is_shown_as_one_would_type_it_and_in_words(form_of, seen, component, value, shown):
    form = form_of({"key": "a", "label": "A", **component})

    item = one(seen(form, variables={"a": value}))

    assert (item.typed, item.words) == shown


def test_what_was_typed_comes_back_as_it_was_even_when_it_means_nothing(form_of, seen):
    form = form_of(
        {"type": "datetime", "key": "d", "label": "D", "subtype": "date"},
        {"type": "datetime", "key": "e", "label": "E", "subtype": "date"},
        {"type": "number", "key": "n", "label": "N"},
    )

    view = seen(form, {"d": "31/2/26", "e": "2026-12-17", "n": " dodici "})

    assert [item.typed for item in view.items] == ["31/2/26", "2026-12-17", " dodici "]


def test_an_unknown_stored_option_is_shown_as_it_is(form_of, seen):
    form = form_of(
        {"type": "select", "key": "a", "label": "A", "readonly": True, "values": [{"label": "Uno", "value": "u"}]}
    )

    assert one(seen(form, variables={"a": "scomparsa"})).words == "scomparsa"


def test_labels_help_and_texts_take_values_of_the_case(form_of, seen):
    form = form_of(
        text("a", label='="Ciao " + nome', description="Vieni {{ volte }} volte, {{ nome }}."),
        {"type": "text", "text": "**{{ nome }}** e {{ manca }}"},
    )

    field, shown = seen(form, variables={"nome": "[A](javascript:1)*", "volte": 2}).items

    assert (field.label, field.help) == ("Ciao [A](javascript:1)*", "Vieni 2 volte, [A](javascript:1)*.")
    assert shown.facts["markdown"] == r"**\[A\]\(javascript\:1\)\*** e "


def test_components_of_a_row_share_its_sixteen_columns(form_of, seen):
    form = form_of(
        text("a", layout={"row": "R1", "columns": 6}),
        text("b", layout={"row": "R1", "columns": None}),
        text("c", layout={"row": "R2", "columns": 8}),
        text("d"),
    )

    assert [[(item.name, item.span) for item in line] for line in seen(form).lines] == [
        [("a", 6), ("b", 10)],
        [("c", 8)],
        [("d", 16)],
    ]


def test_a_list_starts_with_its_repetitions_or_the_rows_of_the_case(form_of, seen):
    rows = {"type": "dynamiclist", "path": "r", "label": "R", "components": [text("a", id="a")]}

    assert len(one_list(seen(form_of({**rows, "defaultRepetitions": 0})))) == 0
    assert len(one_list(seen(form_of(rows)))) == 1
    assert len(one_list(seen(form_of(rows), variables={"r": [{"a": "x"}, {"a": "y"}]}))) == 2


def one_list(view):
    return next(item for item in view.items if item.kind == "dynamiclist").entries


def test_a_read_only_list_shows_the_rows_of_the_case(form_of, seen):
    rows = {"type": "dynamiclist", "path": "r", "label": "R", "readonly": True, "components": [text("a", id="a")]}

    view = seen(form_of(rows), {"r": [{"a": "falsa"}] * 3}, variables={"r": [{"a": "vera"}]})

    assert [item.words for item in view.items if item.kind == "textfield"] == ["vera"]


def test_errors_stand_at_their_fields(form_of, seen):
    rows = {"type": "dynamiclist", "path": "r", "label": "R", "components": [text("a", id="a")]}
    error = FieldError("r-1-a", "A", "Così no.")

    view = seen(form_of(rows), {"r": [{}, {}]}, errors=[error])

    assert {item.name: item.errors for item in view.items if item.errors} == {"r-1-a": ("Così no.",)}


def test_the_fingerprint_of_a_field_changes_with_its_words_not_with_its_answer(form_of, seen):
    form = form_of(text("a", label="Ciao {{ nome }}"))

    prints = {one(seen(form, {"a": typed}, variables={"nome": "Ada"})).fingerprint for typed in ("x", "y")}
    other = one(seen(form, variables={"nome": "Marta"})).fingerprint

    assert len(prints) == 1
    assert other not in prints


def test_a_form_without_conditions_does_not_react(form_of, seen):
    assert not seen(form_of(text("a"), {"type": "text", "text": "fisso"})).reactive
    assert seen(form_of(text("a", conditional={"hide": "=b"}))).reactive
    assert seen(form_of({"type": "text", "text": "{{ a }}"})).reactive


class TestSteps:
    @pytest.fixture
    def form(self, form_of):
        return form_of(
            step("chi", text("nome", validate={"required": True})),
            step("cosa", text("titolo"), conditional={"hide": '=nome = "salta"'}),
            step("quando", text("data")),
        )

    def test_only_the_step_on_the_page_is_drawn(self, form, names_seen):
        assert names_seen(form.at("cosa")) == ["titolo"]
        assert names_seen(form.at(None)) == ["nome"]
        assert names_seen(form.at("altrove")) == ["nome"]

    def test_the_stepper_says_what_is_done_and_what_comes(self, form, seen):
        view = seen(form.at("cosa"), {"nome": "Ada"})

        assert [(passo.id, passo.turn) for passo in view.steps] == [
            ("chi", "done"), ("cosa", "here"), ("quando", "ahead"), (RECAP, "ahead"),
        ]  # fmt: skip
        assert (view.previous, view.next, view.number) == ("chi", "quando", 2)

    def test_a_step_passed_by_without_its_answers_is_not_done(self, form, seen):
        view = seen(form.at("quando"))

        assert [passo.turn for passo in view.steps] == ["left", "done", "here", "ahead"]

    def test_a_step_left_out_is_no_step(self, form, seen):
        view = seen(form.at("chi"), {"nome": "salta"})

        assert view.next == "quando"
        assert len(view.steps) == 3

    def test_the_first_and_the_last_step_have_nothing_beyond(self, form, seen):
        assert seen(form.at("chi")).previous is None
        assert seen(form.at(RECAP)).next is None

    def test_the_recap_reads_every_answer_again(self, form, seen):
        view = seen(form.at(RECAP), {"nome": "Ada"})

        assert view.items == ()
        assert [(part.step, [(answer.label, answer.words) for answer in part.answers]) for part in view.recap] == [
            ("chi", [("Nome", "Ada")]),
            ("cosa", [("Titolo", "non indicato")]),
            ("quando", [("Data", "non indicato")]),
        ]

    def test_the_recap_says_which_questions_nobody_answered(self, form, seen):
        view = seen(form.at(RECAP), {"nome": "non indicato"})

        assert [answer.given for part in view.recap for answer in part.answers] == [True, False, False]

    def test_a_form_of_one_page_has_no_steps(self, form_of, seen):
        view = seen(form_of(text("a")).at("chi"))

        assert (view.steps, view.step, view.number, view.next) == ((), None, 0, None)


def test_answers_read_again_leave_out_what_conditions_and_roles_leave_out(form_of):
    from datetime import UTC, datetime

    rows = {"type": "dynamiclist", "path": "r", "label": "Righe", "components": [text("b", id="b")]}
    form = form_of(
        text("a", conditional={"hide": "=true"}),
        text("c", properties={"ruoli": "*=hidden"}),
        text("d", properties={"etichetta-breve": "Breve"}),
        rows,
    )

    (section,) = form.recap(
        {"a": "1", "c": "2", "d": "3", "r": [{"b": "4"}]},
        variables={},
        roles=(),
        now=datetime(2026, 11, 17, tzinfo=UTC),
    )

    assert [(answer.label, answer.words) for answer in section.answers] == [("Breve", "3"), ("Righe", "")]
    assert [(answer.label, answer.words) for answer in section.answers[1].rows[0]] == [("B", "4")]


def needs(**properties):
    return {
        "type": "dynamiclist",
        "label": "Esigenze",
        "path": "esigenze",
        "properties": {"righe-iniziali": "=for a in altri return {argomento: a}", **properties},
        "components": [{"id": "uno", **text("argomento")}, {"id": "due", **text("esito", defaultValue="da definire")}],
    }


def rows_of(view):
    return [[item.typed for line in entry for item in line] for entry in one_list(view)]


@pytest.mark.parametrize(
    ("variables", "typed"),
    [
        ({"sala": "Sala consiliare"}, "Sala consiliare"),
        ({}, "Municipio"),
        ({"sala": "x", "dove": "Biblioteca"}, "Biblioteca"),
    ],
)
def test_a_field_begins_with_what_its_expression_gives_unless_the_case_knows_better(form_of, seen, variables, typed):
    where = text("dove", defaultValue="Municipio", properties={"valore-iniziale": "=sala"})

    (item,) = seen(form_of(where), variables=variables).items

    assert item.typed == typed


def test_a_field_that_is_answered_anew_at_each_turn_begins_without_the_case_s_answer(form_of, seen):
    anew = {"ogni-volta": "vuoto"}
    chosen = text("dove", properties=anew), text("quando", defaultValue="mattina", properties=anew)

    items = seen(form_of(*chosen), variables={"dove": "Biblioteca", "quando": "sera"}).items

    assert [item.typed for item in items] == ["", "mattina"]


def test_a_list_begins_with_the_rows_its_expression_gives(form_of, seen):
    view = seen(form_of(needs()), variables={"altri": ["proteggere", "vendere"]})

    assert rows_of(view) == [["proteggere", "da definire"], ["vendere", "da definire"]]


def test_rows_the_case_already_has_come_before_those_of_the_expression(form_of, seen):
    view = seen(form_of(needs()), variables={"altri": ["vendere"], "esigenze": [{"argomento": "produrre"}]})

    assert rows_of(view) == [["produrre", "da definire"]]


def test_rows_taken_away_do_not_come_back(form_of, seen):
    assert rows_of(seen(form_of(needs()), {"esigenze": []}, variables={"altri": ["vendere"]})) == []


@pytest.mark.parametrize("variables", [{}, {"altri": []}])
def test_an_expression_that_gives_no_rows_leaves_the_list_to_its_default(form_of, seen, variables):
    assert rows_of(seen(form_of(needs()), variables=variables)) == [["", "da definire"]]
