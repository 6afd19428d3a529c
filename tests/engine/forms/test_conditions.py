import pytest

from engine.errors import ExpressionFailed


def text(key, **more):
    return {"type": "textfield", "key": key, "label": key.capitalize(), **more}


def hidden_if(condition):
    return {"conditional": {"hide": f"={condition}"}}


def test_a_hidden_field_is_neither_asked_nor_taken(form_of, clean, messages):
    form = form_of(text("a"), text("b", validate={"required": True}, **hidden_if('a != "sì"')))

    assert clean(form, {"a": "no", "b": "scritto prima"}) == {"a": "no"}
    assert messages(form, {"a": "sì"}) == {"b": "Compila questo campo."}


def test_a_hidden_group_hides_what_it_holds(form_of, clean):
    group = {"type": "group", "label": "G", "components": [text("b", id="b", validate={"required": True})]}

    assert clean(form_of(text("a"), {**group, **hidden_if("a = null")}), {}) == {"a": None}


def test_an_answer_that_is_hidden_counts_as_unanswered(form_of, names_seen):
    form = form_of(text("a"), text("b", **hidden_if('a = "via"')), text("c", **hidden_if('b = "via"')))

    assert names_seen(form, {"a": "via", "b": "via"}) == ["a", "c"]
    assert names_seen(form, {"a": "qui", "b": "via"}) == ["a", "b"]


def test_a_condition_may_look_at_a_later_answer(form_of, names_seen):
    form = form_of(text("a", **hidden_if('b = "via"')), text("b"))

    assert names_seen(form, {"b": "via"}) == ["b"]


def test_two_fields_that_hide_each_other_come_to_rest(form_of, names_seen):
    form = form_of(text("a", **hidden_if("b != null")), text("b", **hidden_if("a != null")))

    assert set(names_seen(form, {"a": "x", "b": "y"})) <= {"a", "b"}


def test_conditions_see_what_the_case_knows(form_of, names_seen):
    form = form_of(text("a", **hidden_if('triage.urgenza = "alta"')))

    assert names_seen(form, variables={"triage": {"urgenza": "alta"}}) == []


def test_an_empty_field_hides_an_older_value_of_the_case(form_of, clean):
    form = form_of(text("a"), text("b", **hidden_if("a = null")))

    assert clean(form, {"a": ""}, variables={"a": "prima"}) == {"a": None}


def test_conditions_see_numbers_as_numbers_and_the_unreadable_as_null(form_of, names_seen):
    form = form_of({"type": "number", "key": "n", "label": "N"}, text("a", **hidden_if("n = null or n < 10")))

    assert names_seen(form, {"n": "9,5"}) == ["n"]
    assert names_seen(form, {"n": "10,5"}) == ["n", "a"]
    assert names_seen(form, {"n": "dieci"}) == ["n"]


def test_a_row_sees_itself_its_parent_and_its_place(form_of, names_seen):
    rows = {
        "type": "dynamiclist", "path": "righe", "label": "Righe",
        "components": [
            {"id": "x", **text("mezzo")},
            {"id": "y", **text("quale", **hidden_if('this.mezzo != "altro"'))},
            {"id": "z", **text("luogo", **hidden_if('parent.modo != "fiera" or i[1] != 2'))},
        ],
    }  # fmt: skip
    form = form_of(text("modo"), rows)

    found = names_seen(form, {"modo": "fiera", "righe": [{"mezzo": "altro"}, {"mezzo": "carta"}]})

    assert found == ["modo", "righe", "righe-0-mezzo", "righe-0-quale", "righe-1-mezzo", "righe-1-luogo"]


def test_options_come_from_the_case_or_from_an_expression(form_of, clean, messages):
    known = {"analisti": [{"label": "Ada Esempio", "value": "ada"}, "prova"]}
    form = form_of(
        {"type": "select", "key": "a", "label": "A", "valuesKey": "analisti"},
        {
            "type": "radio",
            "key": "b",
            "label": "B",
            "valuesExpression": "=for n in [1, 2] return {label: string(n), value: n}",
        },
    )

    assert clean(form, {"a": "ada", "b": "2"}, variables=known) == {"a": "ada", "b": 2}
    assert set(messages(form, {"a": "ada", "b": "3"})) == {"a", "b"}


def test_options_may_depend_on_an_answer(form_of, clean):
    form = form_of(
        {"type": "number", "key": "n", "label": "N"},
        {"type": "radio", "key": "b", "label": "B", "valuesExpression": "=for k in 1..n return k"},
    )

    assert clean(form, {"n": "3", "b": "3"}) == {"n": 3, "b": 3}


def test_a_condition_may_use_the_desks_functions(form_of, clean):
    form = form_of(text("a", validate={"required": True}, **hidden_if("chiuso()")))

    assert clean(form, {}, functions={"chiuso": lambda: True}) == {}


def test_a_condition_that_never_ends_fails_and_says_whose_it_is(form_of, clean):
    form = form_of(text("a", id="colpevole", **hidden_if("count(for x in 1..100000000 return x) > 1")))

    with pytest.raises(ExpressionFailed) as failed:
        clean(form, {})

    assert failed.value.element_id == "colpevole"


def test_a_read_only_value_comes_from_the_case_never_from_the_page(form_of, clean):
    form = form_of(text("a", readonly=True), text("b", disabled=True), text("c", readonly="=chiusa"))

    found = clean(
        form, {"a": "io", "b": "io", "c": "io"}, variables={"a": "lei", "b": "lei", "c": "lei", "chiusa": True}
    )

    assert found == {"a": "lei", "b": "lei", "c": "lei"}


def test_a_read_only_field_the_case_does_not_know_takes_its_default(form_of, clean):
    form = form_of(text("a", readonly=True, defaultValue="predefinito"), text("b", readonly=True))

    assert clean(form, {"a": "io", "b": "io"}) == {"a": "predefinito"}


def test_a_field_opened_by_an_answer_takes_what_was_typed(form_of, clean):
    form = form_of(text("a"), text("b", readonly='=a != "sì"'))

    assert clean(form, {"a": "sì", "b": "mio"}, variables={"b": "loro"}) == {"a": "sì", "b": "mio"}


GRANTS = {"ruoli": "Analista=edit, Referente=readonly, *=hidden"}


class TestRoles:
    @pytest.mark.parametrize(
        ("roles", "taken"),
        [
            (("Analista",), {"a": "nuovo"}),
            (("Referente",), {"a": "noto"}),
            (("Referente", "Analista"), {"a": "nuovo"}),
            (("Coordinatore",), {}),
            ((), {}),
        ],
    )
    def test_each_role_does_what_the_property_grants(self, form_of, clean, roles, taken):
        form = form_of(text("a", properties=GRANTS, validate={"required": True}))

        assert clean(form, {"a": "nuovo"}, variables={"a": "noto"}, roles=roles) == taken

    def test_the_property_may_be_json(self, form_of, clean):
        form = form_of(text("a", properties={"ruoli": '{"Referente": "hidden"}'}))

        assert clean(form, {"a": "x"}, roles=("Referente",)) == {}
        assert clean(form, {"a": "x"}, roles=("Analista",)) == {"a": "x"}

    def test_what_a_role_may_not_see_is_not_on_the_page(self, form_of, names_seen):
        form = form_of(text("a", properties=GRANTS), text("b"))

        assert names_seen(form, variables={"a": "segreto"}, roles=("Coordinatore",)) == ["b"]

    def test_what_a_role_may_not_see_is_not_lost_when_its_row_is_written_anew(self, form_of, clean):
        note = text("nota", id="n", properties={"ruoli": "Analista=edit, *=hidden"})
        rows = {"type": "dynamiclist", "path": "righe", "label": "Righe", "components": [text("luogo", id="l"), note]}
        known = {"righe": [{"luogo": "Ivrea", "nota": "riservata"}]}

        found = clean(
            form_of(rows), {"righe": [{"luogo": "Burolo", "nota": "falsa"}, {"luogo": "Ivrea"}]}, variables=known
        )

        assert found == {"righe": [{"luogo": "Burolo", "nota": "riservata"}, {"luogo": "Ivrea"}]}


def test_what_only_feel_knows_is_written_as_feel_writes_it(form_of, seen, clean):
    form = form_of(
        {"type": "text", "text": 'Entro {{ duration("P3D") }}'},
        {"type": "radio", "key": "a", "label": "A", "valuesExpression": '=[duration("P3D"), date("2026-12-17")]'},
    )

    assert seen(form).items[0].facts["markdown"] == "Entro P3D"
    assert clean(form, {"a": "2026-12-17"}) == {"a": "2026-12-17"}
    assert clean(form, {"a": "P3D"}) == {"a": "P3D"}


def test_in_a_row_a_choice_not_made_is_null(form_of, names_seen):
    choice = {"id": "a", "type": "select", "key": "esito", "label": "E", "values": [{"label": "Uno", "value": "uno"}]}
    reason = {"id": "b", "type": "textfield", "key": "perche", "label": "P", "conditional": {"hide": "=esito = null"}}
    form = form_of({"type": "dynamiclist", "path": "righe", "label": "Righe", "components": [choice, reason]})

    names = names_seen(form, {"righe": [{"esito": ""}, {"esito": "uno"}]})

    assert names == ["righe", "righe-0-esito", "righe-1-esito", "righe-1-perche"]
