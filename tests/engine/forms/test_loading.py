import json

import pytest

from engine import forms

FIELD = {"type": "textfield", "key": "nome", "label": "Nome"}


def test_every_component_of_the_editor_that_asks_or_shows_is_taken(problems_of):
    options = [{"label": "Uno", "value": "uno"}]
    kinds = [
        {"type": "textfield", "key": "a", "label": "A"},
        {"type": "textarea", "key": "b", "label": "B"},
        {"type": "number", "key": "c", "label": "C"},
        {"type": "checkbox", "key": "d", "label": "D"},
        {"type": "checklist", "key": "e", "label": "E", "values": options},
        {"type": "radio", "key": "f", "label": "F", "values": options},
        {"type": "select", "key": "g", "label": "G", "values": options},
        {"type": "taglist", "key": "h", "label": "H", "values": options},
        {"type": "datetime", "key": "i", "dateLabel": "I", "subtype": "date"},
        {"type": "group", "path": "j", "label": "J", "components": []},
        {"type": "dynamiclist", "path": "k", "label": "K", "components": []},
        {"type": "text", "text": "# Testo"},
        {"type": "image", "source": "/static/figura.png", "alt": "Figura"},
        {"type": "separator"},
        {"type": "spacer", "height": 60},
        {"type": "button", "label": "Invia", "action": "submit"},
    ]

    assert problems_of(*kinds) == []


@pytest.mark.parametrize(
    "kind", ["html", "iframe", "expression", "table", "filepicker", "documentPreview", "magia", ""]
)
def test_a_component_that_would_not_run_is_refused_with_the_reason(kind):
    source = json.dumps({"type": "default", "components": [{"type": kind, "id": "X", "label": "Cosa"}]}).encode()

    with pytest.raises(forms.InvalidForm) as refused:
        forms.load(source, "forms/prova.json")

    (problem,) = refused.value.problems
    assert (problem.kind, problem.rule, problem.element, problem.name) == (
        "unsupported",
        "form-component-type",
        "X",
        "Cosa",
    )
    assert problem.message
    assert problem.advice


def test_a_problem_names_the_file_the_line_and_the_component():
    source = (
        b'{\n "components": [\n  {"type": "text", "id": "uno", "text": "a"},\n  {"type": "html",\n   "id": "due"}]}'
    )

    (problem,) = forms.check(source, "forms/prova.json")

    assert (problem.file, problem.line, problem.element) == ("forms/prova.json", 5, "due")


def test_components_without_an_id_are_read_and_each_is_known_by_its_place():
    group = {"type": "group", "label": "Dentro", "components": [{**FIELD, "id": None, "key": "altro"}]}
    source = json.dumps({"type": "default", "components": [FIELD, group]}).encode()

    assert forms.check(source, "forms/prova.json") == []
    form = forms.load(source, "forms/prova.json")
    assert [each.id for each in form.components for each in each.walk()] == [
        "componente_0",
        "componente_1",
        "componente_1_0",
    ]


def test_what_is_wrong_with_a_component_without_an_id_is_told_of_its_place(problems_of):
    assert problems_of({**FIELD, "id": "", "label": ""}) == [("form-label", "invalid", "/components/0")]


def test_two_fields_with_one_key_are_refused(problems_of):
    assert problems_of(FIELD, FIELD) == [("form-duplicate-key", "invalid", "Field_1")]


def test_a_key_inside_another_fields_value_is_refused(problems_of):
    found = problems_of(FIELD, {**FIELD, "key": "nome.corto"})

    assert found == [("form-duplicate-key", "invalid", "Field_1")]


def test_the_same_key_in_two_groups_with_paths_is_no_clash(problems_of):
    groups = [{"type": "group", "path": path, "label": path, "components": [{**FIELD, "id": path}]} for path in "ab"]

    assert problems_of(*groups) == []


def test_the_same_key_inside_and_outside_a_list_is_no_clash(problems_of):
    rows = {"type": "dynamiclist", "path": "righe", "label": "Righe", "components": [{**FIELD, "id": "dentro"}]}

    assert problems_of(FIELD, rows) == []


def test_a_repeated_id_is_refused_on_both_components(problems_of):
    found = problems_of({**FIELD, "id": "X"}, {**FIELD, "id": "X", "key": "altro"})

    assert found == [("form-id", "invalid", "X")] * 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"conditional": {"hide": "=nome ="}},
        {"readonly": "=1 +"},
        {"validate": {"maxLength": "=((1)"}},
        {"label": "=if"},
        {"description": "Ciao {{ 1 + }}"},
    ],
)
def test_an_expression_that_is_no_feel_is_refused(problems_of, wrong):
    assert ("form-feel", "invalid", "Field_0") in problems_of({**FIELD, **wrong})


def test_a_template_block_is_refused(problems_of):
    found = problems_of({"type": "text", "text": "{{#if nome}}Ciao{{/if}}"})

    assert found == [("form-template", "unsupported", "Field_0")]


@pytest.mark.parametrize("pattern", ["(", r"(a)\1", "(?=a)b", "(?<!a)b"])
def test_a_pattern_that_cannot_be_matched_in_linear_time_is_refused(problems_of, pattern):
    found = problems_of({**FIELD, "validate": {"pattern": pattern}})

    assert found == [("form-pattern", "unsupported", "Field_0")]


@pytest.mark.parametrize(
    ("properties", "rule"),
    [
        ({"validatore": "codice-segreto"}, "form-validator"),
        ({"ruoli": "Referente=scrive"}, "form-roles"),
        ({"ruoli": "Referente"}, "form-roles"),
        ({"ruoli": '{"Referente": '}, "form-roles"),
        ({"tono": "allegro"}, "form-tone"),
        ({"aspetto": "pulsanti"}, "form-look"),
        ({"massimo": "3"}, "form-most"),
        ({"valore-iniziale": "Municipio"}, "form-first-value"),
        ({"ogni-volta": "sempre"}, "form-each-turn"),
    ],
)
def test_a_property_that_means_nothing_known_is_refused(problems_of, properties, rule):
    assert problems_of({**FIELD, "properties": properties}) == [(rule, "invalid", "Field_0")]


def test_a_validator_on_a_field_without_text_is_refused(problems_of):
    number = {"type": "number", "key": "n", "label": "N", "properties": {"validatore": "istat"}}

    assert problems_of(number) == [("form-validator", "invalid", "Field_0")]


def test_a_property_of_the_designers_own_is_only_advice(problems_of, form_of):
    noted = {**FIELD, "properties": {"nota": "da rivedere"}}

    assert problems_of(noted) == [("form-property", "advice", "Field_0")]
    assert form_of(noted).keys == {"nome"}


@pytest.mark.parametrize("sources", [{}, {"values": [{"label": "A", "value": "a"}], "valuesKey": "voci"}])
def test_options_from_nowhere_or_from_two_places_are_refused(problems_of, sources):
    found = problems_of({"type": "radio", "key": "r", "label": "R", **sources})

    assert found == [("form-options", "invalid", "Field_0")]


def test_two_options_with_one_value_are_refused(problems_of):
    twice = [{"label": "Uno", "value": "a"}, {"label": "Due", "value": "a"}]

    assert problems_of({"type": "select", "key": "s", "label": "S", "values": twice}) == [
        ("form-options", "invalid", "Field_0")
    ]


@pytest.mark.parametrize("source", ["https://altrove.example/x.png", "//altrove.example/x.png", "javascript:1"])
def test_an_image_of_another_site_is_refused(problems_of, source):
    assert problems_of({"type": "image", "source": source, "alt": ""}) == [("form-image", "unsupported", "Field_0")]


def test_a_field_outside_the_steps_of_a_stepped_form_is_refused(problems_of):
    step = {"type": "group", "label": "Primo", "properties": {"passo": "1"}, "components": [{**FIELD, "id": "dentro"}]}

    assert problems_of(step, {**FIELD, "key": "fuori"}) == [("form-step", "invalid", "Field_1")]


def test_a_step_inside_a_group_is_refused(problems_of):
    step = {"type": "group", "id": "S", "label": "Passo", "properties": {"passo": "1"}, "components": []}

    assert problems_of({"type": "group", "label": "Fuori", "components": [step]}) == [("form-step", "invalid", "S")]


def test_a_button_that_empties_the_form_is_refused(problems_of):
    found = problems_of({"type": "button", "label": "Svuota", "action": "reset"})

    assert found == [("form-button", "unsupported", "Field_0")]


@pytest.mark.parametrize("key", ["", "2via", "via-casa", "a..b", "_azione", "csrf token"])
def test_a_key_that_no_condition_could_name_is_refused(problems_of, key):
    assert ("form-key", "invalid", "Field_0") in problems_of({**FIELD, "key": key})


def test_a_field_without_a_label_is_refused(problems_of):
    assert problems_of({**FIELD, "label": ""}) == [("form-label", "invalid", "Field_0")]


def test_a_newer_schema_is_refused(problems_of):
    assert problems_of(FIELD, schemaVersion=20)[0][:2] == ("form-schema-version", "unsupported")


@pytest.mark.parametrize("source", [b"{", b"[]", b'{"components": 3}', b"\xff\xfe{", b'{"components": [], "x": NaN}'])
def test_a_file_that_is_no_form_is_refused(source):
    with pytest.raises(forms.InvalidForm):
        forms.load(source, "forms/prova.json")


def test_a_file_nested_without_end_is_refused():
    with pytest.raises(forms.InvalidForm):
        forms.load(b'{"components": ' + b"[" * 100_000, "forms/prova.json")


def test_a_forms_own_button_gives_its_words(form_of):
    form = form_of(FIELD, {"type": "button", "label": "Manda l’invito", "action": "submit"})

    assert form.submit == "Manda l’invito"


@pytest.mark.parametrize(
    ("component", "rule"),
    [
        ({"type": "dynamiclist", "path": "l", "properties": {"righe-iniziali": "a"}}, "form-first-rows"),
        ({"type": "dynamiclist", "path": "l", "properties": {"righe-iniziali": "=for a in"}}, "form-feel"),
        ({"type": "textfield", "key": "l", "properties": {"righe-iniziali": "=a"}}, "form-first-rows"),
    ],
)
def test_first_rows_must_be_an_expression_of_a_list(problems_of, component, rule):
    assert rule in [told[0] for told in problems_of({"label": "L", **component})]
