"""Only plain files of a process's folders are read, each refused by its name."""

import os

import pytest

from engine import documents
from engine.errors import InvalidDiagram


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "processes" / "prova"
    (made / "messages").mkdir(parents=True)
    (made / "prova.bpmn").write_text("<a/>")
    (made / "messages" / "invito.md").write_text("Ciao")
    (made / "appunti.txt").write_text("di chi disegna")
    return made


def refused(*folders):
    with pytest.raises(InvalidDiagram) as refusal:
        documents.read(*folders)
    return [(problem.file, problem.rule, problem.message) for problem in refusal.value.problems]


def test_files_are_named_as_a_deployment_keeps_them(folder, tmp_path):
    (tmp_path / "chiede.json").write_text("{}")

    found = documents.read(folder, tmp_path)

    assert found == {"prova.bpmn": b"<a/>", "messages/invito.md": b"Ciao", "forms/chiede.json": b"{}"}


def test_links_pipes_and_folders_are_refused_by_name(folder, tmp_path):
    secret = tmp_path / "segreto"
    secret.write_text("chiave")
    (folder / "furto.dmn").symlink_to(secret)
    (folder / "rotto.bpmn").symlink_to(tmp_path / "nessuno")
    os.mkfifo(folder / "tubo.bpmn")
    (folder / "cassetto.dmn").mkdir()

    assert refused(folder) == [
        (str(folder / "cassetto.dmn"), "not-a-file", "«cassetto.dmn» non è un file che si può leggere."),
        (str(folder / "furto.dmn"), "not-a-file", "«furto.dmn» è un collegamento a un file che sta altrove."),
        (str(folder / "rotto.bpmn"), "not-a-file", "«rotto.bpmn» è un collegamento a un file che sta altrove."),
        (str(folder / "tubo.bpmn"), "not-a-file", "«tubo.bpmn» non è un file che si può leggere."),
    ]


def test_a_folder_of_letters_or_forms_that_is_a_link_is_refused(folder, tmp_path):
    elsewhere = tmp_path / "altrove"
    elsewhere.mkdir()
    (elsewhere / "busta.typ").write_text("x")
    (elsewhere / "chiede.json").write_text("{}")
    (folder / "letters").symlink_to(elsewhere)
    (tmp_path / "forms").symlink_to(elsewhere)

    assert [file for file, *_ in refused(folder, tmp_path / "forms")] == [
        str(tmp_path / "forms" / "chiede.json"),
        str(folder / "letters" / "busta.typ"),
    ]


def test_a_file_that_became_a_link_since_it_was_listed_is_not_followed(folder, tmp_path, monkeypatch):
    (folder / "furto.dmn").symlink_to(folder / "prova.bpmn")
    monkeypatch.setattr(documents, "_unusable", lambda _: iter(()))

    with pytest.raises(InvalidDiagram, match=r"furto\.dmn"):
        documents.content(folder / "furto.dmn")


def test_too_much_is_refused_before_it_is_read(folder):
    with (folder / "enorme.dmn").open("wb") as file:
        file.truncate(documents.LARGEST + 1)

    assert refused(folder) == [(str(folder / "enorme.dmn"), "not-a-file", "Il file supera 2 MB.")]


def test_too_many_are_refused(folder, tmp_path):
    for number in range(documents.MOST):
        (tmp_path / f"f{number}.json").touch()

    [(_, _, message)] = refused(folder, tmp_path)

    assert message == f"Il processo ha {documents.MOST + 2} file: al massimo sono {documents.MOST}."
