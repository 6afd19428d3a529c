import pytest

OPTIONS = [{"label": "Sì", "value": "si"}, {"label": "No", "value": "no"}]


def text(**more):
    return {"type": "textfield", "key": "testo", "label": "Testo", **more}


def number(**more):
    return {"type": "number", "key": "numero", "label": "Numero", **more}


def day(**more):
    return {"type": "datetime", "key": "data", "dateLabel": "Data", "subtype": "date", **more}


def test_a_name_the_form_does_not_have_is_refused_by_name(form_of, refusal):
    refused = refusal(form_of(text()), {"testo": "a", "intruso": "x"})

    assert [(error.path, error.label) for error in refused.errors] == [("intruso", "intruso")]


def test_a_name_the_group_or_the_row_does_not_have_is_refused(form_of, messages):
    group = {"type": "group", "path": "sede", "label": "Sede", "components": [text(id="a")]}
    rows = {"type": "dynamiclist", "path": "righe", "label": "Righe", "components": [text(id="b")]}

    found = messages(form_of(group, rows), {"sede": {"altro": 1}, "righe": [{"testo": "a"}, {"altro": 1}]})

    assert set(found) == {"sede-altro", "righe-1-altro"}


def test_answers_nest_as_keys_groups_and_lists_say(form_of, clean):
    group = {"type": "group", "path": "sede", "label": "Sede", "components": [text(id="a", key="via.nome")]}
    rows = {"type": "dynamiclist", "path": "righe", "label": "Righe", "components": [number(id="b")]}

    answers = {"sede": {"via": {"nome": "Roma"}}, "righe": [{"numero": "1"}, {"numero": "2,5"}]}

    assert clean(form_of(group, rows), answers) == {
        "sede": {"via": {"nome": "Roma"}},
        "righe": [{"numero": 1}, {"numero": 2.5}],
    }


def test_an_error_in_a_row_says_which_row(form_of, refusal):
    rows = {"type": "dynamiclist", "path": "righe", "label": "Righe", "components": [number(id="b", label="Quanti?")]}

    (error,) = refusal(form_of(rows), {"righe": [{"numero": "1"}, {"numero": "boh"}]}).errors

    assert (error.path, error.label) == ("righe-1-numero", "Quanti (riga 2)")


def test_a_list_too_long_is_refused(form_of, clean, messages):
    form = form_of({"type": "dynamiclist", "path": "righe", "label": "Righe", "components": [text(id="b")]})

    assert len(clean(form, {"righe": [{}] * 200})["righe"]) == 200
    assert messages(form, {"righe": [{}] * 201}) == {"righe": "Puoi scrivere al massimo 200 righe."}
    assert messages(form, {"righe": "tante"}) == {"righe": "Qui serve un elenco."}


def test_errors_come_in_the_order_of_the_page_with_their_short_names(form_of, refusal):
    needed = {"required": True}
    form = form_of(
        text(key="b", label="Che titolo diamo?", validate=needed, properties={"etichetta-breve": "Titolo"}),
        text(key="a", label="Quando?", validate=needed),
    )

    errors = refusal(form, {}).errors

    assert [(error.path, error.label, error.gist) for error in errors] == [
        ("b", "Titolo", "manca"),
        ("a", "Quando", "manca"),
    ]


def test_refused_answers_come_back_untouched(form_of, refusal):
    answers = {"numero": " dodici ", "testo": "  spazi  "}

    assert refusal(form_of(number(), text()), answers).answers == {"numero": " dodici ", "testo": "  spazi  "}


def test_only_the_step_on_the_page_is_checked(form_of, clean, messages):
    steps = [
        {"type": "group", "id": name, "label": name, "properties": {"passo": "sì"},
         "components": [text(id=f"f{name}", key=name, validate={"required": True})]}
        for name in ("primo", "secondo")
    ]  # fmt: skip
    form = form_of(*steps)

    assert clean(form.at("primo"), {"primo": "a"}) == {"primo": "a"}
    assert list(messages(form.at("secondo"), {"primo": "a"})) == ["secondo"]
    assert list(messages(form, {})) == ["primo", "secondo"]


def test_an_error_leads_back_to_the_step_that_asks(form_of, refusal):
    inner = text(id="campo", validate={"required": True})
    form = form_of(
        {"type": "group", "id": "solo", "label": "Solo", "properties": {"passo": "1"}, "components": [inner]}
    )

    assert form.step_of(refusal(form, {}).errors[0]) == "solo"


@pytest.mark.parametrize(
    ("answers", "path"),
    [
        ({"sede": "via Roma"}, "sede"),
        ({"sede": ["x"]}, "sede"),
        ({"righe": ["x"]}, "righe"),
        ({"righe": {"0": {}}}, "righe"),
    ],
)
def test_a_group_that_is_no_object_and_a_list_of_no_rows_are_refused(form_of, messages, answers, path):
    group = {"type": "group", "path": "sede", "label": "Sede", "components": [text(id="a")]}
    rows = {"type": "dynamiclist", "path": "righe", "label": "Righe", "components": [text(id="b")]}

    assert list(messages(form_of(group, rows), answers)) == [path]
