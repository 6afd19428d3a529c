"""«Conservazione»: what would go is shown first, goes for good when confirmed, and leaves a receipt."""

from datetime import timedelta

import pytest
from click.testing import CliRunner

from desk import cases
from engine import instances
from engine.errors import InstanceNotFound
from tests.kit.pages import MARTA, SARA, post
from tests.kit.walked import Walked
from web.commands import Wiring, sportello

PAGE = "/conservazione"
YEARS = timedelta(days=366 * 4)


@pytest.fixture
def ended(store, clock):
    """A pratica ended four years ago."""
    walked = Walked(store, clock).forwarded()
    with store.unit_of_work() as uow:
        instances.cancel(uow, walked.case.id, SARA, "doppione")
    clock.now += YEARS
    return walked.case


def test_what_has_expired_is_shown_then_erased_and_leaves_a_receipt(store, ended, as_person):
    olga = as_person("olga")

    preview = olga.get(f"{PAGE}/cancella").text
    answer = post(olga, f"{PAGE}/cancella", {"pratica": ended.id}, page=f"{PAGE}/cancella", follow_redirects=True)

    assert ended.number in preview
    assert "Non si torna indietro" in preview
    assert ended.title is None or ended.title not in preview
    assert "1 pratica cancellata" in answer.text
    assert ended.number in answer.text
    assert "Nessuna pratica ha superato il suo termine" in answer.text
    with store.snapshot() as uow, pytest.raises(InstanceNotFound):
        instances.get(uow, ended.id)


def test_sending_it_twice_erases_once(ended, as_person):
    olga = as_person("olga")
    post(olga, f"{PAGE}/cancella", {"pratica": ended.id}, page=PAGE)

    again = post(olga, f"{PAGE}/cancella", {"pratica": ended.id}, page=PAGE, follow_redirects=True)

    assert "Non è stato cancellato niente" in again.text


def test_a_blocked_pratica_stays_and_says_why(ended, as_person):
    olga = as_person("olga")
    post(olga, f"{PAGE}/blocchi", {"numero": ended.number, "motivo": "Ricorso"}, page=PAGE)

    preview = olga.get(f"{PAGE}/cancella").text
    post(olga, f"{PAGE}/cancella", {"pratica": ended.id}, page=PAGE)

    assert "Bloccata: Ricorso" in preview
    assert "Cancella per sempre" not in preview
    assert ended.number in olga.get(PAGE).text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"numero": "SI-2026-B279-9999", "motivo": "Ricorso"}, "Non c’è una pratica con questo numero."),
        ({"numero": "", "motivo": ""}, "Non c’è una pratica con questo numero."),
    ],
)
def test_a_block_that_cannot_be_is_refused_with_what_was_typed(as_person, fields, said):
    answer = post(as_person("olga"), f"{PAGE}/blocchi", fields, page=PAGE)

    assert answer.status_code == 422
    assert said in answer.text
    assert fields["numero"] in answer.text


def test_terms_are_changed_all_or_none(as_person):
    olga = as_person("olga")
    good = {"conclusa": "48", "non_di_competenza": "12", "ritirata": "12", "annullata": "3"}

    kept = post(olga, f"{PAGE}/termini", good, page=PAGE, follow_redirects=True)
    refused = post(olga, f"{PAGE}/termini", good | {"conclusa": "60", "ritirata": "0"}, page=PAGE)
    worse = post(olga, f"{PAGE}/termini", good | {"conclusa": "molti"}, page=PAGE)

    assert 'value="48"' in kept.text
    assert (refused.status_code, worse.status_code) == (422, 422)
    assert "Scrivi quanti mesi" in refused.text
    assert 'value="molti"' in worse.text
    assert 'value="48"' in olga.get(PAGE).text


def test_the_console_shows_and_erases(store, ended, tmp_path, clock):
    from web.settings import Mode, Settings

    settings = Settings(mode=Mode.TEST, secret_key="x" * 40, database_url="", folder=tmp_path)
    wiring = Wiring(lambda: settings, lambda _: store, "")

    with store.snapshot() as uow:
        topic = cases.get(uow, ended.id, MARTA).topic

    shown = CliRunner().invoke(sportello, ["retention", "preview"], obj=wiring)
    erased = CliRunner().invoke(sportello, ["retention", "erase", "--yes"], obj=wiring)
    empty = CliRunner().invoke(sportello, ["retention", "preview"], obj=wiring)

    assert ended.number in shown.output
    assert erased.output.strip() == ended.number
    assert empty.stdout == ""
    counted = CliRunner().invoke(sportello, ["retention", "figures"], obj=wiring)
    assert counted.output.splitlines()[1:] == [f"Burolo,2026,{topic},annullata,1,0"]


@pytest.mark.parametrize("number", ["9" * 5000, "99999999999999999999", "²", "-1", "1e2"])
def test_terms_that_are_no_number_of_months_are_shown_again(as_person, number):
    typed = {"conclusa": number, "non_di_competenza": "12", "ritirata": "12", "annullata": "3"}
    answer = post(as_person("olga"), f"{PAGE}/termini", typed, page=PAGE)

    assert answer.status_code == 422
    assert f'value="{number}"' in answer.text


@pytest.mark.parametrize("number", ["2147483648", "99999999999999999999"])
def test_a_hold_of_an_impossible_number_is_not_there(as_person, number):
    assert post(as_person("olga"), f"{PAGE}/blocchi/{number}/togli", page=PAGE).status_code == 404
