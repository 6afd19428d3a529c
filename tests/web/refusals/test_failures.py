"""Pages whose key or storage is lacking: 503 in our words, nothing typed lost, and the rest of the desk at work."""

import io
import re
import resource

import pytest
from click.testing import CliRunner

from desk import envelope, files
from desk.envelope import Denied, EnvelopeReader, KeyRing, Purpose, new_key
from engine import history
from tests.kit.hostile_files import pdf
from tests.kit.pages import KEYS, MARTA, SARA, make_app, post, sign_in
from tests.kit.requester_pages import add as add_own
from tests.kit.requester_pages import enter, write
from tests.kit.sealed_envelope import WORDS, agree, sealed
from tests.kit.uploads import send
from tests.kit.walked import Walked
from web.commands import Wiring, running, sportello
from web.facilities import facilities_of

SUPPORT = "011 000 000"
CALL = re.compile(r"chiama l’assistenza \(011 000 000\) e leggi il codice E-[2-9A-Z]{4}\.")
LACKS = {"missing": new_key("altra"), "wrong": new_key("prova"), "none": ""}
INCIDENTS = "/amministrazione/incidenti"
MORE = "Ancora: la molla è doppia"


@pytest.fixture
def case(store, clock):
    """Give a case with something in its envelope."""
    walked = Walked(store, clock).forwarded()
    walked.place = sealed(store, walked.case.id)
    walked.page = f"/pratiche/{walked.case.number}"
    return walked


@pytest.fixture
def fresh(store, clock, case):
    """Give another case, whose envelope was never used."""
    return Walked(store, clock).forwarded()


def desk_with(store, folder, keys=KEYS):
    return make_app(store, folder=folder, envelope_keys=keys, support=SUPPORT)


@pytest.fixture(params=LACKS)
def keyless(request, store, tmp_path):
    """Give the desk without the key that the envelope of the case needs."""
    return desk_with(store, tmp_path, LACKS[request.param])


@pytest.fixture
def storeless(store, tmp_path):
    """Give the desk whose storage is no folder."""
    (tmp_path / "documenti").write_bytes(b"non sono una cartella")
    return desk_with(store, tmp_path)


def as_(app, username):
    return sign_in(app.test_client(), username)


def lines(store, case):
    with store.snapshot() as uow:
        return len(history.read(uow, case.case.id))


def opened(store, case):
    with store.unit_of_work() as uow:
        return envelope.open_envelope(uow, case.case.id, EnvelopeReader(SARA, Purpose.MEETING, KeyRing.read(KEYS)))


def test_without_the_key_nobody_reads_and_nobody_is_accused(keyless, store, case):
    before = lines(store, case)

    ours = {"Referer": f"http://localhost{case.page}/busta"}
    answer = post(as_(keyless, "sara"), f"{case.page}/busta/apri", {"motivo": "prima_analisi"}, headers=ours)

    assert answer.status_code == 503
    assert "La busta riservata ora non si può usare" in answer.text
    assert "al sicuro" in answer.text
    assert '<input type="hidden" name="motivo" value="prima_analisi">' in answer.text
    assert "Manda di nuovo" in answer.text
    assert CALL.search(answer.text)
    assert lines(store, case) == before
    assert opened(store, case)[0].text == WORDS


def test_what_was_typed_for_the_envelope_stays_on_the_page(keyless, store, case):
    answer = post(as_(keyless, "marta"), f"{case.page}/busta/deposito", {"busta_testo": MORE})

    assert answer.status_code == 503
    assert f">{MORE}</textarea>" in answer.text
    assert CALL.search(answer.text)
    assert [each.text for each in opened(store, case)] == [WORDS]


def test_the_requester_reads_all_but_the_names_and_keeps_what_they_wrote(keyless, store, case):
    ada = keyless.test_client()
    enter(ada, case)

    page = ada.get("/segui/richiesta/busta")
    sent = write(ada, MORE, page.text)

    assert (page.status_code, sent.status_code) == (503, 503)
    assert "Una cosa: ora i nomi non si possono leggere." in page.text
    assert "Finora nessuno l’ha aperta." in page.text
    assert CALL.search(page.text)
    assert CALL.search(sent.text)
    assert f">{MORE}</textarea>" in sent.text
    assert ada.get("/segui/richiesta").status_code == 200
    assert ada.get("/segui/richiesta/dati/dati.json").status_code == 503
    assert [each.text for each in opened(store, case)] == [WORDS]


def test_a_wrong_key_wraps_nothing_new_under_the_name_of_the_right_one(store, tmp_path, case, fresh):
    wrong = desk_with(store, tmp_path, LACKS["wrong"])
    page = f"/pratiche/{fresh.case.number}/busta/deposito"
    sealed_before = opened(store, case)
    agree(store, fresh.case.id, "sara")

    answer = post(as_(wrong, "marta"), page, {"busta_testo": MORE})

    assert answer.status_code == 503
    assert opened(store, fresh) == []
    assert opened(store, case) == sealed_before


def test_a_key_with_another_name_still_fills_new_envelopes(store, tmp_path, case, fresh):
    agree(store, fresh.case.id, "sara")
    other = desk_with(store, tmp_path, LACKS["missing"])

    answer = post(as_(other, "marta"), f"/pratiche/{fresh.case.number}/busta/deposito", {"busta_testo": MORE})

    assert answer.status_code == 302
    assert not isinstance(opened(store, case), Denied)


def test_the_counter_goes_on_without_the_key(keyless, store, clock, case):
    marta = as_(keyless, "marta")

    for page in ("/attivita/", "/pratiche/", case.page, f"{case.page}/busta", f"{case.page}/documenti"):
        assert marta.get(page).status_code == 200, page
    assert Walked(store, clock).forwarded().case.number
    sent = post(marta, f"{case.page}/documenti", {"documento": (io.BytesIO(pdf(b"x")), "a.pdf")})
    assert sent.status_code == 302


def test_the_administrator_reads_which_key_is_lacking(store, tmp_path, case):
    told = {name: as_(desk_with(store, tmp_path, keys), "ivo").get(INCIDENTS).text for name, keys in LACKS.items()}

    assert "Manca la chiave «prova» di una busta riservata" in told["missing"]
    assert "La chiave «prova» non è quella di una busta riservata" in told["wrong"]
    assert "Non c’è nessuna chiave per le buste riservate" in told["none"]
    assert "Tutto procede" not in "".join(told.values())
    assert "Tutto procede" in as_(desk_with(store, tmp_path), "ivo").get(INCIDENTS).text


def test_a_document_that_cannot_be_kept_leaves_nothing_and_says_whom_to_call(storeless, store, case):
    before = lines(store, case)
    ada = storeless.test_client()
    enter(ada, case)

    at_the_desk = post(
        as_(storeless, "marta"),
        f"{case.page}/documenti",
        {"documento": (io.BytesIO(pdf(b"x")), "a.pdf"), "dal_richiedente": "si"},
    )
    from_home = add_own(ada)

    for answer in (at_the_desk, from_home):
        assert answer.status_code == 503
        assert "L’archivio dei documenti ora non risponde" in answer.text
        assert CALL.search(answer.text)
    assert re.search(r'name="dal_richiedente"[^>]*checked', at_the_desk.text)
    assert lines(store, case) == before
    with store.snapshot() as uow:
        assert files.of_case(uow, case.case.id, MARTA) == []


def test_a_document_that_cannot_be_read_now_is_not_lost(store, tmp_path, case):
    app = desk_with(store, tmp_path)
    marta = as_(app, "marta")
    post(marta, f"{case.page}/documenti", {"documento": (io.BytesIO(pdf(b"x")), "a.pdf")})
    with store.snapshot() as uow:
        (document,) = files.of_case(uow, case.case.id, MARTA)
    (tmp_path / "documenti").rename(tmp_path / "altrove")

    answer = marta.get(f"{case.page}/documenti/{document.id}")

    assert answer.status_code == 503
    assert "Quello che c’era già è al sicuro." in answer.text
    assert CALL.search(answer.text)
    assert "I documenti non sono nell’archivio" in as_(app, "ivo").get(INCIDENTS).text


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # werkzeug leaves the file it could not write to be collected
def test_a_disk_without_room_for_what_is_still_arriving_is_told_as_such(store, tmp_path, case):
    """A large upload waits in a temporary file before any page sees it."""
    marta, page = as_(desk_with(store, tmp_path), "marta"), f"{case.page}/documenti"
    before, limits = lines(store, case), resource.getrlimit(resource.RLIMIT_FSIZE)

    resource.setrlimit(resource.RLIMIT_FSIZE, (8_000_000, limits[1]))
    try:
        answer = send(marta, page, pdf(b"a" * 9_000_000), "a.pdf")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert answer.status_code == 503
    assert "Non c’è più posto per i documenti" in answer.text
    assert CALL.search(answer.text)
    assert lines(store, case) == before


def test_a_program_asks_and_gets_the_same_in_its_own_words(keyless, case):
    sara = as_(keyless, "sara")

    answer = post(sara, f"{case.page}/busta/apri", {"motivo": "incontro"}, headers={"Accept": "application/json"})

    assert answer.status_code == 503
    assert CALL.search(answer.json["testo"])


def test_starting_says_what_is_lacking_and_opens_all_the_same(store, tmp_path, case, capsys):
    (tmp_path / "documenti").write_bytes(b"non sono una cartella")
    for name, words in {
        "missing": "Attenzione: Manca la chiave «prova» di una busta riservata. Rimettila in SPORTELLO_ENVELOPE_KEYS",
        "wrong": "Attenzione: La chiave «prova» non è quella di una busta riservata. Rimetti in SPORTELLO_ENVELOPE_KEYS",
        "none": "Attenzione: Non c’è nessuna chiave per le buste riservate. Mettine una in SPORTELLO_ENVELOPE_KEYS",
    }.items():
        settings = desk_with(store, tmp_path, LACKS[name]).extensions["sportello"].settings

        running._warn(store, facilities_of(settings))

        told = capsys.readouterr().err
        assert words in told
        assert "Attenzione: L’archivio dei documenti non si può usare." in told


def test_the_keys_own_commands_say_which_is_not_the_right_one(store, tmp_path, case):
    settings = desk_with(store, tmp_path, LACKS["wrong"]).extensions["sportello"].settings

    def run(*words):
        return CliRunner().invoke(sportello, ["envelope", *words], obj=Wiring(lambda: settings, lambda _: store, ""))

    assert run("status").output == "prova\t1\tnon è quella giusta: non apre le sue buste\n"
    assert "La chiave «prova» non è quella giusta: nessuna busta è cambiata." in run("rotate").output
