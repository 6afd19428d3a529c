"""Listen for words in whatever comes out of the program, however they are written or packed there."""

from __future__ import annotations

import base64
import gzip
import re
import zlib
from collections import defaultdict
from email import message_from_bytes, policy
from functools import cache
from io import BytesIO
from urllib.parse import unquote_to_bytes

import zstandard
from pypdf import PdfReader

PACKERS = (zstandard.ZstdDecompressor().decompress, zlib.decompress, gzip.decompress)
BROKEN = (zstandard.ZstdError, zlib.error, gzip.BadGzipFile, EOFError)


@cache
def spelled(word):
    """Every way in which a word of letters may be written, whatever the case of its letters."""
    plain = word.encode()
    forms = {plain, word.encode("utf-16-le"), word.encode("utf-16-be"), word.encode("utf-32-le")}
    forms |= {plain.hex().encode(), plain.hex(" ").encode(), b"".join(b"%%%02x" % each for each in plain)}
    forms |= {base64.b64encode(b"x" * before + plain)[4 if before else 0 : -4] for before in range(3)}
    forms |= {each.translate(bytes.maketrans(b"+/", b"-_")) for each in forms}
    return re.compile(b"|".join(map(re.escape, sorted(forms))), re.IGNORECASE)


def layers(data):
    """Give bytes as they are, and what they are when unpacked."""
    yield data
    for unpack in PACKERS:
        try:
            inner = unpack(data)
        except BROKEN:
            continue
        if inner:  # nothing unpacks to nothing, for ever
            yield from layers(inner)


def is_heard(word, data):
    return any(spelled(word).search(layer) for layer in layers(data))


def of_pdf(data):
    """Read a PDF as people do, and every stream and mark in it as it is unpacked."""
    reader = PdfReader(BytesIO(data))
    yield data
    yield "\n".join(page.extract_text() for page in reader.pages).encode()
    yield str(reader.metadata).encode()
    for number in range(1, len(reader.xref_objStm) + sum(map(len, reader.xref.values())) + 1):
        found = reader.get_object(number)
        if found is not None:
            yield found.get_data() if hasattr(found, "get_data") else str(found).encode()


def of_mail(data):
    """Read a message: as it went over the wire, its headers decoded, each of its parts decoded."""
    message = message_from_bytes(data, policy=policy.default)
    yield data
    yield str(message.items()).encode()
    for part in message.walk():
        content = part.get_payload(decode=True)
        if content is not None:
            yield from of_pdf(content) if part.get_content_type() == "application/pdf" else (content,)


def of_cookie(value):
    """Read a session cookie as whoever holds it can: it is signed, not encrypted."""
    payload = value.lstrip(".").partition(".")[0]
    yield value.encode()
    yield base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))


def of_address(address):
    yield address.encode()
    yield unquote_to_bytes(address.replace("+", " "))


class Heard:
    """All that came out, by the kind of thing it came out as and where."""

    def __init__(self):
        self._noted = defaultdict(list)

    def note(self, kind, where, *parts):
        self._noted[kind] += [(where, part) for part in parts]

    def count(self, kind):
        return len({where for where, _ in self._noted[kind]})

    def kinds(self):
        return set(self._noted)

    def where(self, word, kind):
        """Say where among the things of a kind a word is heard."""
        return {where for where, part in self._noted[kind] if is_heard(word, part)}
