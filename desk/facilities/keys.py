"""Wrap and use the keys of sealed envelopes: one for each case, encrypted by a key that is not in the database.

Everything is AES-256-GCM with a fresh nonce. What each ciphertext is, and of which case, is authenticated with it:
moved to another case, another item or another column, it does not open.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desk.errors import EnvelopeKeyMissing, EnvelopeTampered

if TYPE_CHECKING:
    from collections.abc import Mapping

KEY_BYTES = 32
NONCE_BYTES = 12
FORMAT = "sportello-busta-1"
KEY_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")


class UnreadableKeys(ValueError):
    """The configured keys are not written as ``name:base64,…`` with 32 bytes each; the text says why, not the key.

    It says so in Italian: who wrote the keys reads it on the console.
    """


@dataclass(frozen=True)
class KeyRing:
    """The key-encryption keys by name: the first wraps what is new, the others still open what they wrapped."""

    keys: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    @classmethod
    def read(cls, text: str) -> KeyRing:
        """Read ``name:base64,…`` as the configuration writes it; an empty text is a ring without keys.

        Raises:
            UnreadableKeys: a key has no name, a name comes twice, or a key is not 32 bytes in base64.

        """
        keys: dict[str, bytes] = {}
        for entry in filter(None, (part.strip() for part in text.split(","))):
            name, _, encoded = entry.partition(":")
            if not KEY_NAME.fullmatch(name) or name in keys:
                raise UnreadableKeys("ogni chiave ha un nome diverso, di lettere minuscole, cifre e trattini")
            keys[name] = _decoded(name, encoded)
        return cls(keys)

    def wrap(self, data_key: bytes, case_id: str) -> tuple[str, bytes]:
        """Encrypt a case's key with the first key; give that key's name and the wrapped key.

        Raises:
            EnvelopeKeyMissing: there are no keys.

        """
        name = next(iter(self.keys), None)
        if name is None:
            raise EnvelopeKeyMissing("")
        return name, _encrypt(self.keys[name], data_key, _bound("key", name, case_id))

    def unwrap(self, name: str, wrapped: bytes, case_id: str) -> bytes:
        """Decrypt a case's key.

        Raises:
            EnvelopeKeyMissing: the key that wrapped it is not configured.
            EnvelopeTampered: it is not what was written, or another case's.

        """
        if name not in self.keys:
            raise EnvelopeKeyMissing(name)
        return _decrypt(self.keys[name], wrapped, _bound("key", name, case_id))


def new_key(name: str) -> str:
    """Make a key-encryption key, as the configuration writes it."""
    return f"{name}:{base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()}"


def new_data_key() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def seal(data_key: bytes, plain: bytes, *place: str) -> bytes:
    """Encrypt something for its place: case, item, column."""
    return _encrypt(data_key, plain, _bound(*place))


def unseal(data_key: bytes, sealed: bytes, *place: str) -> bytes:
    """Decrypt what was sealed for this very place.

    Raises:
        EnvelopeTampered: a byte was changed, or it was sealed for another place or with another key.

    """
    return _decrypt(data_key, sealed, _bound(*place))


def _decoded(name: str, encoded: str) -> bytes:
    try:
        key = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise UnreadableKeys(f"la chiave «{name}» non è scritta in base64") from None
    if len(key) != KEY_BYTES:
        raise UnreadableKeys(f"la chiave «{name}» deve essere lunga {KEY_BYTES} byte")
    return key


def _encrypt(key: bytes, plain: bytes, bound: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound)


def _decrypt(key: bytes, sealed: bytes, bound: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound)
    except (InvalidTag, ValueError):  # too short is as false as changed
        raise EnvelopeTampered from None


def _bound(*place: str) -> bytes:
    """Write a place so that no two places read alike."""
    return json.dumps([FORMAT, *place]).encode()
