"""Say in Italian what failed under a command: the settings, the database, the files, what engine and desk refuse.

Whatever is not named here is a fault of the program: it ends in Python's own words, for whoever mends it.
"""

from __future__ import annotations

import errno
import logging
import os
import sys
from contextlib import contextmanager
from functools import singledispatch
from typing import TYPE_CHECKING

import click

from engine.errors import EngineError
from engine.store import Standing, Trouble, UnusableAddress, WrongTables, trouble_of
from web.commands.refused import refused
from web.settings import Misconfigured

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.store import Store
    from web.commands.wiring import Wiring

ADDRESS = (
    "SPORTELLO_DATABASE_URL non è l’indirizzo di una base di dati. Scrivi per esempio sqlite:///var/sportello.db "
    "oppure postgresql+psycopg://utente:password@server/nome."
)
TROUBLES: Mapping[Trouble, str] = {
    Trouble.ADDRESS: "In SPORTELLO_DATABASE_URL c’è un’opzione che non esiste: controlla che cosa segue il «?».",
    Trouble.UNREACHABLE: (
        "La base di dati «{place}» non risponde. Controlla che il server sia acceso e che SPORTELLO_DATABASE_URL dica "
        "dove si trova."
    ),
    Trouble.REFUSED: (
        "Il server risponde ma non apre la base di dati «{place}». Controlla nome, utente e password in "
        "SPORTELLO_DATABASE_URL; se il server si sta avviando, riprova tra poco."
    ),
    Trouble.UNOPENED: (
        "La base di dati «{place}» non si apre. Controlla che la cartella ci sia e che questo utente possa leggerla e "
        "scriverci."
    ),
    Trouble.LOCKED: "La base di dati «{place}» è occupata da un altro programma. Riprova tra poco.",
    Trouble.READ_ONLY: "La base di dati «{place}» si può leggere ma non scrivere. Controlla i permessi.",
    Trouble.NO_RIGHT: "L’utente della base di dati «{place}» non ha i permessi che servono: deve esserne proprietario.",
    Trouble.FULL: "Sul disco della base di dati «{place}» non c’è più posto.",
    Trouble.UNREADABLE: "«{place}» non è una base di dati che si riesca a leggere: controlla il nome, o usa una copia.",
    Trouble.MEANWHILE: "Qualcun altro ha cambiato gli stessi dati nello stesso momento. Riprova.",
}
STANDINGS: Mapping[Standing, str] = {
    Standing.ABSENT: "La base di dati «{place}» non è ancora pronta. Preparala con «sportello migrate».",
    Standing.BEHIND: (
        "La base di dati «{place}» è di una versione precedente. Salvane una copia, poi aggiornala con "
        "«sportello migrate»."
    ),
    Standing.AHEAD: "La base di dati «{place}» è più recente di questo programma: aggiorna il programma.",
}
REASONS: Mapping[int, str] = {
    errno.EACCES: "manca il permesso",
    errno.EPERM: "manca il permesso",
    errno.EROFS: "il disco è di sola lettura",
    errno.ENOENT: "non c’è",
    errno.ENOTDIR: "una parte del percorso non è una cartella",
    errno.EISDIR: "è una cartella",
    errno.ELOOP: "il collegamento gira in tondo",
    errno.ENAMETOOLONG: "il nome è troppo lungo",
    errno.EEXIST: "c’è già, e non è una cartella",
    errno.ENOSPC: "sul disco non c’è più posto",
    errno.EDQUOT: "sul disco non c’è più posto",
    errno.EFBIG: "è troppo grande",
    errno.EIO: "il disco non risponde",
    errno.EMFILE: "il programma ha troppi file aperti",
    errno.EADDRINUSE: "la porta è già in uso",
    errno.EADDRNOTAVAIL: "questo indirizzo non è di questa macchina",
}


@contextmanager
def told(wiring: Wiring) -> Iterator[None]:
    """End a command with a sentence where one is known for what went wrong."""
    try:
        yield
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except Exception as failure:
        words = words_for(failure, wiring.opened)
        if words is None:
            raise
        _let_go_of_output()
        raise click.ClickException(words) from failure


def _let_go_of_output() -> None:
    """Drop what could not be written: at the end Python would try once more, and tell of it in its own words."""
    try:
        sys.stdout.flush()
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


@contextmanager
def told_in_log(wiring: Wiring) -> Iterator[None]:
    """Let a worker that goes on in spite of a failure write the same sentence for it, in place of a trace."""
    log, handler = logging.getLogger("engine"), logging.StreamHandler()
    handler.setFormatter(_Sentences(wiring))
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)


class _Sentences(logging.Formatter):
    def __init__(self, wiring: Wiring) -> None:
        super().__init__()
        self.wiring = wiring

    def format(self, record: logging.LogRecord) -> str:
        failure = record.exc_info[1] if record.exc_info else None
        words = words_for(failure, self.wiring.opened) if isinstance(failure, Exception) else None
        return words or super().format(record)


def words_for(failure: Exception, store: Store | None) -> str | None:
    """Say in Italian what went wrong, or nothing where no sentence is known for it; ``store`` may be the one meant."""
    trouble, place = trouble_of(failure), store.place if store else ""
    if isinstance(failure, OSError) and failure.filename == f"{place}.lock":  # where those who write stand in a queue
        trouble = Trouble.UNOPENED
    if trouble is Trouble.OTHER_TABLES and store is not None:
        return _of_tables(store.standing(), place)
    if trouble is not None:
        return TROUBLES[trouble].format(place=place)
    if isinstance(failure, WrongTables):
        return _of_tables(failure.standing, place)
    return _words(failure)


def _of_tables(standing: Standing, place: str) -> str | None:
    return STANDINGS[standing].format(place=place) if standing in STANDINGS else None


@singledispatch
def _words(_failure: Exception) -> str | None:
    return None


@_words.register
def _(refusal: EngineError) -> str:
    return refused(refusal)


@_words.register
def _(refusal: Misconfigured) -> str:
    return "\n".join(refusal.problems)


@_words.register
def _(_refusal: UnusableAddress) -> str:
    return ADDRESS


@_words.register
def _(failure: OSError) -> str | None:
    if failure.errno == errno.EPIPE:  # whoever read us has gone: click ends in silence
        return None
    reason = REASONS.get(failure.errno or 0, f"errore {errno.errorcode.get(failure.errno or 0, 'sconosciuto')}")
    if failure.filename is None:
        return f"Il sistema ha risposto: {reason}."
    return f"«{click.format_filename(os.fspath(failure.filename))}» non si può usare: {reason}."


@_words.register
def _(failure: UnicodeError) -> str:
    del failure
    return "Un’impostazione, o un file, contiene segni che non sono testo in UTF-8."
