import io
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from desk import comuni, letters
from desk.errors import LetterFailed, LetterNotFound
from desk.letters import typesetting
from desk.programme import Programme
from desk.proof import deposits
from desk.proof.deposits import DepositKind
from engine import deployments
from engine.errors import InstanceNotFound
from tests.kit.played import Played
from tests.kit.small_desk import ADMINISTRATOR, BUROLO, MARTA

ROOT = Path(__file__).parents[3]
LINK = {"link": "https://sportello.example/segui?numero=SI-2026-B279-0001"}
HOSTILE = '#panic("x") $x$ *b* _i_ \\n @ref <tag> "q" \' // % ` [a] https://x.example ~'


@pytest.fixture
def templates(store, tmp_path):
    """Deploy the small diagram of these tests with the letters that come with the program."""
    folder = tmp_path / "pratica"
    (folder / "letters").mkdir(parents=True)
    for source in (*(ROOT / "tests/kit/diagrams/pratica").iterdir(), *(ROOT / "processes/richiesta/letters").iterdir()):
        inside = folder / "letters" if source.suffix == ".typ" else folder
        (inside / source.name).write_bytes(source.read_bytes())
    with store.unit_of_work() as uow:
        deployments.deploy(uow, folder)
        comuni.describe(uow, BUROLO, comuni.Office(address="Via Dimostrativa 1", phone="0125 000 000"), ADMINISTRATOR)
    return folder / "letters"


def case_of(store, now, **answers):
    return Played(store, now, answers={"nome": "Ada Esempio", "titolo": "Attrezzo"} | answers).registered().case


def rendered(store, case, name, data=None):
    with store.snapshot() as uow:
        return PdfReader(io.BytesIO(letters.prepare(uow, Programme(), case.id, name, data).pdf()))


def words(pdf):
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pdf.pages))


@pytest.mark.parametrize("name", ["ricevuta", "convocazione", "accordo", "dati", "busta"])
def test_every_letter_is_tagged_titled_and_in_italian(store, now, templates, name):
    case = case_of(store, now)
    with store.unit_of_work() as uow:
        deposits.record(uow, case.id, "0" * 64, DepositKind.ENVELOPE, MARTA)

    pdf = rendered(store, case, name, LINK | {"proposte": ["martedì 1 dicembre"]} if name == "convocazione" else LINK)

    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"].startswith("it")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert case.number in pdf.metadata.title
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_what_people_wrote_is_printed_as_they_wrote_it(store, now, templates):
    case = case_of(store, now, nome=HOSTILE, titolo=HOSTILE)

    squeezed = re.sub(r"\s", "", HOSTILE)

    assert re.sub(r"\s", "", words(rendered(store, case, "ricevuta", LINK))).count(squeezed) == 2
    assert squeezed in re.sub(r"\s", "", words(rendered(store, case, "dati", LINK)))
    assert squeezed in re.sub(r"\s", "", words(rendered(store, case, "accordo", LINK)))


@pytest.mark.parametrize("name", ["ricevuta", "accordo"])
def test_who_signs_with_a_minor_stands_on_receipt_and_agreement(store, now, templates, name):
    signer = "Bruno Prova (genitore), 333 000 0001"
    minor, adult = (case_of(store, now, nato_il=born, firma_con=signer) for born in ("2010-05-03", "1990-05-03"))

    assert signer in words(rendered(store, minor, name, LINK))
    assert signer not in words(rendered(store, adult, name, LINK))


def test_an_invitation_holds_nothing_of_the_idea(store, now, templates):
    case = case_of(store, now, titolo="Cesoia canarino")

    pdf = rendered(store, case, "convocazione", LINK | {"proposte": ["martedì 1 dicembre, dalle 9:00 alle 9:45"]})

    assert "martedì 1 dicembre, dalle 9:00 alle 9:45" in words(pdf)
    assert "canarino" not in words(pdf) + str(pdf.metadata) + str(pdf.trailer["/Root"]["/Metadata"].get_data())


def test_the_code_to_scan_is_drawn_and_described(store, now, templates):
    case = case_of(store, now)
    with_link, without = (rendered(store, case, "ricevuta", data) for data in (LINK, None))

    assert LINK["link"] in _descriptions(with_link)
    assert "Inquadra" in words(with_link)
    assert "Codice QR" not in _descriptions(without)
    assert "Inquadra" not in words(without)


def _descriptions(pdf):
    """Collect the texts that stand for images."""
    objects = (pdf.get_object(number) for number in range(1, len(pdf.xref[0]) + 1))
    found = (each.get("/Alt") for each in objects if isinstance(each, dict))
    return " ".join(str(alt) for alt in found if alt)


def test_the_same_letter_is_the_same_bytes(store, now, templates):
    case = case_of(store, now)

    with store.snapshot() as uow:
        one, other = (letters.prepare(uow, Programme(), case.id, "ricevuta", LINK) for _ in range(2))

    assert one.pdf() == other.pdf()


@pytest.mark.parametrize(
    ("mistake", "line"),
    [
        ('= Prova\n\n#nonesiste("x")\n', 3),
        ('#import "@preview/cetz:0.3.0": *\n', 1),
        ('#let x = read("/etc/passwd")\n', 1),
        ('#read("../../../etc/passwd")\n', 1),
        ("#dati.mancante\n", 1),
        ("#panic([\n", 1),
        ('#image(bytes("<svg/>"))\n', 1),
    ],
)
def test_a_mistake_of_a_designer_is_told_with_its_letter_and_line(now, mistake, line):
    with pytest.raises(LetterFailed) as refused:
        typesetting.typeset({"letters/x.typ": mistake.encode()}, "x.typ", {"numero": "1"}, now)

    assert (refused.value.letter, refused.value.line) == ("x.typ", line)
    assert refused.value.problem


def test_a_mistake_in_what_letters_share_names_that_file(now):
    texts = {"letters/x.typ": b'#import "_carta.typ": *\n', "letters/_carta.typ": b"\n\n#let x = \n"}

    with pytest.raises(LetterFailed) as refused:
        typesetting.typeset(texts, "x.typ", {}, now)

    assert (refused.value.letter, refused.value.line) == ("_carta.typ", 3)


@pytest.mark.parametrize(
    "greedy",
    [
        b"#for a in range(9999) { for b in range(9999) { for c in range(9999) { } } }",
        b'#let x = "x" * 1000\n#let y = x * 1000\n#let z = y * 1000\n#let w = (z,) * 9\n#w.join()',
    ],
    ids=["time", "memory"],
)
def test_a_template_that_never_ends_or_wants_everything_is_stopped(now, monkeypatch, greedy):
    monkeypatch.setattr(typesetting, "PATIENCE", 1.5)

    with pytest.raises(LetterFailed) as refused:
        typesetting.typeset({"letters/x.typ": greedy}, "x.typ", {}, now)

    assert (refused.value.letter, refused.value.line) == ("x.typ", None)
    assert "tempo" in refused.value.problem


def test_a_template_sees_nothing_of_the_machine(now, monkeypatch):
    monkeypatch.setenv("SPORTELLO_SECRET_KEY", "canarino")
    template = b'#set document(title: "x")\n#set text(lang: "it")\n#repr(sys.inputs)'

    pdf = typesetting.typeset({"letters/x.typ": template}, "x.typ", {"uno": 1}, now)

    assert words(PdfReader(io.BytesIO(pdf))).strip() == '(dati: "{\\"uno\\": 1}")'


def test_a_case_whose_version_had_no_letters_takes_the_newest(store, now, tmp_path):
    case = case_of(store, now)
    with pytest.raises(LetterNotFound), store.snapshot() as uow:
        letters.prepare(uow, Programme(), case.id, "ricevuta")

    folder = tmp_path / "nuova"
    (folder / "letters").mkdir(parents=True)
    (folder / "pratica.bpmn").write_bytes((ROOT / "tests/kit/diagrams/pratica/pratica.bpmn").read_bytes())
    template = '#set document(title: "x")\n#set text(lang: "it")\n#json(bytes(sys.inputs.dati)).numero'
    (folder / "letters" / "ricevuta.typ").write_text(template)
    with store.unit_of_work() as uow:
        deployments.deploy(uow, folder)

    assert case.number in words(rendered(store, case, "ricevuta"))
    with store.snapshot() as uow:
        assert letters.names(uow, case.id) == ["ricevuta"]


def test_what_is_not_there_is_not_found(store, now, templates):
    case = case_of(store, now)

    with store.snapshot() as uow:
        assert letters.names(uow, case.id) == ["accordo", "busta", "convocazione", "dati", "ricevuta"]
        assert letters.available(uow, case.id) == ["accordo", "dati", "ricevuta"]
        for name in ("_carta", "niente", "../letters/ricevuta", ""):
            with pytest.raises(LetterNotFound):
                letters.prepare(uow, Programme(), case.id, name)
        with pytest.raises(InstanceNotFound):
            letters.prepare(uow, Programme(), "nessuna", "ricevuta")


def test_the_words_somebody_signed_have_a_fingerprint(store, now, templates):
    case = case_of(store, now)

    with store.snapshot() as uow:
        before = letters.digest(uow, case.id, "accordo")
        assert re.fullmatch("[0-9a-f]{64}", before)
        with pytest.raises(LetterNotFound):
            letters.digest(uow, case.id, "niente")


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="pdftoppm draws the page; it is not here")
@pytest.mark.parametrize("name", ["ricevuta", "accordo", "convocazione"])
def test_a_drawn_page_keeps_its_margins(store, now, templates, tmp_path, name):
    """Draw the page in grey, 40 dots an inch: an edge of one centimetre is white but for the line to cut along."""
    case = case_of(store, now, nome="Ada " + "Esempio" * 6)
    with store.snapshot() as uow:
        (tmp_path / "x.pdf").write_bytes(
            letters.prepare(uow, Programme(), case.id, name, LINK | {"proposte": ["martedì 1 dicembre"]}).pdf()
        )

    subprocess.run(["pdftoppm", "-gray", "-r", "40", tmp_path / "x.pdf", tmp_path / "x"], check=True)

    (page,) = tmp_path.glob("x-*.pgm")
    width, height, dots = _drawing(page.read_bytes())
    rows = [dots[row * width : (row + 1) * width] for row in range(height)]
    inked = [row for row in rows if min(row[:16]) < 200 or min(row[-16:]) < 200]
    assert (width, height) == (331, 468)
    assert len(inked) <= 1
    assert min(rows[0]) == min(rows[-1]) == 255
    assert sum(dot < 128 for dot in dots) > 500


def _drawing(content):
    kind, size, most, dots = re.match(rb"(P5)\n(\d+ \d+)\n(\d+)\n(.*)", content, re.DOTALL).groups()
    assert (kind, most) == (b"P5", b"255")
    width, height = map(int, size.split())
    return width, height, dots
