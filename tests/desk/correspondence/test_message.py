import pytest

from desk import correspondence
from desk.correspondence import NAMES, read
from desk.errors import UnusableMessage
from engine.errors import InstanceNotFound
from engine.model import process_instance
from tests.kit.places import ROOT
from tests.kit.played import Played

MESSAGES = sorted((ROOT / "processes" / "richiesta" / "messages").glob("*.md"))
PUBLIC = "https://sportello.example"


def template(body, subject="Sportello {{ numero }}"):
    return read("prova", f"---\noggetto: {subject}\n---\n{body}\n".encode())


@pytest.fixture
def played(store, now):
    return Played(store, now).analysed()


@pytest.fixture
def facts(store, played):
    """Give the facts of the case once its variables say more."""

    def told(**variables):
        with store.unit_of_work() as uow:
            row = process_instance.c
            kept = uow.connection.execute(process_instance.select().where(row.id == played.case.id)).one().variables
            changed = process_instance.update().where(row.id == played.case.id)
            uow.connection.execute(changed.values(variables={**kept, **variables}))
            return correspondence.context(uow, played.case.id, PUBLIC)

    return told


def test_the_facts_are_those_of_the_list_and_no_others(facts):
    assert facts().keys() == NAMES


def test_the_facts_say_who_where_and_when(facts, played):
    told = facts(proposte=["2026-12-01T09:00", "2027-01-07T16:00"], appuntamento="2026-12-01T09:00", durata="30")

    assert told["numero"] == played.case.number
    assert told["richiedente"] == "Ada Esempio"
    assert told["analista"] == "Sara Esempio"
    assert told["referente"] == "Marta Prova"
    assert told["appuntamento"] == "martedì 1 dicembre, dalle 9:00 alle 9:30"
    assert told["proposte"][1] == "giovedì 7 gennaio 2027, dalle 16:00 alle 16:30"
    assert told["entro"] == "lunedì 30 novembre"
    assert told["link"] == f"{PUBLIC}/segui?numero={played.case.number}"


@pytest.mark.parametrize(
    ("proposte", "entro"),
    [
        (["2026-11-25T09:00", "2026-11-26T09:00"], "mercoledì 25 novembre"),
        (["2026-11-26T09:00", "2026-12-22T09:00"], "lunedì 30 novembre"),
        (["2026-11-20T09:00"], "lunedì 23 novembre"),
    ],
)
def test_nobody_is_given_time_to_answer_after_the_last_time_proposed(facts, proposte, entro):
    assert facts(proposte=proposte)["entro"] == entro


@pytest.mark.parametrize("proposte", [None, "2026-12-01T09:00", ["domani", 3, None], [{}]])
def test_variables_of_another_shape_are_left_out(facts, proposte):
    assert facts(proposte=proposte, appuntamento=proposte, durata=proposte)["proposte"] == []


def test_a_meeting_at_a_distance_is_in_no_room(facts):
    told = facts(modalita="distanza", sede="Sala consiliare", sede_accessibile="si")

    assert (told["sala"], told["indirizzo"], told["accessibilita"]) == ("", "", "")
    assert told["modalita"] == "a distanza"


def test_the_room_that_the_analyst_chose_comes_before_the_usual_one(facts):
    assert facts()["sala"] == "Sala al piano terra"
    assert facts(sede="  Biblioteca,\n primo piano ", sede_accessibile="no")["sala"] == "Biblioteca, primo piano"


def test_what_the_idea_is_about_is_no_fact(facts):
    canary = "canarino"
    told = facts(titolo=canary, obiettivo=canary, argomento=canary, domanda=canary, busta_descrizione=canary)

    assert canary not in str(told)


def test_nobody_writes_about_a_case_that_is_not_there(uow):
    with pytest.raises(InstanceNotFound):
        correspondence.context(uow, "nessuna", PUBLIC)


@pytest.mark.parametrize("path", MESSAGES, ids=lambda path: path.stem)
def test_every_message_of_the_program_can_be_sent_and_names_no_idea(path, facts):
    told = facts(proposte=["2026-12-01T09:00"], appuntamento="2026-12-01T09:00", titolo="canarino")

    message = read(path.stem, path.read_bytes()).render({**told, "telefono": "0125 000 000"})

    assert told["numero"] in message.subject
    assert "{{" not in message.text + message.html
    assert "Potatura" not in message.text + message.html + message.subject
    assert "canarino" not in message.text + message.html + message.subject


def test_a_list_repeats_its_line_and_the_unknown_takes_its_line_away(facts):
    message = template("Date:\n\n- {{ proposte }}\n\nNoi\n{{ telefono }}\n").render(
        {"proposte": ["uno", "due"], "telefono": "", "numero": "1"}
    )

    assert message.text == "Date:\n\n- uno\n- due\n\nNoi\n"
    assert "<li>uno</li>\n<li>due</li>" in message.html


def test_a_link_is_written_out_in_plain_text():
    message = template("[Apri la pagina]({{ link }}) **ora**").render(
        {"link": "https://a.b/s?n=A-1&x=(2)", "numero": "1"}
    )

    assert message.text == "Apri la pagina: https://a.b/s?n=A-1&x=(2) ora\n"
    assert '<a href="https://a.b/s?n=A-1&amp;x=(2)"' in message.html


@pytest.mark.parametrize(
    "name",
    [
        "[clicca](https://male.example)",
        "<script>alert(1)</script>",
        "**Ada**",
        "# Ada",
        "{{ link }}",
        "![x](https://male.example/x.png)",
        "`a`\nBcc: altri@male.example",
        "&lt;b&gt; \\",
    ],
)
def test_facts_stay_as_they_are_typed(name):
    message = template("Gentile {{ richiedente }},").render({"richiedente": name, "numero": "1", "link": "no"})

    assert message.text == f"Gentile {' '.join(name.split())},\n"
    assert not {"<a ", "<script", "<strong", "<img", "<h1", "<code"} & {
        part for part in message.html.split("\n") if part
    }
    assert "<script" not in message.html
    assert "href" not in message.html
    assert "<strong>" not in message.html


def test_a_subject_names_nobody():
    with pytest.raises(UnusableMessage, match="richiedente"):
        template("Ciao", subject="Per {{ richiedente }}").render({"richiedente": "Ada", "numero": "1"})


@pytest.mark.parametrize(
    "source", [b"Ciao", b"---\nsubject: x\n---\nCiao", b"---\noggetto: [1\n---\nCiao", b"\xff\xfe", b""]
)
def test_a_file_without_a_subject_is_no_message(source):
    with pytest.raises(UnusableMessage):
        read("prova", source)
