"""What comes in and what does not: good files of every kind, and the tricks that are known."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.errors import DocumentRefused
from desk.files import ACCEPTED, LARGEST, FileFlaw, examine
from desk.files.receive import LONGEST_NAME, tidy_name
from tests.kit.hostile_files import RELATIONS, odf, ooxml, packed, pdf, relation, signed, value

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\0\0\0\0:~\x9bU\0\0\0\0IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xd9"
WEBP = b"RIFF\x0e\0\0\0WEBPVP8L\2\0\0\0\x2f\0"
TIFF = b"II*\0\x08\0\0\0\0\0\0\0\0\0"
GOOD = {
    "a.pdf": (pdf(), "application/pdf"),
    "A.PDF": (pdf(), "application/pdf"),
    "a.png": (PNG, "image/png"),
    "a.jpg": (JPEG, "image/jpeg"),
    "a.jpeg": (JPEG, "image/jpeg"),
    "foto.jfif": (JPEG, "image/jpeg"),
    "a.webp": (WEBP, "image/webp"),
    "a.tif": (TIFF, "image/tiff"),
    "b.tiff": (b"MM\0*\0\0\0\x08\0\0\0\0\0\0", "image/tiff"),
    "a.txt": ("Perché no? Così è più facile.\r\n".encode(), "text/plain"),
    "vecchio.txt": ("Perché no?\n".encode("cp1252"), "text/plain"),
    "a.csv": (b"nome;quanti\nvigna;-3\npali;+4\n", "text/csv"),
    "a.pdf.p7m": (signed(pdf()), "application/pkcs7-mime"),
    "a.pdf.p7m.p7m": (signed(signed(pdf())), "application/pkcs7-mime"),
    **{f"a.{each}": (ooxml(each), None) for each in ("docx", "xlsx", "pptx")},
    **{f"a.{each}": (odf(each), None) for each in ("odt", "ods", "odp")},
}


def flaw_of(content, name):
    """Say why a file is refused; nothing when it comes in."""
    try:
        examine(BytesIO(content), name)
    except DocumentRefused as refusal:
        return refusal.flaw
    return None


@pytest.mark.parametrize("name", GOOD)
def test_a_good_file_of_every_kind_comes_in(name):
    content, media_type = GOOD[name]

    found = examine(BytesIO(content), name)

    assert media_type is None or found == media_type


def test_every_accepted_ending_has_a_good_file():
    assert {name.lower().rpartition(".")[2] for name in GOOD} == set(ACCEPTED)


@pytest.mark.parametrize(
    ("name", "content", "flaw"),
    [
        ("a.pdf", b"", FileFlaw.EMPTY),
        ("a.pdf", pdf(b"x" * LARGEST), FileFlaw.TOO_LARGE),
        ("senza nome", pdf(), FileFlaw.UNKNOWN),
        ("foto.heic", b"\0\0\0\x18ftypheic", FileFlaw.HEIC),
        ("film.mp4", b"\0\0\0\x18ftypmp42", FileFlaw.UNKNOWN),
        ("a.exe", b"MZ\x90\0", FileFlaw.EXECUTABLE),
        ("a.pdf.exe", pdf(), FileFlaw.EXECUTABLE),
        ("fattura.pdf.js", b"alert(1)", FileFlaw.EXECUTABLE),
        ("a.lnk", b"L\0\0\0\1\x14\2\0", FileFlaw.EXECUTABLE),
        ("a.pdf", b"MZ\x90\0" + pdf(), FileFlaw.EXECUTABLE),
        ("a.png", b"\x7fELF\2\1\1", FileFlaw.EXECUTABLE),
        ("a.txt", b"#!/bin/sh\nrm -r /\n", FileFlaw.EXECUTABLE),
        ("a.txt", b"@echo off\r\ndel *\r\n", FileFlaw.EXECUTABLE),
        ("a.html", b"<p>", FileFlaw.MARKUP),
        ("a.svg", b"<svg onload='alert(1)'/>", FileFlaw.MARKUP),
        ("a.txt", b"  <!doctype html><script>alert(1)</script>", FileFlaw.MARKUP),
        ("a.txt", b"\xef\xbb\xbf<?xml version='1.0'?><svg/>", FileFlaw.MARKUP),
        ("a.csv", b"nome;<script>alert(1)</script>\n", FileFlaw.MARKUP),
        ("a.zip", packed({"a": "b"}), FileFlaw.ARCHIVE),
        ("a.pdf", b"Rar!\x1a\7\1\0", FileFlaw.ARCHIVE),
        ("a.docx", b"\x1f\x8b\x08\0", FileFlaw.ARCHIVE),
        ("a.docm", ooxml(), FileFlaw.MACROS),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileFlaw.LEGACY),
        ("con password.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileFlaw.LEGACY),
        ("a.txt", b"{\\rtf1\\object", FileFlaw.LEGACY),
        ("a.pdf", PNG, FileFlaw.MISMATCH),
        ("a.png", pdf(), FileFlaw.MISMATCH),
        ("a.pdf", pdf() + packed({"a.class": "x"}), FileFlaw.MISMATCH),
        ("a.jpg", JPEG + packed({"a": "b"}), FileFlaw.MISMATCH),
        ("a.txt", b"a\0b", FileFlaw.MISMATCH),
        ("a.txt", b"\x81\x8d", FileFlaw.MISMATCH),
        ("a.pdf", pdf(end=b""), FileFlaw.DAMAGED),
        ("a.png", PNG[:-12], FileFlaw.DAMAGED),
        ("a.jpg", JPEG[:-2], FileFlaw.DAMAGED),
        ("a.webp", WEBP[:-4], FileFlaw.DAMAGED),
        ("a.tif", TIFF[:8], FileFlaw.DAMAGED),
        ("a.pdf", pdf(b"<< /S /Launch /F (cmd.exe) >>"), FileFlaw.ACTIVE),
        ("a.pdf", pdf(b"<< /S /L#61unch /F (cmd.exe) >>"), FileFlaw.ACTIVE),
        ("a.csv", b"a;b\n1;=cmd|'/c calc'!A1\n", FileFlaw.ACTIVE),
        ("a.csv", b"\"@SUM(1+1)*cmd|'/c calc'!A0\"", FileFlaw.ACTIVE),
    ],
)
def test_what_may_not_come_in_is_refused_for_its_reason(name, content, flaw):
    assert flaw_of(content, name) is flaw


VBA = '<Override PartName="/vba.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
HIDDEN_VBA = VBA.replace("vba", "&#118;ba")
MACRO_MAIN = '<Override PartName="/m.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
OLE = '<Default Extension="bin" ContentType="application/vnd.openxmlformats-officedocument.oleObject"/>'
BOMB = '<!DOCTYPE d [<!ENTITY v "vnd.ms-office.vbaProject">]><d xmlns="x" ContentType="&v;"/>'


def linked(target, kind="attachedTemplate"):
    rels = f'<Relationships xmlns="{RELATIONS}">{relation(kind, target, "External")}</Relationships>'
    return ooxml(more={"word/_rels/settings.xml.rels": rels})


@pytest.mark.parametrize(
    ("content", "flaw"),
    [
        (ooxml(types=VBA), FileFlaw.MACROS),
        (ooxml(types=HIDDEN_VBA), FileFlaw.MACROS),
        (ooxml(types=MACRO_MAIN), FileFlaw.MACROS),
        (ooxml(relations=relation("vbaProject", "renamed.bin")), FileFlaw.MACROS),
        (ooxml(types=OLE), FileFlaw.ACTIVE),
        (ooxml(relations=relation("oleObject", "a.bin")), FileFlaw.ACTIVE),
        (linked("https://bad.example/t.dotm"), FileFlaw.ACTIVE),
        (linked("\\\\bad.example\\t.dotm"), FileFlaw.ACTIVE),
        (linked("mhtml:https://bad.example/x!https://bad.example/y", "oleObject"), FileFlaw.ACTIVE),
        (linked("file:///C:/Users/ada/Modello.dotx"), None),
        (linked("https://www.comune.example/", "hyperlink"), None),
        (ooxml(more={"word/install.exe": "MZ"}), FileFlaw.EXECUTABLE),
        (ooxml(more={"word/a.zip": "PK"}), FileFlaw.ARCHIVE),
        (ooxml(more={"../../etc/passwd": "x"}), FileFlaw.DAMAGED),
        (ooxml(more={"C:\\a.xml": "x"}), FileFlaw.DAMAGED),
        (ooxml(more={"WORD/x.xml": "", "word/X.xml": ""}), FileFlaw.DAMAGED),
        (ooxml(more={"_rels/.rels": "<broken"}), FileFlaw.DAMAGED),
        (ooxml(more={"a.rels": BOMB}), FileFlaw.DAMAGED),
        (ooxml(more={"word/embeddings/t.xlsx": ooxml("xlsx")}), None),
        (ooxml(more={"word/embeddings/t.xlsx": ooxml("xlsx", types=VBA)}), FileFlaw.MACROS),
        (ooxml(more={"b.docx": ooxml(more={"c.docx": ooxml(more={"d.docx": ooxml()})})}), FileFlaw.ACTIVE),
        (ooxml("xlsx"), FileFlaw.MISMATCH),
        (odf(), FileFlaw.DAMAGED),
        (packed({"a.txt": "b"}), FileFlaw.DAMAGED),
        (b"\0" * 30 + ooxml(), FileFlaw.MISMATCH),
        (ooxml()[:-30], FileFlaw.DAMAGED),
    ],
)
def test_a_word_document_is_looked_through(content, flaw):
    assert flaw_of(content, "relazione.docx") is flaw


LISTENER = '<document><event-listener href="vnd.sun.star.script:a$b?language=Python"/></document>'


@pytest.mark.parametrize(
    ("content", "flaw"),
    [
        (odf(manifest="<encryption-data/>"), FileFlaw.PROTECTED),
        (odf(more={"Basic/Standard/Module1.xml": "Sub Main"}), FileFlaw.MACROS),
        (odf(more={"Scripts/python/a.xml": "x"}), FileFlaw.MACROS),
        (odf(more={"content.xml": LISTENER}), FileFlaw.MACROS),
        (odf(more={"content.xml": LISTENER.encode("utf-16")}), FileFlaw.DAMAGED),
        (odf(manifest='<file-entry media-type="application/vnd.sun.star.oleobject"/>'), FileFlaw.ACTIVE),
        (odf(media_type="application/zip"), FileFlaw.MISMATCH),
        (odf("ods"), FileFlaw.MISMATCH),
        (packed({"content.xml": "<x/>", "mimetype": "application/vnd.oasis.opendocument.text"}), FileFlaw.MISMATCH),
    ],
)
def test_a_libreoffice_document_is_looked_through(content, flaw):
    assert flaw_of(content, "relazione.odt") is flaw


def test_a_package_that_unpacks_to_a_disk_full_is_refused():
    bomb = bytearray(ooxml())
    size = bomb.index(b"PK\1\2") + 24  # where the list of parts says how long the first is
    bomb[size : size + 4] = (400 * 1024 * 1024).to_bytes(4, "little")

    assert flaw_of(bytes(bomb), "bomba.docx") is FileFlaw.DAMAGED


def test_a_part_that_is_longer_than_it_says_is_refused():
    content = bytearray(ooxml(more={"_rels/.rels": b"<Relationships/>" + b" " * 1_000_000}))
    size = content.index(b"_rels/.rels", content.index(b"PK\1\2")) - 22
    content[size : size + 4] = (16).to_bytes(4, "little")

    assert flaw_of(bytes(content), "bomba.docx") is FileFlaw.DAMAGED


def test_a_package_with_a_password_is_refused():
    content = bytearray(packed({"a.xml": "x"}, zipfile.ZIP_STORED))
    for at in (6, content.index(b"PK\1\2") + 8):
        content[at] |= 1

    assert flaw_of(bytes(content), "chiuso.xlsx") is FileFlaw.PROTECTED


def test_links_and_unusual_packing_are_refused():
    with BytesIO() as file:
        with zipfile.ZipFile(file, "w") as package:
            link = zipfile.ZipInfo("a.xml")
            link.external_attr = 0o120777 << 16
            package.writestr(link, "/etc/passwd")
        linked_to = file.getvalue()

    assert flaw_of(linked_to, "a.docx") is FileFlaw.DAMAGED
    assert flaw_of(packed({"a.xml": "x"}, zipfile.ZIP_LZMA), "a.docx") is FileFlaw.DAMAGED


@pytest.mark.parametrize(
    ("name", "content", "flaw"),
    [
        ("a.exe.p7m", signed(b"MZ\x90\0"), FileFlaw.EXECUTABLE),
        ("a.pdf.p7m", signed(b"MZ\x90\0"), FileFlaw.EXECUTABLE),
        ("a.pdf.p7m", signed(PNG), FileFlaw.MISMATCH),
        ("a.docx.p7m", signed(ooxml(types=VBA)), FileFlaw.MACROS),
        ("a.pdf.p7m", pdf(), FileFlaw.MISMATCH),
        ("a.pdf.p7m", signed(pdf())[:-20], FileFlaw.MISMATCH),
        ("a.pdf.p7m", b"0\x80" * 4000, FileFlaw.MISMATCH),
        ("a.pdf.p7m", b"\x30", FileFlaw.DAMAGED),
        ("a.pdf.p7m.p7m.p7m.p7m", signed(signed(signed(signed(pdf())))), FileFlaw.DAMAGED),
        ("a.pdf.p7m", signed(b""), FileFlaw.EMPTY),
    ],
)
def test_a_signed_document_is_as_good_as_what_was_signed(name, content, flaw):
    assert flaw_of(content, name) is flaw


def test_a_signed_document_may_be_written_in_pieces_without_lengths_or_as_text():
    halves = value(0x04, pdf()[:20]) + value(0x04, pdf()[20:])
    pieces = signed(None, octets=b"\x24\x80" + halves + b"\0\0")
    import base64

    text = base64.encodebytes(signed(pdf()))

    for content in (pieces, text, b"-----BEGIN PKCS7-----\n" + text + b"-----END PKCS7-----\n"):
        assert flaw_of(content, "a.pdf.p7m") is None


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from(ACCEPTED))
def test_whatever_comes_is_accepted_or_refused_and_nothing_else_happens(content, ending):
    flaw_of(content, f"a.{ending}")
    flaw_of(signed(pdf())[: len(content)] + content, "a.pdf.p7m")
    flaw_of(ooxml()[: -len(content) or None] + content, "a.docx")


@given(st.text(max_size=300), st.sampled_from([".pdf", ".txt", ""]))
def test_a_tidied_name_is_short_visible_and_leads_nowhere(name, ending):
    tidied = tidy_name(name + ending)

    assert 0 < len(tidied) <= LONGEST_NAME
    assert tidied.isprintable()
    assert "/" not in tidied
    assert "\\" not in tidied
    assert not tidied.startswith(".")
    assert tidy_name(tidied) == tidied


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("C:\\Users\\ada\\Preventivo  vigna.pdf", "Preventivo vigna.pdf"),
        ("../../etc/passwd", "passwd"),
        ("fattura\u202efdp.exe", "fatturafdp.exe"),
        ("perche\u0301.pdf", "perché.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("", "documento"),
        ("...", "documento"),
        ("x" * 300 + ".pdf", "x" * (LONGEST_NAME - 4) + ".pdf"),
    ],
)
def test_a_name_loses_what_deceives(sent, kept):
    assert tidy_name(sent) == kept
