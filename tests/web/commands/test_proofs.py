import json

import pytest
from click.testing import CliRunner
from sqlalchemy import delete, insert, text, update

from desk import letters
from desk.programme import Programme
from desk.proof import deposits
from desk.proof.deposits import DepositKind
from engine.model import history_event
from tests.kit.pages import MARTA
from tests.kit.played_requests import Request
from web.commands import Wiring, sportello

LINK = {"link": "https://sportello.example/segui?numero=x"}


@pytest.fixture
def case(store, now):
    case = Request(store, now).registered().case
    with store.unit_of_work() as uow:
        deposits.seal(uow, case.id, MARTA)
    return case


@pytest.fixture
def run(store):
    wiring = Wiring(lambda: None, lambda _: store, "")
    return lambda *words: CliRunner().invoke(sportello, [str(word) for word in words], obj=wiring)


def saved(tmp_path, content, name="file"):
    file = tmp_path / name
    file.write_bytes(content)
    return file


def receipt_in_pdf(store, case):
    with store.snapshot() as uow:
        return letters.prepare(uow, Programme(), case.id, "ricevuta", LINK).pdf()


def tamper(store, statement):
    with store.unit_of_work() as uow:
        uow.connection.execute(statement)


def test_an_untouched_history_is_told_so(run, case):
    assert (run("verify").exit_code, run("verify", case.number.lower()).exit_code) == (0, 0)
    assert "Integra: la storia di una pratica" in run("verify").output


@pytest.mark.parametrize("how", ["changed", "removed", "added", "cut"])
def test_whoever_touches_the_history_is_found_out(run, store, case, how):
    table = history_event
    completed = table.c.type == "task_completed"
    facts = {"note": "altro"}
    row = {"instance_id": case.id, "at": case.opened_at, "type": "noted", "actor": "x", "facts": facts, "digest": "0"}
    statements = {
        "changed": update(table).where(completed).values(actor="qualcun altro"),
        "removed": delete(table).where(completed),
        "added": insert(table).values(row),
        "cut": delete(table).where(table.c.type == "noted"),
    }

    tamper(store, statements[how])

    answer = run("verify", case.number)
    assert answer.exit_code == 1
    assert f"Toccata: la storia della pratica {case.number}" in answer.output or (
        how == "cut" and f"nella storia della pratica {case.number} mancano gli ultimi fatti" in answer.output
    )


def test_a_case_that_does_not_exist_is_not_called_untouched(run):
    answer = run("verify", "SI-2026-X000-0001")

    assert answer.exit_code == 1
    assert "Non c’è una pratica" in answer.output


def test_a_receipt_is_proved_from_its_own_words(run, store, case, tmp_path):
    answer = run("verify-receipt", saved(tmp_path, receipt_in_pdf(store, case)))

    assert answer.exit_code == 0, answer.output
    assert answer.output.startswith(
        "Provato: L’impronta della ricevuta è quella depositata alla registrazione lunedì 23"
    )
    assert case.number in answer.output


def test_a_receipt_of_another_case_or_of_nothing_proves_nothing(run, store, case, now, tmp_path):
    other = Request(store, now, nome="Eva").registered().case
    with store.snapshot() as uow:
        sha = deposits.latest(uow, case.id).sha256
        stolen, invented = LINK | {"impronta": sha, "impronta_il": "oggi"}, LINK | {"impronta": "0" * 64}
        swapped = letters.prepare(uow, Programme(), other.id, "ricevuta", stolen).pdf()
        forged = letters.prepare(uow, Programme(), case.id, "ricevuta", invented).pdf()

    another, nothing = (run("verify-receipt", saved(tmp_path, pdf)) for pdf in (swapped, forged))

    assert (another.exit_code, nothing.exit_code) == (1, 1)
    assert f"è della pratica {case.number}, non della pratica {other.number}" in another.output
    assert "nessuna pratica ha un deposito" in nothing.output


def test_the_requesters_own_data_are_proved_and_a_changed_content_is_not(run, store, case, tmp_path):
    with store.snapshot() as uow:
        told = {"numero": case.number, "depositi": deposits.proofs(uow, case.id)}
    good = saved(tmp_path, json.dumps(told).encode(), "dati.json")
    told["depositi"][0]["contenuto"] = told["depositi"][0]["contenuto"].replace("potatura", "mietitura")
    bad = saved(tmp_path, json.dumps(told).encode(), "cambiati.json")

    assert run("verify-receipt", good).exit_code == 0
    assert run("verify-receipt", bad).exit_code == 1
    assert "il contenuto non ha l’impronta" in run("verify-receipt", bad).output


def test_the_deposited_document_is_found_and_one_byte_more_is_not(run, store, case, tmp_path):
    with store.unit_of_work() as uow:
        deposits.record(
            uow,
            case.id,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",  # of «abc», FIPS 180-2
            DepositKind.ENVELOPE,
            MARTA,
        )

    answer = run("verify-receipt", saved(tmp_path, b"abc"))
    other = run("verify-receipt", saved(tmp_path, b"abcd"))

    assert (answer.exit_code, other.exit_code) == (0, 1)
    assert "Questo documento è quello depositato nella busta riservata" in answer.output


def test_a_broken_chain_proves_nothing_any_more(run, store, case, tmp_path):
    pdf = saved(tmp_path, receipt_in_pdf(store, case))
    tamper(store, text("UPDATE history_event SET actor = 'x' WHERE type = 'task_completed'"))

    answer = run("verify-receipt", pdf)

    assert answer.exit_code == 1
    assert "è stata toccata" in answer.output


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 niente", b"[" * 900 + b"]" * 900, b'{"sha256": 1}', b"\xff\x00"])
def test_what_claims_nothing_is_not_proved(run, case, tmp_path, content):
    answer = run("verify-receipt", saved(tmp_path, content))

    assert answer.exit_code == 1
    assert answer.output.startswith("Non provato")
