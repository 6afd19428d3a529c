"""The envelope in a case's page: agreements, deposits at the counter, opening, conflicts."""

from io import BytesIO

import pytest

from desk import envelope
from desk.envelope import agreements
from tests.kit.pages import post
from tests.kit.sealed_envelope import WORDS, agree, sealed
from tests.kit.small_desk import REQUESTER
from tests.kit.walked import Walked

PDF = b"%PDF-1.7\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF\n"
SIGNED = {
    "persone": "sara",
    "mezzo": "autografa",
    "versione": "1.0",
    "firmato_il": "2026-11-23",
    "valido_fino": "2027-11-23",
    "firmato_da": "Ada Esempio",
}


@pytest.fixture
def case(store, clock):
    walked = Walked(store, clock).forwarded()
    walked.page = f"/pratiche/{walked.case.number}/busta"
    return walked


def test_an_empty_envelope_says_what_it_waits_for(as_person, case):
    page = as_person("marta").get(case.page).text

    assert "Manca l’accordo" in page
    assert "Si riempie solo dopo l’accordo di riservatezza." in page
    assert "Metti qualcosa nella busta" not in page


def test_the_referente_records_an_agreement_once_however_often_they_press(as_person, case):
    marta = as_person("marta")
    key = {"chiave": "6a5f1f1e-0d6e-4a51-9a3c-0b1d5a2f7c11"}
    for _ in range(2):
        assert post(marta, f"{case.page}/accordo", SIGNED | key).status_code == 302

    page = marta.get(case.page).text

    assert page.count("<strong>Firmato lunedì 23 novembre") == 1
    assert "Accordo in vigore" in page
    assert "Sara Esempio" in page


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("persone", "", "Scegli almeno una persona"),
        ("persone", "marta", "Non puoi registrare un accordo che nomina te"),
        ("persone", "ivo", "Scegli almeno una persona"),
        ("mezzo", "stretta di mano", "Scegli come è stato firmato"),
        ("versione", "", "Scrivi la versione"),
        ("firmato_il", "ieri", "Scrivi il giorno della firma"),
        ("firmato_il", "2026-11-30", "Scrivi il giorno della firma"),
        ("valido_fino", "2026-11-01", "Scrivi l’ultimo giorno"),
    ],
)
def test_an_agreement_with_a_mistake_says_it_and_keeps_the_rest(as_person, case, field, typed, told):
    answer = post(as_person("marta"), f"{case.page}/accordo", SIGNED | {"firmato_da": "Ida Prova", field: typed})

    assert answer.status_code == 422
    assert told in answer.text
    assert 'value="Ida Prova"' in answer.text
    assert "<title>Errore:" in answer.text


def test_a_deposit_at_the_counter_is_sealed_and_never_shown_again(as_person, case, store):
    agree(store, case.case.id, "sara")
    marta = as_person("marta")

    sent = post(marta, f"{case.page}/deposito", {"busta_testo": WORDS})
    pdf = {"busta_file": (BytesIO(PDF), "molla a vento.pdf")}
    post(marta, f"{case.page}/deposito", pdf, content_type="multipart/form-data")

    page = marta.get(case.page).text
    assert sent.status_code == 302
    assert "Contiene 2 documenti" in page
    assert "Tu non la puoi aprire." in page
    assert WORDS not in page
    assert "molla" not in page


def test_the_named_analyst_says_why_then_reads_and_downloads_under_a_neutral_name(as_person, case, store):
    sealed(store, case.case.id)
    post(as_person("marta"), f"{case.page}/deposito", {"busta_file": (BytesIO(PDF), "molla a vento.pdf")})
    sara = as_person("sara")

    opened = post(sara, f"{case.page}/apri", {"motivo": "prima_analisi"})
    with store.snapshot() as uow:
        item = next(each.id for each in envelope.items(uow, case.case.id) if each.kind == "file")
    file = post(sara, f"{case.page}/{item}/scarica", {"motivo": "prima_analisi"})

    assert WORDS in opened.text
    assert "molla a vento.pdf" in opened.text
    assert opened.headers["Cache-Control"] == "no-store"
    assert file.data == PDF
    assert file.headers["Content-Disposition"] == f'attachment; filename="{case.case.number}-busta-{item[:8]}.pdf"'
    assert file.headers["Content-Type"] == "application/octet-stream"
    assert file.headers["Content-Security-Policy"].startswith("sandbox")
    told = sara.get(case.page).text
    assert "ha letto 2 documenti per la prima analisi" in told
    assert "ha scaricato 1 documento per la prima analisi" in told


def test_the_envelope_does_not_open_without_a_reason(as_person, case, store):
    sealed(store, case.case.id)

    answer = post(as_person("sara"), f"{case.page}/apri", {"motivo": "curiosità"})

    assert answer.status_code == 403
    assert "Scegli prima perché la apri." in answer.text


def test_an_opening_is_told_in_the_history_of_the_case(as_person, case, store):
    sealed(store, case.case.id)
    sara = as_person("sara")
    post(sara, f"{case.page}/apri", {"motivo": "incontro"})

    told = sara.get(f"/pratiche/{case.case.number}/cronologia").text

    assert "ha aperto la busta riservata durante l’incontro." in told
    assert WORDS not in told


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"busta_testo": "  "}, "Scrivi un testo o scegli un file."),
        ({"busta_testo": "x" * 50_001}, "È troppo grande"),
        ({"busta_file": (BytesIO(b"MZ\x90\x00"), "gioco.exe")}, "programm"),
        ({"busta_file": (BytesIO(b"<svg/>"), "disegno.png")}, "nota male"),
    ],
)
def test_what_may_not_go_in_is_refused_and_what_was_typed_stays(as_person, case, store, fields, told):
    agree(store, case.case.id, "sara")

    answer = post(as_person("marta"), f"{case.page}/deposito", fields)

    assert answer.status_code == 422
    assert told in answer.text
    assert fields.get("busta_testo", "").strip() in answer.text


def test_nothing_is_sealed_without_an_agreement(as_person, case):
    answer = post(as_person("marta"), f"{case.page}/deposito", {"busta_testo": WORDS})

    assert answer.status_code == 409
    assert WORDS in answer.text
    assert "Prima serve l’accordo di riservatezza" in answer.text


def test_a_revocation_asks_first_and_then_shuts_the_envelope(as_person, case, store):
    place = sealed(store, case.case.id)
    marta = as_person("marta")
    where = f"{case.page}/accordo/{place['accordo']}/revoca"

    assert "Vale da subito e non si annulla" in marta.get(where).text
    post(marta, where)

    assert "Revocato" in marta.get(case.page).text
    assert post(as_person("sara"), f"{case.page}/apri", {"motivo": "incontro"}).status_code == 403


def test_an_agreement_of_another_case_is_not_revoked_from_this_one(as_person, case, store, clock):
    other = Walked(store, clock).forwarded()
    foreign = agree(store, other.case.id, "sara")

    assert post(as_person("marta"), f"{case.page}/accordo/{foreign}/revoca").status_code == 404
    with store.snapshot() as uow:
        assert [each.revoked_at for each in agreements.of_case(uow, other.case.id)] == [None]


def test_a_waiver_lets_fill_and_opens_to_nobody(as_person, case):
    marta = as_person("marta")
    post(marta, f"{case.page}/rinuncia")
    post(marta, f"{case.page}/deposito", {"busta_testo": WORDS})

    page = marta.get(case.page).text
    assert "Senza accordo, per scelta del richiedente" in page
    assert "Ora non la può aprire nessuno." in page
    assert post(as_person("sara"), f"{case.page}/apri", {"motivo": "incontro"}).status_code == 403


def test_a_conflict_shuts_the_envelope_until_a_coordinator_lifts_it(as_person, case, store):
    sealed(store, case.case.id)
    sara, paolo = as_person("sara"), as_person("paolo", "Coordinatore")
    post(sara, f"{case.page}/conflitto")
    assert post(sara, f"{case.page}/apri", {"motivo": "incontro"}).status_code == 403
    assert post(sara, f"{case.page}/conflitto/sara/togli").status_code == 404

    assert "Il conflitto di Sara Esempio non c’è più" in paolo.get(case.page).text
    post(paolo, f"{case.page}/conflitto/sara/togli")

    assert post(sara, f"{case.page}/apri", {"motivo": "incontro"}).status_code == 200


def test_a_coordinator_says_whose_conflict_it_is(as_person, case):
    paolo = as_person("paolo", "Coordinatore")

    assert post(paolo, f"{case.page}/conflitto", {"persona": ""}).location == f"{case.page}/conflitto"
    post(paolo, f"{case.page}/conflitto", {"persona": "sara"})

    assert "<strong>Sara Esempio</strong> ha un conflitto di interessi" in paolo.get(case.page).text


def test_told_in_person_only_the_envelope_takes_nothing(as_person, case, store):
    agree(store, case.case.id, "sara")
    marta = as_person("marta")
    post(marta, f"{case.page}/a-voce", {"a_voce": "si"})

    assert "<strong>solo a voce</strong>" in marta.get(case.page).text
    assert post(marta, f"{case.page}/deposito", {"busta_testo": WORDS}).status_code == 409
    post(marta, f"{case.page}/a-voce")
    assert post(marta, f"{case.page}/deposito", {"busta_testo": WORDS}).status_code == 302


def test_a_destroyed_envelope_says_so(as_person, case, store):
    sealed(store, case.case.id)
    with store.unit_of_work() as uow:
        envelope.destroy(uow, case.case.id, REQUESTER)

    assert "La chiave è stata distrutta." in as_person("marta").get(case.page).text
