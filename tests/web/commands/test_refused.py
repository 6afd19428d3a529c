"""What engine and desk refuse to a command is an Italian sentence and status 1; what was never a word of it, status 2."""

import importlib
import pkgutil

import pytest

import desk
import engine
from desk import errors as desk_errors
from desk import people
from desk.access import Role
from engine.errors import EngineError
from tests.kit.pages import BUROLO, PASSWORD
from tests.web.commands.conftest import DONE, REFUSED, USAGE, said_in_italian
from web.commands.refused import NAMED, refused
from web.refusals import REFUSALS
from web.words.notice import Notice

NEW = ["user", "add", "ada", "--name", "Ada Esempio", "--email", "ada@comune.example", "--password-file", "-"]
MANDATE = ["user", "mandate", "marta", BUROLO, "--qualification", "volontario", "--from"]


@pytest.fixture(autouse=True)
def _furnished(furnished_desk):
    """Every command here runs over the furnished desk."""


def named(table):
    return [" ".join(words)[:60] for words, _ in table]


REFUSALS_OF_COMMANDS = [
    (["comune", "join", "999999"], "Nessun Comune ha il codice ISTAT 999999"),
    (["comune", "hours", "001001", "mar 9:00-12:30"], "Il Comune 001001 non ha uno sportello"),
    (["comune", "hours", "999999", "mar 9:00-12:30"], "Nessun Comune ha il codice ISTAT 999999"),
    (["comune", "hours", BUROLO, "mar 12:30-9:00"], "Un orario non è possibile"),
    (["comune", "hours", BUROLO, "mar 9:00-12:30", "mar 12:00-13:00"], "Due orari si sovrappongono"),
    (["comune", "close", BUROLO, "2026-12-31", "2026-12-24", "ferie"], "Le date non sono in ordine"),
    (["comune", "open", BUROLO, "2026-12-24", "12:00-9:00", "mercato"], "Un orario non è possibile"),
    (["comune", "patron", "999999", "06-29", "San Pietro"], "Nessun Comune ha il codice ISTAT 999999"),
    ([*NEW, "--role", "Referente"], "Il ruolo Referente vale in un Comune"),
    ([*NEW, "--role", "Referente", "--comune", "999999"], "Nessun Comune ha il codice ISTAT 999999"),
    ([*NEW, "--role", "Referente", "--comune", "001001"], "Il Comune 001001 non ha uno sportello"),
    ([*NEW, "--role", "Analista", "--comune", "999999"], "Nessun Comune ha il codice ISTAT 999999"),
    (["user", "add", "marta", *NEW[3:], "--role", "Analista"], "Questa persona c’è già"),
    (["user", "add", "Marta", *NEW[3:], "--role", "Analista"], "Questa persona c’è già"),
    (["user", "add", "ada esempio", *NEW[3:], "--role", "Analista"], "Il nome utente non va bene"),
    (["user", "add", "ada@b.example", *NEW[3:], "--role", "Analista"], "Il nome utente non va bene"),
    (["user", "roles", "nessuno", "Analista"], "Nessuno ha il nome utente «nessuno»"),
    (["user", "roles", "marta", "Referente"], "Il ruolo Referente vale in un Comune"),
    (["user", "roles", "marta", "Referente=*"], "Il ruolo Referente vale in un Comune"),
    (["user", "roles", "marta", "Referente=999999"], "Nessun Comune ha il codice ISTAT 999999"),
    (["user", "password", "nessuno", "--password-file", "-"], "Nessuno ha il nome utente «nessuno»"),
    (["user", "close", "nessuno"], "Nessuno ha il nome utente «nessuno»"),
    (["user", "reopen", "nessuno"], "Nessuno ha il nome utente «nessuno»"),
    ([*MANDATE[:2], "nessuno", *MANDATE[3:], "2029-01-07"], "Nessuno ha il nome utente «nessuno»"),
    ([*MANDATE[:3], "001208", *MANDATE[4:], "2029-01-07"], "«marta» non ha il ruolo Referente in questo Comune"),
    ([*MANDATE[:3], "999999", *MANDATE[4:], "2029-01-07"], "Nessun Comune ha il codice ISTAT 999999"),
    ([*MANDATE, "2029-01-07"], "C’è già un incarico in quei giorni"),
    ([*MANDATE, "2024-01-07", "--to", "2023-01-07"], "Le date non sono in ordine"),
    ([*MANDATE, "2024-01-07", "--trained-by", "Novain"], "La formazione non è completa"),
    (["avvia", "niente", "--come", "marta"], "Nessun processo pubblicato si chiama «niente»"),
    (["avvia", "richiesta", "--come", "nessuno"], "Nessuno ha il nome utente «nessuno»"),
    (["avvia", "richiesta", "--come", "sara"], "«sara» non ha il ruolo Referente in questo Comune"),
    (["avvia", "richiesta", "--comune", "001001"], "Il Comune 001001 non ha uno sportello"),
    (["job", "retry", "1"], "Nessun lavoro fermo ha il numero 1"),
    (["mail", "retry", "1"], "Nessun messaggio fermo ha il numero 1"),
    (["mail", "withdraw", "1"], "Nessun messaggio fermo ha il numero 1"),
    (["verify", "SI-2026-X000-0001"], "Non c’è una pratica con il numero SI-2026-X000-0001"),
    (["verify-receipt", "README.md"], "Non provato"),
    (["verify-receipt", "/dev/zero"], "Il file è troppo grande"),
]


@pytest.mark.parametrize(("words", "sentence"), REFUSALS_OF_COMMANDS, ids=named(REFUSALS_OF_COMMANDS))
def test_what_is_refused_is_told_in_a_sentence(run, words, sentence):
    done = run(*words)

    assert (done.exit_code, said_in_italian(done)) == (REFUSED, True), done.output
    assert sentence in done.output


WRONG_WORDS = [
    (["comune", "join", "1042"], "001042"),
    (["comune", "join", BUROLO, "--email", "boh"], "sportello@comune.example"),
    (["comune", "join", BUROLO, "--pec", "a..b@c.example"], "sportello@comune.example"),
    (["comune", "join", BUROLO, "--address", " "], "scrivi qualcosa"),
    (["comune", "join", BUROLO, "--address", "a" * 201], "al massimo 200"),
    (["comune", "hours", BUROLO, "9:00-12:30"], "mar 9:00-12:30"),
    (["comune", "hours", BUROLO, "martello 9:00-12:30"], "mar 9:00-12:30"),
    (["comune", "hours", BUROLO, "ma 9:00-12:30"], "mar 9:00-12:30"),
    (["comune", "hours", BUROLO, "mar 9-12"], "9:00-12:30"),
    (["comune", "hours", BUROLO, "mar 25:00-26:00"], "9:00-12:30"),
    (["comune", "close", BUROLO, "24/12/2026", "2026-12-31", "ferie"], "2026-12-24"),
    (["comune", "close", BUROLO, "2026-W52-4", "2026-12-31", "ferie"], "2026-12-24"),
    (["comune", "close", BUROLO, "0206-12-24", "2026-12-31", "ferie"], "2026-12-24"),
    (["comune", "close", BUROLO, "2026-12-24", "9999-12-31", "ferie"], "2026-12-24"),
    (["comune", "close", BUROLO, "2026-02-30", "2026-12-31", "ferie"], "2026-12-24"),
    (["comune", "patron", BUROLO, "29-06", "San Pietro"], "06-29"),
    (["user", "roles", "marta", "Sindaco"], "Amministratore"),
    (["user", "roles", "marta", "Referente="], "Referente=001042,001208"),
    (["user", "roles", "marta", "Referente=1042"], "001042"),
    ([*NEW, "--role", "Sindaco"], "'Amministratore'"),
    ([*NEW, "--role", "Analista", "--email", "boh"], "sportello@comune.example"),
    ([*NEW, "--role", "Analista", "--password", "segreta"], "'--password-file'"),
    ([*MANDATE, "07/01/2026"], "2026-12-24"),
    ([*MANDATE[:5], "sindaco", "--from", "2029-01-07"], "'volontario'"),
    (["start", "--port", "boh"], "'boh' non è un numero"),
    (["start", "--port", "0"], "0 è fuori dai limiti 1<=x<=65535"),
    (["start", "--workers", "9" * 30], "è fuori dai limiti"),
    (["avvia", "richiesta", "--comune", "boh"], "001042"),
    (["envelope", "key", "Gennaio 2027"], "2027-gennaio"),
    (["check", "niente"], "'niente' non c’è"),
    (["deploy", "README.md"], "serve una cartella"),
    (["verify-receipt", "web"], "serve un file"),
    (["check", "processes/richiesta", "--format", "xml"], "'json'"),
]


@pytest.mark.parametrize(("words", "example"), WRONG_WORDS, ids=named(WRONG_WORDS))
def test_what_is_no_such_word_is_refused_with_an_example(run, words, example):
    done = run(*words)

    assert (done.exit_code, said_in_italian(done)) == (USAGE, True), done.output
    assert example in done.output


@pytest.mark.parametrize("given", ["corta\n", "marta ma lunga abbastanza\n", "", "\n"])
def test_a_weak_password_is_refused(run, given):
    done = run("user", "password", "marta", "--password-file", "-", given=given)

    assert (done.exit_code, "Scegli una password più sicura" in done.output) == (REFUSED, True)


@pytest.mark.parametrize("given", [b"due righe, e lunghe\nabbastanza\n", b"parola \xff lunga abbastanza", b"a" * 5000])
def test_a_file_that_holds_no_password_is_refused(run, given):
    done = run("user", "password", "marta", "--password-file", "-", given=given)

    assert (done.exit_code, "la password sta su una riga sola" in done.output) == (USAGE, True)


def signed_in(furnished_desk, username, password):
    from desk import EXTENSION
    from engine.store import Store

    store = Store(f"sqlite:///{furnished_desk}", extensions=(EXTENSION,))
    with store.unit_of_work() as uow:
        user = people.authenticate(uow, username, password, "192.0.2.1")
        found = user and {role: people.scopes(user, role) for role in people.roles(user)}
    store.close()
    return found


def test_a_person_is_added_and_may_enter(run, furnished_desk):
    done = run("user", "add", "Ada", *NEW[3:], "--role", "Referente", "--comune", BUROLO, "--comune", "001208")

    assert (done.exit_code, done.output) == (DONE, "")
    assert signed_in(furnished_desk, "ada", PASSWORD) == {Role.REFERENTE: {BUROLO, "001208"}}


def test_roles_written_twice_are_joined(run, furnished_desk):
    done = run("user", "roles", "MARTA", "Referente=001042", "Referente= 001208, 001042", "Analista")

    assert (done.exit_code, done.output) == (DONE, "")
    everywhere = {Role.REFERENTE: {BUROLO, "001208"}, Role.ANALISTA: {"*"}}
    assert signed_in(furnished_desk, "marta", PASSWORD) == everywhere


@pytest.mark.parametrize("answer", ["", "\n", "no\n", "boh\n"])
def test_nothing_is_erased_without_a_yes(run, answer):
    done = run("retention", "erase", given=answer)

    assert (done.exit_code, "Interrotto." in done.output, said_in_italian(done)) == (REFUSED, True, True)


@pytest.mark.parametrize("answer", ["sì\n", "si\n", "S\n"])
def test_a_yes_erases(run, answer):
    assert run("retention", "erase", given=answer).exit_code == DONE


def all_below(kind):
    return {each for below in kind.__subclasses__() for each in (below, *all_below(below))}


def test_no_sentence_of_the_console_speaks_of_a_page():
    for package in (engine, desk):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" not in found.name and not found.name.endswith("__main__"):
                importlib.import_module(found.name)
    alike = {kind for kind in all_below(EngineError) if isinstance(REFUSALS.get(kind, (0, 0))[1], Notice)}

    told = {kind.__name__: refused(kind.__new__(kind)) for kind in alike if not issubclass(kind, tuple(NAMED))}

    assert [name for name, sentence in told.items() if "pagina" in sentence or "mentre scrivevi" in sentence] == []


def test_refusals_that_several_commands_meet_are_named():
    assert refused(desk_errors.EnvelopeKeyMissing("prova")) == "Manca la chiave «prova» delle buste riservate."
    assert refused(desk_errors.CaseHeld("SI-1", "causa")) == "La pratica SI-1 è bloccata: causa."
