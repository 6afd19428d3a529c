"""Make files as they come: good ones of every kind, and bad ones that pretend to be good."""

from __future__ import annotations

import zipfile
from io import BytesIO

from desk.files.office import MEDIA_TYPES

TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
DATA = bytes.fromhex("06092a864886f70d010701")


def pdf(text=b"", *, end=b"%%EOF\n"):
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n% " + text + b"\n" + end


def packed(parts, compression=zipfile.ZIP_DEFLATED):
    content = BytesIO()
    with zipfile.ZipFile(content, "w", compression) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return content.getvalue()


def ooxml(ending="docx", *, types="", relations="", more=None):
    """Make a small document of Word, Excel or PowerPoint."""
    main = f'<Override PartName="/main.xml" ContentType="{MEDIA_TYPES[ending]}.main+xml"/>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}">{main}{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>',
        "main.xml": "<document/>",
    }
    return packed(parts | (more or {}))


def relation(kind, target, mode="Internal"):
    return f'<Relationship Id="r1" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="{mode}"/>'


def odf(ending="odt", *, manifest="", more=None, media_type=None):
    """Make a small document of LibreOffice."""
    entry = f'<file-entry full-path="/" media-type="{MEDIA_TYPES[ending]}">{manifest}</file-entry>'
    parts = {
        "mimetype": media_type or MEDIA_TYPES[ending],
        "META-INF/manifest.xml": f'<manifest xmlns="{MANIFEST}">{entry}</manifest>',
        "content.xml": "<document/>",
    }
    return packed(parts | (more or {}), zipfile.ZIP_STORED)


def value(tag, content):
    """Write one value as X.690 says."""
    size = len(content)
    length = bytes([size]) if size < 128 else bytes([0x84]) + size.to_bytes(4)
    return bytes([tag]) + length + content


def signed(content, *, octets=None):
    """Make a signed document around another one, without certificates: enough to be opened."""
    inner = value(0x30, DATA + value(0xA0, octets or value(0x04, content)))
    data = value(0x30, value(0x02, b"\x01") + value(0x31, b"") + inner + value(0x31, b""))
    return value(0x30, SIGNED_DATA + value(0xA0, data))
