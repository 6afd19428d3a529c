"""Letters as ``sportello check`` and a deployment try them: with every fact there, missing, or far too long."""

import os
import re
import shutil

import pytest

from desk import EXTENSION, correspondence, letters
from desk.letters import checking, samples, typesetting
from desk.letters.contents import CONTENTS
from desk.programme import Programme
from desk.proof import deposits
from desk.proof.deposits import DepositKind
from engine import Store, deployments, documents
from engine.errors import InvalidDiagram
from engine.model import deployment
from tests.engine.diagrams import end, path, process, start
from tests.kit.places import ROOT
from tests.kit.played import Played
from tests.kit.small_desk import MARTA

HEAD = '#let dati = json(bytes(sys.inputs.dati))\n#set document(title: "x")\n#set text(lang: "it")\n'
FOLDER = ROOT / "processes" / "richiesta"


def found_in(**texts):
    return list(checking.check({f"letters/{file}.typ": f"{HEAD}{text}".encode() for file, text in texts.items()}))


def said(text, name="busta"):
    (found,) = found_in(**{name: text})
    assert (found.file, found.kind, found.rule) == (f"letters/{name}.typ", "unsupported", "letter-text")
    return found.line, found.message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ciao #dati.telefno", "Colonna 12: il dato «telefno» non esiste: intendevi «telefono»?"),
        (
            "#if dati.numero == [#dati.da-portare]",
            "Colonna 27: il dato «da-portare» non esiste: intendevi «da_portare»?",
        ),
        ("#dati.codice", "Colonna 7: il dato «codice» non esiste"),
        ("#dati.depositi.first().impront", "Colonna 24: il dato «impront» non esiste: intendevi «impronta»?"),
        ("#nonesiste", "Colonna 2: «nonesiste» non esiste."),
        ("Scrivi a a@comune.it", "Colonna 11: «@comune.it» non porta a niente: in un’e-mail si scrive \\@."),
        ("#upper(“ciao”)", "Colonna 8: «“» non può stare qui: le virgolette sono diritte."),
        ("#text(sze: 2pt)[a]", "Colonna 7: «sze» non è un argomento di questa funzione."),
        ("#if true [", "Colonna 10: quello che si apre qui non si chiude più."),
        ("= a\n=== b", "Colonna 1: dopo un titolo 1 non può venire un titolo 3."),
        ('#panic("aiuto")', "Colonna 2: la lettera si ferma da sola: aiuto."),
        ("#let f(x) = f(x)\n#f(1)", "Colonna 13: qualcosa richiama sé stesso senza fine."),
        ("#while 1 < 2 { }", "Colonna 8: un ciclo non finisce mai."),
        ("#(1 + [a] + 2pt * 2em)", "Colonna 3: questi valori non si possono mettere insieme."),
    ],
)
def test_a_mistake_is_told_in_italian_with_its_place(text, message):
    line, told = said(text)

    assert told.startswith(message)
    assert line == (5 if text.startswith("= a") else 4)


@pytest.mark.parametrize(
    "text",
    [
        '#read("/etc/passwd")',
        '#read("../../../../../../etc/passwd")',
        '#import "../x": *',
        '#import "@preview/cetz:0.3.0": *',
        '#import "@local/x:0.1.0": *',
        '#eval("read(\\"/etc/passwd\\")")',
        "#image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><image href='file:///etc/passwd' width='9' height='9'/></svg>\"), alt: \"a\")",
    ],
)
def test_a_letter_reads_nothing_but_its_own_folder(text):
    _, told = said(text)

    assert "tmp" not in told
    assert "root:" not in told


def test_a_mistake_that_only_some_cases_show_says_which():
    text = "#dati.proposte.first()"

    assert said(text) == (
        4,
        "Colonna 2: l’elenco o il testo è più corto (provando la lettera «busta» con un incontro già fissato).",
    )
    assert found_in(convocazione="#if dati.proposte != () [#dati.proposte.first()] else [#dati.appuntamento]") == []


def test_a_mistake_in_what_letters_share_is_told_once_and_there():
    shared = {"letters/_carta.typ": b"\n#let x = \n"}
    each = {f"letters/{name}.typ": HEAD.encode() + b'#import "_carta.typ": *\n' for name in ("uno", "due")}

    found = set(checking.check(shared | each))

    assert [(problem.file, problem.line) for problem in found] == [("letters/_carta.typ", 2)]


def test_what_typst_says_is_kept_for_who_looks_it_up():
    (found,) = found_in(busta="#text(sze: 2pt)[a]")

    assert "unexpected argument: sze" in found.advice


def test_a_fact_in_a_comment_or_under_another_name_is_no_mistake():
    text = '// #dati.titolo\n/* #dati.niente */\n#let altri = (dati: (x: "a"))\n#altri.dati.x\n#dati.keys().len()\n'

    assert found_in(busta=text) == []
    assert found_in(busta='#for dati in ((x: "a"),) [#dati.x]') == []


@pytest.mark.parametrize("text", ["/* #dati.niente", "/* " * 60_000])
def test_a_comment_that_nobody_closes_goes_to_the_end(text):
    assert found_in(busta=text) == []


def test_paper_that_no_letter_uses_deserves_a_look():
    (found,) = checking.check({"letters/_vecchia.typ": b"", "letters/busta.typ": HEAD.encode() + b"Ciao"})

    assert (found.file, found.kind, found.rule) == ("letters/_vecchia.typ", "advice", "orphan-letter")


def test_a_template_that_is_no_text_or_too_much_of_it_is_refused():
    (unreadable,) = checking.check({"letters/x.typ": b"\xff\xfe"})
    (long,) = checking.check({"letters/x.typ": b"a" * 200_001})
    (many,) = checking.check({f"letters/x{number}.typ": b"a" for number in range(31)})

    assert "UTF-8" in unreadable.message
    assert "troppo lungo" in long.message
    assert "più di 30" in many.message


@pytest.mark.parametrize(
    ("greedy", "why"),
    [
        ('#("x" * 3000000000).len()', "Chiede troppo tempo o troppa memoria."),
        ("#for a in range(7000) [a #pagebreak() b]", "Diventa troppo grande."),
    ],
    ids=["memory", "pages"],
)
def test_a_template_that_wants_everything_is_refused(greedy, why):
    assert said(greedy) == (1, why)


def test_a_template_that_never_ends_is_stopped_and_the_others_are_not_awaited(monkeypatch):
    monkeypatch.setattr(typesetting, "PATIENCE", 1.5)
    endless = "#for a in range(9999) { for b in range(9999) { for c in range(9999) { } } }"

    (found,) = found_in(**{f"x{number}": endless for number in range(6)})

    assert found.message == "Ci mette troppo tempo."


@pytest.mark.parametrize("name", samples.KINDS)
def test_letters_are_tried_with_the_very_facts_that_a_case_gives(store, now, tmp_path, name):
    """What a case gives and what letters are tried with have the same names: who adds a fact adds a sample."""
    shutil.copytree(ROOT / "tests" / "kit" / "diagrams" / "pratica", tmp_path / "pratica")
    shutil.copytree(FOLDER / "letters", tmp_path / "pratica" / "letters")
    with store.unit_of_work() as uow:
        deployments.deploy(uow, tmp_path / "pratica")
    case = Played(store, now, answers={"nome": "Ada Esempio", "titolo": "Attrezzo"}).registered().case
    with store.unit_of_work() as uow:
        deposits.record(uow, case.id, "0" * 64, DepositKind.ENVELOPE, MARTA)
    with store.snapshot() as uow:
        given = letters.prepare(
            uow, Programme(), case.id, name, {"proposte": ["martedì"]} if name == "convocazione" else None
        ).data

    for tried in samples.of(name).values():
        assert tried.keys() == given.keys()
        for fact, value in given.items():
            assert type(tried[fact]) is type(value), fact


def test_every_kind_of_letter_has_its_samples_and_every_fact_of_a_message():
    assert samples.KINDS.keys() == CONTENTS.keys()
    assert samples.FACTS.keys() >= correspondence.NAMES


def test_the_guide_names_every_fact_and_no_other():
    guide = (ROOT / "docs" / "lettere-e-messaggi.md").read_text()
    tables = [line.split("|")[1] for line in guide.partition("## I fatti")[2].splitlines() if line.startswith("| `")]

    assert set(re.findall(r"`(\w+)`", " ".join(tables))) == samples.names(None)


def test_the_letters_that_come_with_the_program_are_right():
    assert list(checking.check(documents.read(FOLDER))) == []


def test_a_broken_letter_is_never_deployed_nor_half_of_it(tmp_path):
    folder = tmp_path / "avviso"
    (folder / "letters").mkdir(parents=True)
    (folder / "avviso.bpmn").write_bytes(process("avviso", start(), end(), path("start", "end")))
    (folder / "letters" / "busta.typ").write_text(f"{HEAD}#dati.depositi.first().impront\n")
    store = Store(f"sqlite:///{tmp_path / 'prova.db'}", extensions=(EXTENSION,))
    store.migrate()

    with pytest.raises(InvalidDiagram, match="intendevi «impronta»"), store.unit_of_work() as uow:
        deployments.deploy(uow, folder)
    with store.snapshot() as uow:
        assert uow.connection.execute(deployment.select()).all() == []

    (folder / "letters" / "busta.typ").write_text(f"{HEAD}#dati.depositi.first().impronta\n")
    with store.unit_of_work() as uow:
        assert deployments.deploy(uow, folder).is_new
    store.close()


def test_what_was_tried_is_not_tried_again():
    files = documents.read(FOLDER)
    first = checking.check(files)
    used = os.times().children_user

    assert checking.check(dict(files)) == first
    assert os.times().children_user == used
