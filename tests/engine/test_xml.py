import pytest

from engine.errors import InvalidXml
from engine.xml import MAX_BYTES, MAX_DEPTH, MAX_ELEMENTS, read_xml


def refusal(source: bytes) -> InvalidXml:
    with pytest.raises(InvalidXml) as caught:
        read_xml(source, "prova.bpmn")
    return caught.value


def test_every_element_knows_the_line_on_which_its_tag_opens():
    source = b'<?xml version="1.0"?>\n<a\n  uno="1"\n  due="2">\n<!-- nota -->\n<b/><?pi x?><c\n tre="3"/></a>'

    root = read_xml(source, "prova.bpmn")

    assert [(element.tag, element.sourceline) for element in root.iter("a", "b", "c")] == [("a", 2), ("b", 6), ("c", 6)]


def test_a_malformed_file_is_refused_with_file_and_line():
    error = refusal(b"<a>\n<b>\n</a>")

    assert (error.file, error.line) == ("prova.bpmn", 3)


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">',
        '<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;&x;">]>',
        "<!DOCTYPE a>",
    ],
)
def test_a_document_type_declaration_is_refused_whatever_it_says(doctype):
    error = refusal(f"<?xml version='1.0'?>\n{doctype}<a/>".encode())

    assert "DOCTYPE" in error.message
    assert error.line == 2


def test_an_undeclared_entity_is_refused():
    assert refusal(b"<a>\n&e;</a>").line == 2


def test_a_prefix_without_namespace_is_refused():
    assert "ben formato" in refusal(b"<a><bpmn:b/></a>").message


def test_a_file_of_more_than_two_megabytes_is_refused():
    assert "2 MB" in refusal(b"<a>" + b" " * MAX_BYTES + b"</a>").message


def test_too_many_elements_are_refused():
    assert str(MAX_ELEMENTS) in refusal(b"<a>" + b"<b/>" * MAX_ELEMENTS + b"</a>").message


def test_too_deep_a_nesting_is_refused():
    assert str(MAX_DEPTH) in refusal(b"<a>" * (MAX_DEPTH + 1)).message


def test_an_unreadable_encoding_is_refused():
    assert "UTF-8" in refusal(b"<?xml version='1.0' encoding='gb2312'?><a/>").message


def test_the_usual_encodings_are_read():
    text = "<?xml version='1.0' encoding='{0}'?><a nome='Però'/>"

    names = [read_xml(text.format(code).encode(code), "f").get("nome") for code in ("utf-8", "utf-16", "iso-8859-1")]

    assert names == ["Però"] * 3
