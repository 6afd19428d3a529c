import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.characters import legible, line, lines

INVISIBLE = [
    "\u200b",
    "\ufeff",
    "\u2060",
    "\xad",
    "\u200e",
    "\u202e",
    "\u2066",
    "ㅤ",
    "ᅟ",
    "ﾠ",
    "⠀",
    "͏",
    "️",
    "\U000e0041",
    "\u200d",
    "́",
]


@pytest.mark.parametrize("mark", INVISIBLE)
def test_what_nobody_sees_is_no_answer(mark):
    assert line(mark) == lines(mark * 3) == legible(f" {mark}\n") == ""


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Ros\u200bsi", "Rossi"),
        ("\uf0b7 voce da Word", "voce da Word"),
        ("\ufeffAda", "Ada"),
        ("Ada\u00a0\u2003 Esempio\t", "Ada Esempio"),
        ("Nicolo\u0300", "Nicolò"),
        ("una\u2028riga", "una riga"),
        ("a\x00b\x07c\x7f", "abc"),
        ("\ud800x", "x"),
        ("co\u200dop", "coop"),
        ("admin\u202egpj.exe", "admingpj.exe"),
    ],
)
def test_marks_that_mean_nothing_are_dropped_and_blanks_folded(typed, read):
    assert line(typed) == read


@pytest.mark.parametrize(
    "written",
    [
        "می\u200cخواهم",
        "ශ්\u200dරී",
        "क्\u200dष",
        "👩\u200d💻",
        "❤\ufe0f\u200d🔥",
        "葛\U000e0100",
        "李",
        "👍🏽",
        "بنغالية",
        "বাংলা",
    ],
)
def test_what_a_script_needs_stays(written):
    assert line(written) == unicodedata.normalize("NFC", written)


def test_lines_keep_their_ends_and_one_empty_line():
    assert lines(" uno  due \r\n\r\n\r\n\r\n  tre\u2029quattro\x0b ") == "uno due\n\ntre\nquattro"


@given(st.text())
def test_a_second_reading_changes_nothing(text):
    for read in (legible, line, lines):
        assert read(read(text)) == read(text)


@given(st.text())
def test_what_is_left_can_be_stored_and_is_composed(text):
    for read in (legible(text), line(text), lines(text)):
        read.encode()
        assert unicodedata.is_normalized("NFC", read)
        assert not any(unicodedata.category(each) in ("Cc", "Co", "Cs") and each != "\n" for each in read)
