import io
import re
from datetime import timedelta

import pytest
from sqlalchemy import inspect, select, text

from desk import envelope
from desk.envelope import EnvelopeReader, Means, NewAgreement, Purpose, agreements
from desk.model import EnvelopeItem, Mail
from engine import instances
from tests.kit.pages import MARTA, SARA, post
from tests.kit.requester_pages import CANARY, CHOICES, ENVELOPE, choose, enter, write
from tests.kit.walked import Walked

PAGE = "/segui/richiesta"
REPORT = "/segui/richiesta/busta/segnala"


@pytest.fixture
def walked(client, store, clock):
    walked = Walked(store, clock).forwarded()
    enter(client, walked)
    return walked


@pytest.fixture
def agreed(walked, store, clock):
    """An agreement in force that names Sara."""
    today = clock().date()
    new = NewAgreement("1", today, Means.BY_HAND, today + timedelta(365), [SARA.user])
    with store.unit_of_work() as uow:
        agreements.record(uow, walked.case.id, new, MARTA)
    return walked


def opened_by_sara(store, keys, case_id, purpose=Purpose.FIRST_ANALYSIS):
    with store.unit_of_work() as uow:
        return envelope.open_envelope(uow, case_id, EnvelopeReader(SARA, purpose, keys))


def keys(app):
    return app.extensions["sportello"].facilities.envelope_keys


def items(store):
    with store.snapshot() as uow:
        return list(uow.session.scalars(select(EnvelopeItem.id)))


def test_without_an_agreement_the_envelope_says_what_to_do(client, store, walked):
    page = client.get(ENVELOPE).text

    assert "Prima serve un accordo" in page
    assert "busta_testo" not in page
    assert "Finora nessuno l’ha aperta" in page


def test_what_is_written_is_sealed_and_listed(client, store, agreed):
    answer = write(client)

    assert answer.location == ENVELOPE
    assert len(items(store)) == 1
    page = client.get(ENVELOPE).text
    assert "È nella busta riservata" in page
    assert "Sara Esempio" in page
    assert CANARY not in page
    assert "1 documento" in client.get(PAGE).text


def test_the_same_form_sent_twice_deposits_once(client, store, agreed):
    page = client.get(ENVELOPE).text
    write(client, page=page)
    write(client, page=page)

    assert len(items(store)) == 1


def test_what_is_sealed_stands_nowhere_else(client, store, agreed, capfd):
    write(client)
    data = client.get(f"{PAGE}/dati/dati.json").get_data(as_text=True)
    pages = [client.get(each).text for each in (PAGE, ENVELOPE, f"{PAGE}/documenti")]

    assert all(CANARY not in each for each in (data, *pages))
    assert CANARY not in capfd.readouterr().out
    with client.session_transaction() as session:
        assert CANARY not in str(dict(session))
    with store.snapshot() as uow:
        for table in inspect(uow.connection).get_table_names():
            rows = uow.connection.execute(text(f'SELECT * FROM "{table}"')).all()
            assert CANARY not in str(rows), table


def test_an_empty_text_is_refused_in_words(client, store, agreed):
    answer = write(client, "   ")

    assert answer.status_code == 422
    assert "Scrivi qualcosa, oppure scegli un file" in answer.text


def test_a_file_goes_in_sealed_and_its_name_is_shown_to_its_owner_alone(client, store, agreed, tmp_path):
    page = client.get(ENVELOPE).text
    fields = {
        name: re.findall(rf'name="{name}" value="([^"]+)"', page)[-1] for name in ("csrf_token", "busta_elemento")
    }
    content = (io.BytesIO(CANARY.encode()), "pompa-a-tre-vie.txt")

    answer = client.post(f"{ENVELOPE}/file", data={**fields, "busta_file": content})

    assert answer.location == ENVELOPE
    assert "pompa-a-tre-vie.txt" in client.get(ENVELOPE).text
    assert "pompa-a-tre-vie" not in client.get(PAGE).text
    documents = [each.read_bytes() for each in (tmp_path / "documenti").rglob("*") if each.is_file()]
    assert not any(CANARY.encode() in each for each in documents)


def test_a_file_that_runs_is_refused(client, store, agreed):
    page = client.get(ENVELOPE).text
    fields = {
        name: re.findall(rf'name="{name}" value="([^"]+)"', page)[-1] for name in ("csrf_token", "busta_elemento")
    }

    answer = client.post(f"{ENVELOPE}/file", data={**fields, "busta_file": (io.BytesIO(b"MZ\x90\0" * 20), "a.pdf")})

    assert answer.status_code == 422
    assert "Il file è un programma" in answer.text
    assert items(store) == []


def test_every_opening_is_told_with_name_reason_and_time(app, client, store, agreed):
    write(client)
    opened_by_sara(store, keys(app), agreed.case.id)

    page = client.get(PAGE).text

    assert "Chi ha visto la mia documentazione" in page
    assert re.search(
        r"<strong>Sara Esempio</strong>, analista Novain<br>ha letto 1 documento per la prima analisi", page
    )


def test_a_refused_opening_is_told_too(app, client, store, agreed):
    write(client)
    choose(client, "revoca")

    opened_by_sara(store, keys(app), agreed.case.id)

    assert "ha provato ad aprire la busta, che è rimasta chiusa: l’accordo era stato revocato" in client.get(PAGE).text


def test_revoking_closes_the_envelope_after_a_confirmation(app, client, store, agreed):
    write(client)
    asked = client.get(f"{CHOICES}/revoca").text
    before = opened_by_sara(store, keys(app), agreed.case.id)

    choose(client, "revoca")

    assert "Da subito nessuno può più aprire la busta." in asked
    assert not isinstance(before, envelope.Denied)
    assert isinstance(opened_by_sara(store, keys(app), agreed.case.id), envelope.Denied)


def test_once_an_agreement_has_ended_the_page_does_not_say_that_there_never_was_one(client, agreed):
    choose(client, "revoca")

    page = client.get(f"{PAGE}/busta").text

    assert "L’accordo di riservatezza non vale più: nessuno può aprire la busta." in page
    assert "Serve un accordo nuovo" in page
    assert "Non c’è ancora un accordo" not in page


def test_something_is_taken_out_after_a_confirmation(client, store, agreed):
    write(client)
    (item,) = items(store)

    asked = client.get(f"{CHOICES}/togli?elemento={item}")
    choose(client, "togli", elemento=item)

    assert "Vuoi toglierlo dalla busta?" in asked.text
    assert items(store) == []
    assert client.get(f"{CHOICES}/togli?elemento={item}").status_code == 404


def test_destroying_leaves_nothing_to_open(client, store, agreed):
    write(client)

    choose(client, "distruggi")

    assert items(store) == []
    page = client.get(ENVELOPE).text
    assert "Hai distrutto la busta" in page
    assert "busta_testo" not in page


def test_one_may_deposit_without_an_agreement_knowing_that_nobody_can_open(app, client, store, walked):
    choose(client, "rinuncia")
    write(client)

    assert len(items(store)) == 1
    assert isinstance(opened_by_sara(store, keys(app), walked.case.id), envelope.Denied)


def test_one_may_tell_it_in_person_only_and_change_ones_mind(client, agreed):
    post(client, f"{ENVELOPE}/a-voce", {"a_voce": "si"}, page=ENVELOPE)
    spoken = client.get(ENVELOPE).text
    post(client, f"{ENVELOPE}/a-voce", {"a_voce": "no"}, page=ENVELOPE)

    assert "solo a voce" in spoken
    assert "busta_testo" not in spoken
    assert "busta_testo" in client.get(ENVELOPE).text


def test_an_opening_is_reported_once_to_those_who_look_into_it(app, client, store, agreed):
    write(client)
    opened_by_sara(store, keys(app), agreed.case.id)
    page = client.get(REPORT).text
    fields = {
        "apertura": re.search(r'name="apertura" id="[^"]+" value="([^"]+)"', page)[1],
        "dubbio": "motivo_non_chiaro",
    }

    for _ in range(2):
        assert post(client, REPORT, fields, page=REPORT).location == PAGE

    with store.snapshot() as uow:
        history = instances.history(uow, agreed.case.id)
        mails = list(uow.session.scalars(select(Mail).where(Mail.name == "segnalazione")))
    noted = [event.facts for event in history if event.facts.get("note") == "apertura_segnalata"]
    assert [(facts["persona"], facts["perche"]) for facts in noted] == [("sara", "motivo_non_chiaro")]
    assert {mail.recipient for mail in mails} == {"marta@sportello.example", "paolo@sportello.example"}
    assert all(agreed.seen().title not in mail.text + mail.html for mail in mails)


def test_a_report_that_names_no_opening_is_not_written(app, client, store, agreed):
    write(client)
    opened_by_sara(store, keys(app), agreed.case.id)

    empty = post(client, REPORT, {}, page=REPORT)
    invented = post(client, REPORT, {"apertura": "2026-01-01|ivo", "dubbio": "richiamatemi"}, page=REPORT)

    assert empty.status_code == 422
    assert "Scegli l’apertura che non riconosci" in empty.text
    assert invented.status_code == 404


def test_the_envelope_of_another_request_is_out_of_reach(client, store, clock, agreed):
    write(client)
    (item,) = items(store)
    enter(client, Walked(store, clock).forwarded())

    assert choose(client, "togli", elemento=item).status_code == 404
    assert items(store) == [item]
    assert "1 documento nella busta" not in client.get(PAGE).text


def test_a_text_sent_after_the_page_closed_is_kept_nowhere_and_not_said_to_be(client, agreed, capfd):
    page = client.get(ENVELOPE).text
    with client.session_transaction() as session:
        del session["richiesta"]
    fields = {name: re.search(rf'name="{name}" value="([^"]+)"', page)[1] for name in ("csrf_token", "busta_elemento")}

    over = client.post(
        f"{ENVELOPE}/testo", data={**fields, "busta_testo": CANARY}, headers={"Origin": "http://localhost"}
    )

    assert over.status_code == 401
    assert CANARY not in over.text
    assert "non è perso" not in over.text
    assert CANARY not in capfd.readouterr().out
