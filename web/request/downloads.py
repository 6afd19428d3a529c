"""Send files: always as attachments under a neutral name, never shown by the browser from our own address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import make_response, send_file

if TYPE_CHECKING:
    from typing import BinaryIO

    from flask import Response

BYTES = "application/octet-stream"
SEALED_OFF = "sandbox; default-src 'none'"
"""Whatever a browser does with the file, nothing in it runs."""


def attached(content: bytes, name: str, media_type: str) -> Response:
    """Answer with a file under a name that the program chose: ASCII letters, digits, hyphens and points."""
    headers = {"Content-Type": media_type, "Content-Disposition": f'attachment; filename="{name}"'}
    return _sealed_off(make_response(content, headers))


def attached_stream(content: BinaryIO, name: str) -> Response:
    """Answer with a file that somebody else made: bytes and nothing more, piece by piece."""
    return _sealed_off(send_file(content, BYTES, as_attachment=True, download_name=name, etag=False))


def _sealed_off(answer: Response) -> Response:
    answer.headers["Content-Security-Policy"] = SEALED_OFF
    answer.headers["Cache-Control"] = "no-store"
    return answer
