"""What people type, as it comes from other programs, keyboards and habits."""

import json

import pytest

from engine.forms import dialled, load
from engine.forms.asking import Unreadable
from engine.forms.validators import codice_fiscale, email, pec, telefono
from tests.engine.forms.conftest import NOW
from tests.kit.places import ROOT, fault

NAME = {"type": "textfield", "key": "nome", "label": "Nome", "validate": {"required": True}}
LONG = {"type": "textarea", "key": "testo", "label": "Testo", "validate": {"required": True}}
CODE = {"type": "textfield", "key": "cf", "label": "CF", "properties": {"validatore": "codice-fiscale"}}
DAY = {"type": "datetime", "key": "g", "label": "G", "subtype": "date"}


@pytest.mark.parametrize("typed", ["\u200b", "\ufeff \u3164", "\u2800", "\ufe0f", "\u00a0\u00ad"])
@pytest.mark.parametrize("field", [NAME, LONG])
def test_what_nobody_sees_answers_no_required_field(form_of, messages, field, typed):
    assert messages(form_of(field), {field["key"]: typed}) == {field["key"]: "Compila questo campo."}


def test_a_pasted_answer_is_read_without_its_invisible_marks(form_of, clean):
    form = form_of(NAME, LONG, CODE, {"type": "number", "key": "n", "label": "N"}, DAY)
    pasted = {
        "nome": "Ros\u200bsi\u00a0 Nicolo\u0300",
        "testo": "\uf0b7 uno\u2028due",
        "cf": "\u202aRSSMRA85T10A562S\u202c",
        "n": "\u200e12,5\u00a0",
        "g": "\u200e17\u200e/12/2026",
    }

    answers = clean(form, pasted)

    assert answers == {
        "nome": "Rossi Nicolò",
        "testo": "uno\ndue",
        "cf": "RSSMRA85T10A562S",
        "n": 12.5,
        "g": "2026-12-17",
    }


def test_invisible_answers_that_passed_are_refused_or_read(form_of, clean, messages):
    for typed in json.loads(fault("testi.json").read_text())["invisibili accettati come risposta"]:
        if typed == "\u200b":
            assert messages(form_of(NAME), {"nome": typed})
        else:
            assert clean(form_of(NAME), {"nome": typed}) == {"nome": typed.replace("\u200b", "")}


def number(**more):
    return {"type": "number", "key": "n", "label": "N", **more}


def test_a_number_that_can_be_read_in_two_ways_is_asked_again(form_of, messages):
    assert messages(form_of(number()), {"n": "1.234"}) == {
        "n": "«1.234» si può leggere in due modi. Scrivi 1234 oppure 1,234."
    }


@pytest.mark.parametrize(("digits", "typed", "value"), [(0, "1.234", 1234), (2, "-1.000", -1000)])
def test_the_decimals_that_a_field_has_decide_how_a_number_is_read(form_of, clean, digits, typed, value):
    assert clean(form_of(number(decimalDigits=digits)), {"n": typed}) == {"n": value}


def test_a_decimal_point_in_a_whole_number_is_refused(form_of, messages):
    assert messages(form_of(number(decimalDigits=0)), {"n": "0.500"}) == {
        "n": "Scrivi un numero intero, senza virgola."
    }


def test_a_step_of_thousandths_is_no_step_of_one(form_of, clean):
    assert clean(form_of(number(increment="0.001")), {"n": "0,005"}) == {"n": 0.005}


@pytest.mark.parametrize(
    "typed",
    [
        "3 maggio 1990",
        "3 mag. 1990",
        "03051990",
        "3-5-90",
        "3/5/90",
        "030590",
        "3 . 5 . 1990",
        "3–5–1990",
        "giovedì 3 maggio 1990",
        "3 Maggio 90",
        "3° maggio 1990",
        "19900503",
        "3 5 1990",
    ],
)
def test_a_day_is_read_as_people_write_it(form_of, clean, typed):
    assert clean(form_of(DAY), {"g": typed}) == {"g": "1990-05-03"}


@pytest.mark.parametrize("typed", ["9", "9:00", "9.00", "0900", "900", "ore 9", "alle 9", "9h00", "h 9,00"])
def test_an_hour_is_read_as_people_write_it(form_of, clean, typed):
    hour = DAY | {"subtype": "time", "timeSerializingFormat": "no_timezone"}
    assert clean(form_of(hour), {"g": typed}) == {"g": "09:00"}
    moment = DAY | {"subtype": "datetime", "timeSerializingFormat": "no_timezone"}
    assert clean(form_of(moment), {"g": f"17 dicembre 2026 {typed}"}) == {"g": "2026-12-17T09:00"}


@pytest.mark.parametrize(
    ("limit", "typed", "message"),
    [
        ({"non-dopo": "=today()"}, "18/11/2026", "Indica una data fino a oggi."),
        ({"non-dopo": "2026-01-01"}, "2/1/2026", "Indica una data fino al 01/01/2026."),
        ({"non-prima-di": "=today()"}, "16/11/2026", "Indica una data da oggi in poi."),
        ({"non-prima-di": "=inizio"}, "9/10/2026", "Indica una data dal 10/10/2026 in poi."),
    ],
)
def test_a_day_outside_what_makes_sense_is_refused_and_the_sense_is_told(form_of, messages, limit, typed, message):
    for subtype, hour in (("date", ""), ("datetime", " 9:00")):
        form = form_of(DAY | {"properties": limit, "subtype": subtype})

        assert messages(form, {"g": typed + hour}, variables={"inizio": "2026-10-10"}) == {"g": message}


def test_a_limit_stands_beside_the_question(form_of):
    form = form_of(DAY | {"properties": {"non-prima-di": "2026-10-10", "non-dopo": "=today()"}})
    (item,) = form.view({}, variables={}, roles=("Referente",), now=NOW).items

    assert item.help == "Dal 10/10/2026 in poi e fino a oggi."


def test_the_days_that_make_sense_follow_the_designer_s_words_as_a_sentence(form_of, seen):
    told = DAY | {"description": "Per esempio 3/5/1990", "properties": {"non-dopo": "=today()"}}

    assert seen(form_of(told)).items[0].help == "Per esempio 3/5/1990. Fino a oggi."


def test_an_answer_is_required_where_other_answers_make_it_so(form_of, clean, messages):
    email = {"type": "textfield", "key": "email", "label": "E", "properties": {"obbligatorio-se": '=nome = "e"'}}
    form = form_of(NAME, email)

    assert messages(form, {"nome": "e"}) == {"email": "Compila questo campo."}
    assert clean(form, {"nome": "t"}) == {"nome": "t", "email": None}


@pytest.mark.parametrize(
    ("field", "rule"),
    [
        (NAME | {"properties": {"obbligatorio-se": "sempre"}}, "form-required-if"),
        (DAY | {"properties": {"non-dopo": "oggi"}}, "form-limit-day"),
        (DAY | {"properties": {"non-prima-di": "17/12/2026"}}, "form-limit-day"),
    ],
)
def test_a_limit_or_a_condition_that_is_none_is_told(problems_of, field, rule):
    assert [(told, kind) for told, kind, _ in problems_of(field)] == [(rule, "invalid")]


def test_telephones_read_and_dialled():
    for number in ("0125 712345 int. 23", "0125–712345", "+39 0125 712345 interno 23"):
        assert telefono(number) == number
    assert dialled("0125 712345 int. 23") == "+390125712345;ext=23"
    assert dialled("+39 333 000 0000") == "+393330000000"


@pytest.mark.parametrize("address", ["josé.rossi@esempio.it", "mario.@esempio.it", ".mario@esempio.it", "a@ésempio.it"])
def test_an_address_that_the_mail_refuses_is_refused_when_it_is_typed(address):
    for check in (email, pec):
        with pytest.raises(Unreadable):
            check(address)


def test_values_that_were_read_wrongly_are_read_as_their_file_says(form_of, clean):
    for row in fault("numeri.txt").read_text().splitlines()[1:]:
        typed, _, value = row.partition(" -> ")
        assert clean(form_of(number()), {"n": typed}) == {"n": float(value.partition(" ")[0])}
    for code in fault("cf_provvisorio.txt").read_text().splitlines()[1:]:
        assert codice_fiscale(code) == code
    for address in fault("email.txt").read_text().splitlines()[1:]:
        with pytest.raises(Unreadable):
            email(address)
    for phone in json.loads(fault("testi.json").read_text())["telefono da accettare"]:
        assert telefono(phone) == phone


def test_dates_without_sense_are_refused_by_the_registration(messages):
    form = load((ROOT / "forms/richiesta/registra.json").read_bytes(), "registra.json")
    wrong = json.loads(fault("testi.json").read_text())["date da rifiutare"]
    row = {"divulgazioni": [{"data": wrong["divulgazioni.data"]}], "domande": [{"data": wrong["domande.data"]}]}
    asked = {"gia_divulgata": "si", "ha_domande": "si", "urgenza_motivo": "fiera"}
    told = messages(form, {**asked, **row, **{name: day for name, day in wrong.items() if "." not in name}})

    for path in ("data_nascita", "data_da_rispettare", "divulgazioni-0-data", "domande-0-data"):
        assert "Indica una data" in told[path]


def test_a_provisional_code_with_a_wrong_check_digit_is_refused():
    for code in ("12345679001", "00000000000"):
        with pytest.raises(Unreadable):
            codice_fiscale(code)


@pytest.mark.parametrize(
    ("chosen", "missing"),
    [("telefono", "telefono"), ("email", "email"), ("pec", "pec"), ("lettera", "telefono")],
)
def test_the_preferred_contact_and_at_least_one_are_there(messages, chosen, missing):
    form = load((ROOT / "forms/richiesta/registra.json").read_bytes(), "registra.json")

    assert missing in messages(form, {"contatto_preferito": chosen})


def test_a_person_with_one_name_registers(messages):
    form = load((ROOT / "forms/richiesta/registra.json").read_bytes(), "registra.json")

    assert "cognome" in messages(form, {"nome": "Suharto"})
    assert "cognome" not in messages(form, {"nome": "Suharto", "un_solo_nome": True})
