import pytest

from engine.forms.asking import Unreadable
from engine.forms.validators import codice_fiscale, email, istat, partita_iva, pec, telefono


def said(check, text):
    with pytest.raises(Unreadable) as refused:
        check(text)
    return refused.value.message


@pytest.mark.parametrize(
    ("typed", "bare"),
    [
        ("SMPDAA80A41A001E", "SMPDAA80A41A001E"),
        (" smp daa 80a41 a001e ", "SMPDAA80A41A001E"),
        ("TINIT-SMPDAA80A41A001E", "SMPDAA80A41A001E"),
        ("SMPDAA80A41A0L1P", "SMPDAA80A41A0L1P"),
        ("IT12345670017", "12345670017"),
        ("12345670017", "12345670017"),
    ],
)
def test_a_codice_fiscale_is_taken_bare_omocodia_and_organisations_included(typed, bare):
    assert codice_fiscale(typed) == bare


def test_a_short_codice_fiscale_is_told_how_many_characters_it_has():
    assert said(codice_fiscale, "SMPDAA80A41A001") == "Il codice fiscale ha 16 caratteri: qui sono 15."


@pytest.mark.parametrize("typed", ["SMPDAA80A41A001X", "SMPDAA80A41A0010", "SMPDAA80Z41A001E"])
def test_a_codice_fiscale_with_a_swapped_character_does_not_pass(typed):
    assert "non torna" in said(codice_fiscale, typed)


@pytest.mark.parametrize(
    "typed", ["12345670017", "IT12345670017", "it 12345670017", "VATIT-12345670017", "123.456.700.17"]
)
def test_a_partita_iva_is_taken_with_or_without_its_prefix(typed):
    assert partita_iva(typed) == "12345670017"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1234567001", "La partita IVA ha 11 cifre: qui sono 10."),
        ("123456700170", "La partita IVA ha 11 cifre: qui sono 12."),
        ("1234567001A", "La partita IVA è fatta solo di cifre, 11 in tutto."),
        ("12345670018", "La partita IVA non torna: forse una cifra è scambiata. Ricontrolla."),
        ("00000000000", "La partita IVA non torna: forse una cifra è scambiata. Ricontrolla."),
    ],
)
def test_a_wrong_partita_iva_is_told_what_is_wrong(typed, words):
    assert said(partita_iva, typed) == words


@pytest.mark.parametrize("address", ["ada@esempio.example", "ada.esempio+prova@posta.esempio.it", " ada@esempio.it "])
def test_an_address_someone_could_write_to_passes(address):
    assert email(address) == pec(address) == address.strip()


@pytest.mark.parametrize(
    "address",
    [
        "ada",
        "ada@",
        "@esempio.it",
        "ada@esempio",
        "ada@@esempio.it",
        "a b@esempio.it",
        "a..b@esempio.it",
        "ada@-esempio.it",
        "ada@esempio.it\nBcc: x@y.it",
        "a" * 250 + "@esempio.it",
    ],
)
def test_half_an_address_does_not_pass(address):
    assert "per esempio" in said(email, address)
    assert "PEC" in said(pec, address)


@pytest.mark.parametrize(
    "number", ["333 000 0000", "+39 0125 000000", "0039.011.0000000", "0125/000000", "112233", "0125–712345"]
)
def test_a_telephone_number_passes_as_people_write_it(number):
    assert telefono(number) == number


@pytest.mark.parametrize("number", ["12345", "chiamare ore pasti", "+39", "333 000 0000 int.", "1" * 16])
def test_what_cannot_be_dialled_does_not_pass(number):
    assert "numero" in said(telefono, number)


def test_an_istat_code_keeps_its_zeros():
    assert istat(" 001030 ") == "001030"


@pytest.mark.parametrize("code", ["1030", "00103A", "0010300"])
def test_an_istat_code_has_six_digits(code):
    assert "6 cifre" in said(istat, code)
