"""Hash and check passwords: argon2id (RFC 9106), with the parameters that OWASP gives for a web server."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from desk.errors import WeakPassword

MINIMUM = 12
hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def digest(secret: str) -> str:
    """Give the hash to keep."""
    return hasher.hash(_normal(secret))


def matches(kept: str | None, secret: str) -> bool:
    """Say whether this is the secret whose hash was kept.

    Where none was kept the same work is done in vain, so that time does not tell who exists.
    """
    try:
        return hasher.verify(kept or _nobodys(), _normal(secret)) and kept is not None
    except VerificationError:
        return False


def refuse_weak(password: str, *, username: str) -> None:
    """Raise ``WeakPassword`` for one shorter than twelve characters or built round the person's own name."""
    if len(_normal(password)) < MINIMUM or username.casefold() in password.casefold():
        raise WeakPassword(MINIMUM)


def _normal(secret: str) -> str:
    """Two keyboards may spell the same letter differently (NIST SP 800-63B §5.1.1.2)."""
    return unicodedata.normalize("NFKC", secret)


@lru_cache(maxsize=1)
def _nobodys() -> str:
    return hasher.hash("")
