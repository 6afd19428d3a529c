"""What starting publishes of the processes that come with the program, and what it leaves as it is."""

from dataclasses import replace

import pytest

from engine import deployments, documents
from engine.deployments import Source
from engine.model import deployment
from web import shipped
from web.commands import bringing
from web.commands.checking import forms_of


@pytest.fixture
def folder(process, monkeypatch):
    """The program's own process, where it can be changed."""
    monkeypatch.setattr(shipped, "HERE", process.parents[1])
    return process


def change(folder, words):
    file = folder / "messages" / "esito.md"
    file.write_text(file.read_text() + f"\n{words}\n")


def start(store):
    found = bringing.look(store)
    with store.unit_of_work() as uow:
        bringing.bring(uow, found)
    return version(store)


def version(store):
    with store.snapshot() as uow:
        held = deployments.newest(uow, "richiesta")
    return held.definitions[0].version if held else None


def publish(store, folder):
    forms = forms_of(folder)
    checked = deployments.check(store, folder.name, documents.read(folder, forms), has_forms=True)
    with store.unit_of_work() as uow:
        return deployments.keep(uow, checked)


def test_what_came_with_the_program_follows_it(store, folder, capsys):
    before = (folder / "messages" / "esito.md").read_text()

    versions = [start(store), start(store)]
    change(folder, "Seconda versione.")
    versions += [start(store), start(store)]
    (folder / "messages" / "esito.md").write_text(before)
    versions += [start(store), start(store), start(store)]

    assert versions == [1, 1, 2, 2, 3, 3, 3]
    assert capsys.readouterr() == ("", "")


def test_what_people_published_stays_and_is_told(store, folder, capsys):
    start(store)
    change(folder, "Corretto da noi.")
    publish(store, folder)
    change(folder, "Corretto dal programma.")

    assert start(store) == 2

    told = capsys.readouterr().out
    assert "«richiesta»: resta in servizio quello che una persona ha pubblicato il" in told
    assert "sportello deploy richiesta" in told


def test_people_who_publish_what_the_program_brings_keep_it_theirs(store, folder, capsys):
    publish(store, folder)

    assert start(store) == 1
    assert capsys.readouterr().out == ""
    change(folder, "Del programma.")
    assert start(store) == 1
    assert "resta in servizio" in capsys.readouterr().out


def test_a_person_who_publishes_between_the_look_and_the_taking_is_respected(store, folder, capsys):
    start(store)
    change(folder, "Del programma.")
    found = bringing.look(store)
    change(folder, "E poi di una persona.")
    publish(store, folder)

    with store.unit_of_work() as uow:
        bringing.bring(uow, found)

    assert version(store) == 2
    assert "resta in servizio" in capsys.readouterr().out


@pytest.mark.parametrize("ill", ["letter", "xml", "link"])
def test_a_broken_folder_is_told_and_left_out(store, folder, capsys, ill):
    if ill == "letter":
        letter = folder / "letters" / "busta.typ"
        letter.write_text(letter.read_text().replace("#lucchetto", "#luchetto", 1))
    elif ill == "xml":
        (folder / "richiesta.bpmn").write_text("<definitions")
    else:
        (folder / "altro.bpmn").symlink_to("/etc/hostname")

    assert start(store) is None

    told = capsys.readouterr().err
    assert "il processo «richiesta» che viene con il programma non si può pubblicare" in told
    assert {"letter": "letters/busta.typ:", "xml": "richiesta.bpmn", "link": "altro.bpmn"}[ill] in told


def test_checking_happens_before_the_transaction(store, folder, monkeypatch):
    found = bringing.look(store)
    monkeypatch.setattr(deployments, "check", None)

    with store.unit_of_work() as uow:
        bringing.bring(uow, found)
        assert deployments.newest(uow, "richiesta").source is Source.PROGRAM
        assert len(uow.connection.execute(deployment.select()).all()) == 1


def test_whoever_deploys_the_program_s_own_folder_follows_it_again(store, folder, run):
    publish(store, folder)
    change(folder, "Del programma.")
    run("deploy", folder)
    change(folder, "Di nuovo del programma.")

    assert start(store) == 3


def test_what_broke_the_checks_since_it_was_published_keeps_nothing_else_from_opening(store, folder, capsys):
    start(store)
    (seen,) = bringing.look(store)
    assert seen.checked is None
    broken = replace(seen, files=seen.files | {"altro.bpmn": b"<no"})

    with store.unit_of_work() as uow:
        bringing.bring(uow, [broken])

    assert version(store) == 1
    assert "altro.bpmn" in capsys.readouterr().err


def test_a_folder_without_a_diagram_is_told(store, folder, capsys):
    (folder / "richiesta.bpmn").unlink()

    assert start(store) is None
    assert "Qui non c’è nessun diagramma." in capsys.readouterr().err
