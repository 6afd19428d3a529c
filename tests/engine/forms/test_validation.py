import pytest

OPTIONS = [{"label": "Sì", "value": "si"}, {"label": "No", "value": "no"}]


def text(**more):
    return {"type": "textfield", "key": "testo", "label": "Testo", **more}


def number(**more):
    return {"type": "number", "key": "numero", "label": "Numero", **more}


def day(**more):
    return {"type": "datetime", "key": "data", "dateLabel": "Data", "subtype": "date", **more}


@pytest.mark.parametrize(
    ("component", "message"),
    [
        (text(), "Compila questo campo."),
        (text(type="textarea"), "Compila questo campo."),
        (number(key="testo"), "Compila questo campo."),
        (text(type="radio", values=OPTIONS), "Scegli una risposta."),
        (text(type="select", values=OPTIONS), "Scegli una risposta."),
        (text(type="checklist", values=OPTIONS), "Scegli almeno una voce."),
        (text(type="taglist", values=OPTIONS), "Scegli almeno una voce."),
        (text(type="checkbox"), "Spunta la casella per andare avanti."),
        (day(key="testo"), "Indica la data."),
        (day(key="testo", subtype="time"), "Indica l’ora."),
        (day(key="testo", subtype="datetime"), "Indica la data e l’ora."),
        (text(properties={"se-manca": "Serve il nome."}), "Serve il nome."),
    ],
)
@pytest.mark.parametrize("empty", [{}, {"testo": None}, {"testo": ""}])
def test_a_required_answer_that_is_missing_is_asked_for(form_of, messages, component, message, empty):
    form = form_of({**component, "validate": {"required": True}})
    answers = {"testo": False} if component["type"] == "checkbox" and "testo" in empty else empty

    assert messages(form, answers) == {"testo": message}


def test_blanks_are_no_answer(form_of, messages):
    assert messages(form_of(text(validate={"required": True})), {"testo": "   "}) == {"testo": "Compila questo campo."}


def test_zero_is_an_answer(form_of, clean):
    assert clean(form_of(number(validate={"required": True})), {"numero": "0"}) == {"numero": 0}


def test_a_field_nobody_filled_in_is_null(form_of, clean):
    form = form_of(text(), number(), day(), text(type="checklist", key="voci", values=OPTIONS))

    assert clean(form, {}) == {"testo": None, "numero": None, "data": None, "voci": []}


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12", 12),
        ("12,5", 12.5),
        ("1.234,50", 1234.5),
        ("0.500", 0.5),
        ("-0.250", -0.25),
        ("1,234.5", 1234.5),
        ("1.234.567", 1_234_567),
        ("1,234", 1.234),
        ("12.5", 12.5),
        ("-3", -3),
        (7, 7),
        (0.5, 0.5),
        (1.234, 1.234),
    ],
)
def test_a_number_is_read_as_italians_write_it(form_of, clean, typed, value):
    assert clean(form_of(number()), {"numero": typed}) == {"numero": value}


@pytest.mark.parametrize("typed", ["dodici", "12,5,1", "1 e 2", "--1", "1e5", "NaN", True, [1], float("nan"), "1" * 16])
def test_what_is_no_number_is_refused_and_given_back(form_of, refusal, typed):
    refused = refusal(form_of(number()), {"numero": typed})

    assert [error.path for error in refused.errors] == ["numero"]
    assert refused.answers["numero"] is typed


@pytest.mark.parametrize(
    ("settings", "typed", "message"),
    [
        ({"decimalDigits": 0}, "1,5", "Scrivi un numero intero, senza virgola."),
        ({"decimalDigits": 2}, "1,505", "Usa al massimo 2 cifre dopo la virgola."),
        ({"increment": "0.5"}, "1,2", "I valori ammessi più vicini sono 1 e 1,5."),
        ({"increment": "0.5"}, "9" * 40, "Scrivi un numero più piccolo."),
        ({"validate": {"min": 1}}, "0,5", "Il valore più piccolo ammesso è 1."),
        ({"validate": {"max": 99.5}}, "100", "Il valore più grande ammesso è 99,5."),
        ({"validate": {"max": "=massimo"}}, "4", "Il valore più grande ammesso è 3."),
        ({"serializeToString": True, "validate": {"max": 3}}, "4", "Il valore più grande ammesso è 3."),
    ],
)
def test_a_number_outside_its_limits_is_told_the_limit(form_of, messages, settings, typed, message):
    assert messages(form_of(number(**settings)), {"numero": typed}, variables={"massimo": 3}) == {"numero": message}


def test_a_number_may_be_kept_as_text(form_of, clean):
    assert clean(form_of(number(serializeToString=True)), {"numero": "1,50"}) == {"numero": "1.50"}


@pytest.mark.parametrize("typed", ["17/12/2026", "17-12-2026", "17.12.2026", "2026-12-17", " 17/12/2026 "])
def test_a_date_is_read_in_italian_or_iso_and_kept_in_iso(form_of, clean, typed):
    assert clean(form_of(day()), {"data": typed}) == {"data": "2026-12-17"}


@pytest.mark.parametrize("typed", ["31/02/2026", "17/13/26", "domani", "2026-13-01", "17/12", "1/1/1600", 20261217])
def test_what_is_no_day_is_refused_and_given_back(form_of, refusal, typed):
    refused = refusal(form_of(day()), {"data": typed})

    assert refused.answers == {"data": typed}
    assert "17/12/2026" in refused.errors[0].message


def test_a_day_gone_by_is_refused_where_the_designer_says_so(form_of, clean, messages):
    form = form_of(day(disallowPassedDates=True))

    assert messages(form, {"data": "16/11/2026"}) == {"data": "Indica una data da oggi in poi."}
    assert clean(form, {"data": "17/11/2026"}) == {"data": "2026-11-17"}


@pytest.mark.parametrize(
    ("settings", "typed", "value"),
    [
        ({"subtype": "time", "timeSerializingFormat": "no_timezone"}, "9.05", "09:05"),
        ({"subtype": "time", "timeSerializingFormat": "utc_offset"}, "9:05", "09:05+01:00"),
        ({"subtype": "time", "timeSerializingFormat": "utc_normalized"}, "9:05", "08:05Z"),
        ({"subtype": "datetime"}, "24/7/2027 9:05", "2027-07-24T09:05+02:00"),
        ({"subtype": "datetime", "timeSerializingFormat": "utc_normalized"}, "24/7/2027 9:05", "2027-07-24T07:05Z"),
        ({"subtype": "datetime", "timeSerializingFormat": "no_timezone"}, "24/7/2027 9:05", "2027-07-24T09:05"),
        ({"subtype": "datetime"}, "2027-07-24T07:05Z", "2027-07-24T09:05+02:00"),
    ],
)
def test_an_hour_is_italian_and_kept_as_the_designer_chose(form_of, clean, settings, typed, value):
    assert clean(form_of(day(**settings)), {"data": typed}) == {"data": value}


@pytest.mark.parametrize(
    ("settings", "typed"),
    [
        ({"subtype": "time"}, "25:00"),
        ({"subtype": "time"}, "9:5"),
        ({"subtype": "time", "timeInterval": 15}, "9:20"),
        ({"subtype": "datetime"}, "24/7/2027"),
        ({"subtype": "datetime"}, "9:00"),
        ({"subtype": "datetime"}, "28/3/2027 2:30"),
        ({"subtype": "datetime", "disallowPassedDates": True}, "1/1/2026 9:00"),
    ],
)
def test_an_hour_that_is_none_or_not_offered_is_refused(form_of, messages, settings, typed):
    assert list(messages(form_of(day(**settings)), {"data": typed})) == ["data"]


@pytest.mark.parametrize(
    ("rules", "typed", "message"),
    [
        ({"minLength": 3}, "ab", "Scrivi almeno 3 caratteri: qui sono 2."),
        ({"maxLength": 3}, "abcd", "Scrivi al massimo 3 caratteri: qui sono 4."),
        ({"maxLength": "=lunghezza"}, "abc", "Scrivi al massimo 2 caratteri: qui sono 3."),
        ({"pattern": "^[A-Z]{2}$"}, "abc", "Questo testo non ha la forma richiesta."),
        ({"pattern": "^[A-Z]+$", "patternErrorMessage": "Solo maiuscole."}, "abc", "Solo maiuscole."),
        ({"validationType": "email"}, "ada@", "Scrivi l’indirizzo per intero, per esempio nome@esempio.it."),
        ({}, "a" * 10_001, "Scrivi al massimo 10000 caratteri: qui sono 10001."),
        ({"maxLength": 20_000}, "a" * 10_001, "Scrivi al massimo 10000 caratteri: qui sono 10001."),
    ],
)
def test_a_text_that_does_not_fit_is_told_why(form_of, messages, rules, typed, message):
    assert messages(form_of(text(validate=rules)), {"testo": typed}, variables={"lunghezza": 2}) == {"testo": message}


def test_a_pattern_is_found_anywhere_as_the_designers_editor_does(form_of, clean):
    assert clean(form_of(text(validate={"pattern": "[0-9]"})), {"testo": "via Roma 3"}) == {"testo": "via Roma 3"}


def test_a_pattern_made_to_hang_answers_at_once(form_of, messages):
    form = form_of(text(validate={"pattern": "^(a+)+$"}))

    assert list(messages(form, {"testo": "a" * 9_000 + "!"})) == ["testo"]


def test_a_line_of_text_has_no_line_breaks_and_a_longer_one_keeps_them(form_of, clean):
    form = form_of(text(), text(type="textarea", key="lungo"))

    assert clean(form, {"testo": " a\r\nb ", "lungo": " a\r\nb "}) == {"testo": "a b", "lungo": "a\nb"}


@pytest.mark.parametrize("typed", [1, ["a"], {"a": 1}, True])
def test_a_text_of_another_type_is_refused(form_of, messages, typed):
    assert messages(form_of(text()), {"testo": typed}) == {"testo": "Qui serve un testo."}


def test_a_validator_tidies_what_it_accepts(form_of, clean):
    assert clean(form_of(text(properties={"validatore": "partita-iva"})), {"testo": "IT 12345670017"}) == {
        "testo": "12345670017"
    }


@pytest.mark.parametrize("kind", ["radio", "select"])
def test_only_an_option_may_be_chosen(form_of, clean, messages, kind):
    form = form_of(text(type=kind, values=OPTIONS))

    assert clean(form, {"testo": "si"}) == {"testo": "si"}
    assert messages(form, {"testo": "forse"}) == {"testo": "Scegli una delle voci proposte."}


def test_no_more_voices_are_taken_than_the_designer_allows(form_of, clean, messages):
    form = form_of(text(type="checklist", values=OPTIONS, properties={"massimo": "1"}))

    assert clean(form, {"testo": ["si"]}) == {"testo": ["si"]}
    assert messages(form, {"testo": ["si", "no"]}) == {"testo": "Scegli al massimo 1 voci: qui sono 2."}


@pytest.mark.parametrize("kind", ["checklist", "taglist"])
def test_each_of_several_options_is_kept_once(form_of, clean, messages, kind):
    form = form_of(text(type=kind, values=OPTIONS))

    assert clean(form, {"testo": ["si", "no", "si"]}) == {"testo": ["si", "no"]}
    assert messages(form, {"testo": ["si", "forse"]}) == {"testo": "Scegli una delle voci proposte."}
    assert messages(form, {"testo": "si"}) == {"testo": "Scegli tra le voci proposte."}


def test_an_option_keeps_its_json_type_through_the_page(form_of, clean):
    form = form_of(text(type="radio", values=[{"label": "Uno", "value": 1}, {"label": "Vero", "value": True}]))

    assert clean(form, {"testo": "1"}) == {"testo": 1}
    assert clean(form, {"testo": "true"})["testo"] is True
    assert clean(form, {"testo": 1})["testo"] is not True


def test_an_option_that_may_be_searched_may_be_typed_by_its_label(form_of, clean):
    form = form_of(text(type="select", searchable=True, values=OPTIONS))

    assert clean(form, {"testo": "sì"}) == {"testo": "si"}
