"""Receive files for the envelope in memory: elsewhere a large one waits in a temporary file."""

from __future__ import annotations

from io import BytesIO
from typing import IO

from flask import Request

SEALED = "busta"


class SealedRequest(Request):
    """A request whose files touch no disk when its address is the envelope's; ``largest_request`` bounds them."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        if SEALED in self.path.split("/"):
            return BytesIO()
        return super()._get_file_stream(total_content_length, content_type, filename, content_length)
