"""Whatever people type is printed: in its own letters where a font has them, as a box where none has."""

import io
import json
import unicodedata

import pytest
from pypdf import PdfReader

from desk.letters import typesetting
from tests.kit.places import fault

TEMPLATE = b'#set document(title: "x")\n#set text(lang: "it", font: ("Titillium Web", "Libertinus Serif"))\n'
TEMPLATE += b"#json(bytes(sys.inputs.dati)).detto"


def printed(now, text):
    pdf = typesetting.typeset({"letters/x.typ": TEMPLATE}, "x.typ", {"detto": text}, now)
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).replace("\n", "")


@pytest.mark.parametrize(
    "name",
    ["李小龙", "雷さくら", "김철수", "🌱", "สวัสดี", "ਪੰਜਾਬ", "සිංහල", "አማርኛ", "Ελλάδα", "Привет", "Nguyễn", "Şahin", "বল"],
)
def test_names_are_printed_in_the_letters_they_are_written_in(now, name):
    told = unicodedata.normalize("NFC", printed(now, f"Ada {name}"))

    assert told.startswith("Ada ")
    assert "□" not in told
    assert set(name) <= set(told)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("𓀀 sfinge", "□ sfinge"),
        ("a\u1ab0", "a"),
        ("\uf0b7 voce da Word", " voce da Word"),
        ("\ufeffAda\ufffe", "Ada"),
        ("Ada\x07\ue000\U0010fffd", "Ada"),
    ],
)
def test_what_no_font_has_becomes_a_box_and_stops_nothing(now, typed, shown):
    assert printed(now, typed).strip() == shown.strip()


def test_a_text_with_letters_of_every_block_is_printed(now):
    text = " ".join(chr(code) for code in range(0x20, 0x32000, 61) if not 0xD800 <= code < 0xE000)

    assert "□" in printed(now, text)


def test_without_fonts_of_other_scripts_letters_are_made_all_the_same(now, monkeypatch):
    monkeypatch.setattr(typesetting, "_font_folders", list)

    assert printed(now, "Ada 李 e 🌱") == "Ada □ e □"


def test_a_designers_own_character_that_no_font_has_is_a_mistake_with_its_line(now):
    made = typesetting.mistake_in({"letters/x.typ": TEMPLATE + "\n\n𓀀".encode()}, "x.typ", [{"detto": "𓀀"}], now)

    assert (made.file, made.line) == ("x.typ", 5)


def test_texts_that_stopped_letters_are_printed(now):
    for text in json.loads(fault("testi.json").read_text())["lettere: nome o titolo che ferma ogni PDF"]:
        assert printed(now, text)
