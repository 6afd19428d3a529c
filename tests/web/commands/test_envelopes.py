from dataclasses import dataclass

import pytest
from click.testing import CliRunner

from desk import envelope
from desk.envelope import EnvelopeReader, KeyRing, Purpose, new_key
from tests.kit.pages import KEYS, SARA
from tests.kit.sealed_envelope import WORDS, sealed
from tests.kit.walked import Walked
from web.commands import Wiring, sportello


@dataclass
class Settings:
    envelope_keys: str


@pytest.fixture
def case(store, clock):
    walked = Walked(store, clock).forwarded()
    sealed(store, walked.case.id)
    return walked


@pytest.fixture
def run(store):
    def run(keys, *words):
        return CliRunner().invoke(sportello, words, obj=Wiring(lambda: Settings(keys), lambda _: store, ""))

    return run


def test_a_new_key_put_first_wraps_every_envelope_and_the_old_one_may_go(run, case):
    made = run("", "envelope", "key", "nuova").output.strip()
    both = f"{made},{KEYS}"
    assert run(both, "envelope", "status").output == "nuova\t0\nprova\t1\n"

    assert run(both, "envelope", "rotate").output == "Buste con una chiave nuova: 1\n"

    assert run(made, "envelope", "status").output == "nuova\t1\n"
    with case.store.unit_of_work() as uow:
        reader = EnvelopeReader(SARA, Purpose.MEETING, KeyRing.read(made))
        assert envelope.open_envelope(uow, case.case.id, reader)[0].text == WORDS


def test_nothing_changes_when_the_old_key_is_missing(run, case):
    lonely = new_key("nuova")

    refused = run(lonely, "envelope", "rotate")

    assert refused.exit_code == 1
    assert "Manca la chiave «prova»" in refused.output
    assert run(lonely, "envelope", "status").output == "nuova\t0\nprova\t1\tmanca tra le impostazioni\n"


def test_a_key_needs_a_plain_name(run):
    assert run("", "envelope", "key", "Gennaio 2027").exit_code == 2
