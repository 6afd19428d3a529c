"""``sportello avvia`` opens a case of any deployed process, and says where it waits or why it cannot be opened."""

import re

import pytest
from click.testing import CliRunner

from desk import cases, people
from desk.access import Role
from desk.cases import CaseFilter
from desk.people import mandates
from engine import deployments
from tests.kit.pages import ADMINISTRATOR, BUROLO, CHARGE, MARTA, MONTALENGHE, QUAGLIUZZO
from web.commands import Wiring, sportello

DIAGRAM = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
<message id="m" name="avviso"/>
<process id="prenota" name="Prenotazione" isExecutable="true"><startEvent id="a"/>{}<endEvent id="z"/>
<sequenceFlow id="f" sourceRef="a" targetRef="t"/><sequenceFlow id="g" sourceRef="t" targetRef="z"/></process>
</definitions>"""
TASK = '<userTask id="t" name="Raccogli" {}/>'
NEEDED = 'camunda:candidateGroups="Referente, Analista"'


@pytest.fixture
def run(store):
    wiring = Wiring(lambda: None, lambda _: store, "app:create_app")
    return lambda *words: CliRunner().invoke(sportello, ["avvia", *words], obj=wiring)


@pytest.fixture
def deployed(store, now, tmp_path):
    """Deploy a process ``prenota`` with this one node between its start and its end."""
    folder = tmp_path / "prenota"
    folder.mkdir()

    def deploy(node):
        (folder / "prenota.bpmn").write_text(DIAGRAM.format(node))
        with store.unit_of_work(now) as uow:
            deployments.deploy(uow, folder)

    return deploy


def cases_of_marta(store):
    with store.snapshot() as uow:
        return cases.page(uow, MARTA, CaseFilter()).items


@pytest.mark.parametrize("named", [("--come", "marta"), ("--comune", BUROLO), ("--come", "marta", "--comune", BUROLO)])
def test_who_and_where_are_named_as_far_as_they_are_not_plain(run, store, deployed, named):
    deployed(TASK.format(NEEDED))

    result = run("prenota", *named)

    assert (result.exit_code, result.output) == (
        0,
        "Pratica SI-2026-B279-0001, aperta a Burolo da marta.\n"
        "Aspetta: «Raccogli», da prendere in carico (Analista, Referente).\n",
    )
    (case,) = cases_of_marta(store)
    assert (case.number, case.istat, case.opened_by) == ("SI-2026-B279-0001", BUROLO, "marta")


def test_the_folder_of_a_process_names_it_as_well(run, deployed):
    deployed(TASK.format(NEEDED))

    assert run("processes/prenota/", "--come", "marta").exit_code == 0


def test_where_several_could_open_it_they_are_named_with_what_to_write(run, store):
    result = run("richiesta")

    assert result.exit_code == 1
    assert "Di’ chi apre la pratica e in quale Comune. Possono:" in result.output
    assert f"  --come marta --comune {BUROLO}  (Burolo)" in result.output
    assert f"  --come lia --comune {QUAGLIUZZO}  (Quagliuzzo)" in result.output
    assert cases_of_marta(store) == ()


@pytest.mark.parametrize(
    ("node", "said"),
    [
        (
            TASK.format('camunda:candidateGroups="Referente" camunda:assignee="=initiator"'),
            "Aspetta: «Raccogli», di marta.",
        ),
        (
            TASK.format('camunda:candidateGroups="Analista" camunda:candidateUsers="=initiator"'),
            "Aspetta: «Raccogli», da prendere in carico (Analista, marta).",
        ),
        ('<receiveTask id="t" name="Attendi" messageRef="m"/>', "Aspetta il messaggio «avviso»."),
        (
            '<intermediateCatchEvent id="t"><timerEventDefinition><timeDuration>P1D</timeDuration>'
            "</timerEventDefinition></intermediateCatchEvent>",
            "Aspetta un timer o un lavoro, poi va avanti da sola.",
        ),
        (
            '<scriptTask id="t" scriptFormat="feel" camunda:resultVariable="x"><script>1</script></scriptTask>',
            "È già conclusa: nessun passo aspetta qualcuno.",
        ),
    ],
)
def test_where_a_new_case_waits_is_said(run, deployed, node, said):
    deployed(node)

    result = run("prenota", "--come", "marta")

    assert (result.exit_code, result.output.splitlines()[1:]) == (0, [said])


def test_what_keeps_a_case_from_being_opened_is_a_sentence_and_opens_none(run, store):
    said = {
        ("prenota", "--come", "marta"): "Nessun processo pubblicato si chiama «prenota». Pubblicati: richiesta.",
        ("richiesta", "--come", "nessuno"): "Nessuno ha il nome utente «nessuno». Vedi «sportello user list».",
        ("richiesta", "--come", "sara"): "«sara» non ha il ruolo Referente in questo Comune.",
        ("richiesta", "--come", "marta", "--comune", QUAGLIUZZO): "«marta» non ha il ruolo Referente in questo Comune",
        ("richiesta", "--comune", "999999"): "Nessun Comune ha il codice ISTAT 999999.",
        ("richiesta", "--comune", "001001"): "Il Comune 001001 non ha uno sportello.",
        ("richiesta", "--comune", MONTALENGHE): "Nessuno può aprire la pratica: serve un referente",
    }

    for words, sentence in said.items():
        result = run(*words)
        assert result.exit_code == 1
        assert sentence in result.output, words
    assert cases_of_marta(store) == ()


def test_a_referente_without_a_mandate_is_told_what_is_lacking(run, store, now):
    with store.unit_of_work(now) as uow:
        people.set_roles(uow, "lia", {Role.REFERENTE: [MONTALENGHE]}, ADMINISTRATOR)

    result = run("richiesta", "--come", "lia")

    assert result.exit_code == 1
    assert f"«lia» non apre pratiche nel Comune {MONTALENGHE}: senza incarico." in result.output
    assert f"«sportello user mandate lia {MONTALENGHE}»" in result.output


def test_a_diagram_that_cannot_begin_is_told_in_words_and_takes_no_number(run, store, deployed, now):
    deployed(TASK.format(f'{NEEDED} camunda:dueDate="=&quot;domani&quot;"'))

    result = run("prenota", "--come", "marta")

    assert result.exit_code == 1
    assert re.search("La pratica non comincia: .*«t» non si calcola: 'domani' non va bene come dueDate", result.output)
    assert cases_of_marta(store) == ()


def test_a_process_that_only_a_message_begins_is_refused_instead_of_opening_a_case_that_waits_for_nothing(
    run, store, now, tmp_path
):
    begun = DIAGRAM.replace(
        '<startEvent id="a"/>', '<startEvent id="a"><messageEventDefinition messageRef="m"/></startEvent>'
    )
    (tmp_path / "prenota.bpmn").write_text(begun.format(TASK.format(NEEDED)))
    with store.unit_of_work(now) as uow:
        deployments.deploy(uow, tmp_path)

    result = run("prenota", "--come", "marta")

    assert result.exit_code == 1
    assert "La pratica non comincia: «prenota» comincia da un messaggio o da un segnale, non a mano." in result.output
    assert cases_of_marta(store) == ()


def test_a_long_list_of_those_who_could_open_it_is_cut(run, store, now):
    with store.unit_of_work(now) as uow:
        for number in range(11):
            new = people.NewUser(
                f"prova{number}",
                f"p{number}@comune.example",
                "Prova",
                "parola lunga abbastanza",
                {Role.REFERENTE: [BUROLO]},
                demonstration=True,
            )
            people.create(uow, new, ADMINISTRATOR)
            mandates.record(uow, new.username, BUROLO, CHARGE, ADMINISTRATOR)

    result = run("richiesta")

    assert "Per esempio:" in result.output
    assert result.output.count("--come") == 10
