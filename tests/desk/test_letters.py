import io
import json
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from desk import comuni, deposits, letters
from desk.deposits import Deposited
from desk.errors import LetterFailed, LetterNotFound
from desk.letters import typesetting
from engine import deployments
from engine.errors import InstanceNotFound
from tests.desk.conftest import ADMINISTRATOR, BUROLO, MARTA
from tests.desk.played import Played

ROOT = Path(__file__).parents[2]
LINK = {"link": "https://sportello.example/segui?numero=SI-2026-B279-0001"}
HOSTILE = '#panic("x") $x$ *b* _i_ \\n @ref <tag> "q" \' // % ` [a] https://x.example ~'
MEETING = {"proposte": ["2026-12-01T09:00", "2026-12-03T15:30"], "durata": "45"}


@pytest.fixture
def templates(store, tmp_path):
    """Deploy the small diagram of these tests with the letters that come with the program."""
    folder = tmp_path / "pratica"
    (folder / "letters").mkdir(parents=True)
    for source in (*(ROOT / "tests/desk/diagrams").iterdir(), *(ROOT / "processes/richiesta/letters").iterdir()):
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
        return PdfReader(io.BytesIO(letters.render(uow, case.id, name, data)))


def words(pdf):
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pdf.pages))


@pytest.mark.parametrize("name", ["ricevuta", "convocazione", "accordo", "dati", "busta"])
def test_every_letter_is_tagged_titled_and_in_italian(store, now, templates, name):
    case = case_of(store, now)
    with store.unit_of_work() as uow:
        deposits.record(uow, case.id, "0" * 64, Deposited.ENVELOPE, MARTA)

    pdf = rendered(store, case, name, LINK | {"proposte": ["martedì 1 dicembre"]} if name == "convocazione" else LINK)

    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"].startswith("it")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert case.number in pdf.metadata.title
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
