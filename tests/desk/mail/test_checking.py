"""Messages and the tasks that send them, as ``sportello check`` and a deployment look at them."""

import pytest

from desk import EXTENSION, correspondence
from desk.mail import checking
from engine import Store, deployments, documents
from engine.errors import InvalidDiagram
from engine.model import deployment, resource
from engine.problems import Problem
from tests.engine.diagrams import end, path, process, service, start
from tests.kit.places import ROOT

HEAD = "---\noggetto: Sportello {{ numero }}\n---\n"


def said(text):
    found = correspondence.check({"messages/prova.md": text if isinstance(text, bytes) else text.encode()})
    return [(problem.line, problem.message) for problem in found]


def properties(**values):
    told = "".join(f'<camunda:property name="{name}" value="{value}" />' for name, value in values.items())
    return f"<bpmn:extensionElements><camunda:properties>{told}</camunda:properties></bpmn:extensionElements>"


def diagram(**told):
    steps = (start(), service("scrivi", "send-message", properties(**told)), end(), path("start", "scrivi", "end"))
    return process("avviso", *steps)


def of_the_task(documents=(), **told):
    files = {"avviso.bpmn": diagram(**told), "messages/invito.md": HEAD.encode() + b"Ciao\n", **dict(documents)}
    return [problem for problem in checking.check(files) if problem.stops]


@pytest.mark.parametrize(
    ("body", "line", "message"),
    [
        ("Ciao\nGentile {{ titolo }}", 5, "Colonna 12: il nome «titolo» non esiste."),
        ("{{ telefno }}", 4, "Colonna 4: il nome «telefno» non esiste: intendevi «telefono»?"),
        ("{{ Da portare }}", 4, "Colonna 4: il nome «Da portare» non esiste: intendevi «da_portare»?"),
        ("{{ numero + 1 }}", 4, "Colonna 4: il nome «numero + 1» non esiste: intendevi «numero»?"),
        ("a {{ numero }", 4, "Colonna 3: «{{» non è un fatto: si scrive «{{ nome }}», con due graffe per parte."),
        ("{ numero }", 4, "Colonna 1: «{ numero }» non è un fatto: si scrive «{{ nome }}», con due graffe per parte."),
        ("{% if sala %}", 4, "Colonna 1: «{%» non è un fatto: si scrive «{{ nome }}», con due graffe per parte."),
        ("{{ }}", 4, "Colonna 4: tra le graffe manca il nome di un fatto."),
    ],
)
def test_what_cannot_be_put_in_is_told_with_its_line_and_column(body, line, message):
    assert said(f"{HEAD}{body}\n") == [(line, message)]


@pytest.mark.parametrize("left_open", ["{{" + " " * 19_000, "{{" + "a " * 9_000, "{{ " * 6_000])
def test_braces_that_nobody_closes_are_read_once_and_not_over_and_over(left_open):
    assert said(f"{HEAD}{left_open}\n")[0] == (
        4,
        "Colonna 1: «{{» non è un fatto: si scrive «{{ nome }}», con due graffe per parte.",
    )


def test_every_flaw_is_told_and_windows_lines_count_the_same():
    text = f"{HEAD}{{{{ uno }}}}\n\n{{{{ numero }}}} {{{{ due }}}}\n"

    assert [line for line, _ in said(text)] == [4, 6]
    assert said(text.replace("\n", "\r\n")) == said(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"Ciao", "Il messaggio comincia con tre righe: «---», «oggetto: …», «---»."),
        (b"", "Il messaggio comincia con tre righe: «---», «oggetto: …», «---»."),
        (b"---\nogetto: x\n---\nCiao", "Il messaggio comincia con tre righe: «---», «oggetto: …», «---»."),
        (b"---\noggetto:\n---\nCiao", "L’oggetto non si legge: scrivilo tra virgolette."),
        (b"---\noggetto: Sportello: invito\n---\nCiao", "L’oggetto non si legge: scrivilo tra virgolette."),
        (b"---\noggetto: " + b"[" * 9000 + b"\n---\nCiao", "L’oggetto non si legge: scrivilo tra virgolette."),
        (b"\xff\xfe", "Non si legge: salvalo come testo UTF-8."),
        (b"---\noggetto: x\n---\n\n  \n", "Il messaggio è vuoto sotto il suo oggetto."),
        (HEAD.encode() + b"a" * 20_001, "È troppo lungo: al massimo 20 kB."),
    ],
)
def test_a_file_that_is_no_message_says_what_a_message_needs(text, message):
    assert said(text) == [(1, message)]


def test_a_subject_says_only_number_and_comune():
    assert said("---\noggetto: Per {{ richiedente }}\n---\nCiao\n") == [
        (2, "Colonna 17: l’oggetto non può dire «richiedente».")
    ]


@pytest.mark.parametrize(
    ("told", "rule", "message"),
    [
        ({}, "mail-message", "Il compito automatico «Servi scrivi» non dice quale messaggio manda."),
        (
            {"messaggio": "invitto"},
            "mail-message",
            "Il compito automatico «Servi scrivi»: «messaggio» dice «invitto», che non c’è: intendevi «invito»?",
        ),
        (
            {"messaggio": "invito", "a": "analisti"},
            "mail-reader",
            "Il compito automatico «Servi scrivi»: «a» dice «analisti», che non c’è: intendevi «analista»?",
        ),
        (
            {"messaggio": "invito", "calendario": "sì"},
            "mail-calendar",
            "Il compito automatico «Servi scrivi»: «calendario» dice «sì», che non c’è.",
        ),
        (
            {"messaggio": "invito", "lettera": "_carta"},
            "mail-letter",
            "Il compito automatico «Servi scrivi»: «lettera» dice «_carta», che non c’è.",
        ),
    ],
)
def test_a_task_writes_only_what_is_there_to_whom_the_desk_knows(told, rule, message):
    (found,) = of_the_task({"letters/_carta.typ": b""}, **told)

    assert (found.file, found.line, found.element, found.rule, found.message) == (
        "avviso.bpmn",
        7,
        "scrivi",
        rule,
        message,
    )
    assert found.advice


def test_a_task_with_all_that_it_names_is_right():
    letter = {"letters/invito.typ": b""}

    assert of_the_task(letter, messaggio="invito", a="referente", calendario="invito", lettera="invito") == []


def test_a_message_that_nothing_sends_deserves_a_look():
    files = {"avviso.bpmn": diagram(messaggio="invito"), "messages/invito.md": b"", "messages/vecchio.md": b""}

    (found,) = checking.check(files)

    assert (found.file, found.kind, found.rule) == ("messages/vecchio.md", "advice", "orphan-message")


def test_a_diagram_that_cannot_be_read_is_left_to_the_engine():
    assert list(checking.check({"rotto.bpmn": b"<a><b>"})) == []


def test_the_messages_that_come_with_the_program_are_right():
    files = documents.read(ROOT / "processes" / "richiesta")

    assert list(correspondence.check(files)) == []
    assert [problem for problem in checking.check(files) if problem.stops] == []


def test_a_broken_message_is_never_deployed_nor_half_of_it(tmp_path):
    folder = tmp_path / "avviso"
    (folder / "messages").mkdir(parents=True)
    (folder / "avviso.bpmn").write_bytes(diagram(messaggio="invito"))
    (folder / "messages" / "invito.md").write_text(f"{HEAD}Gentile {{{{ richedente }}}}\n")
    store = Store(f"sqlite:///{tmp_path / 'prova.db'}", extensions=(EXTENSION,))
    store.migrate()

    with pytest.raises(InvalidDiagram, match="intendevi «richiedente»") as refused, store.unit_of_work() as uow:
        deployments.deploy(uow, folder)

    assert all(isinstance(problem, Problem) for problem in refused.value.problems)
    with store.snapshot() as uow:
        for table in (deployment, resource):
            assert uow.connection.execute(table.select()).all() == []
    store.close()
