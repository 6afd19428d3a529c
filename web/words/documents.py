"""Say documents in words: what may come in, why one did not, how large it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk.files import FileFlaw
from web.words.dates import number_words

if TYPE_CHECKING:
    from desk.errors import DocumentRefused, TooManyDocuments

KIBIBYTE = 1024
ACCEPTED_WORDS = (
    "PDF, immagini (PNG, JPEG, WEBP, TIFF), testo e CSV, documenti Word, Excel, PowerPoint e OpenDocument senza macro, "
    "documenti firmati P7M. Al massimo 20 MB ciascuno."
)
NOT_HARMLESS = "Per sicurezza non lo accettiamo."
FLAWS = {
    FileFlaw.EMPTY: ("Il file è vuoto", "Controlla di aver scelto quello giusto."),
    FileFlaw.TOO_LARGE: ("Il file supera 20 MB", "Dividilo in parti, o riduci le immagini, e riprova."),
    FileFlaw.UNKNOWN: ("Questo tipo di file non si può aggiungere", "Salvalo come PDF e riprova."),
    FileFlaw.EXECUTABLE: ("Il file è un programma, o ne contiene uno", NOT_HARMLESS),
    FileFlaw.MARKUP: ("Il file è una pagina web o un disegno SVG", f"{NOT_HARMLESS} Salvalo come PDF e riprova."),
    FileFlaw.ARCHIVE: ("Il file è un archivio compresso", "Aggiungi uno per uno i documenti che contiene."),
    FileFlaw.MACROS: ("Il documento contiene macro", f"{NOT_HARMLESS} Salvalo senza macro, o come PDF, e riprova."),
    FileFlaw.LEGACY: ("Il file è in un formato vecchio", "Salvalo come PDF, o in un formato più recente, e riprova."),
    FileFlaw.DETACHED: (
        "Questa è solo la firma: il documento firmato non c’è dentro",
        "Aggiungi il documento, oppure il file «.p7m» che contiene documento e firma insieme.",
    ),
    FileFlaw.HEIC: (
        "La foto è in formato HEIC, che non tutti possono aprire",
        "Salvala come JPEG. Sull’iPhone: Impostazioni, Fotocamera, Formati, «Più compatibile», e rifai la foto.",
    ),
    FileFlaw.PROTECTED: ("Il file è protetto da una password", "Togli la password e riprova."),
    FileFlaw.ACTIVE: (
        "Il documento avvia o scarica altro quando si apre",
        f"{NOT_HARMLESS} Salvalo come PDF e riprova.",
    ),
    FileFlaw.MISMATCH: ("Il contenuto non è quello che dice il nome", "Salva di nuovo il documento e riprova."),
    FileFlaw.DAMAGED: ("Il file non si legge fino in fondo", "Forse è rovinato: salvalo di nuovo e riprova."),
    FileFlaw.INFECTED: (
        "L’antivirus ha trovato qualcosa nel file",
        "Non lo abbiamo tenuto. Controlla il tuo computer.",
    ),
}
KINDS = {
    "application/pdf": "PDF",
    "image/png": "immagine PNG",
    "image/jpeg": "immagine JPEG",
    "image/webp": "immagine WEBP",
    "image/tiff": "immagine TIFF",
    "text/plain": "testo",
    "text/csv": "tabella CSV",
    "application/pkcs7-mime": "documento firmato",
}
OFFICE = {"word": "documento di testo", "spreadsheet": "foglio di calcolo", "presentation": "presentazione"}


def refused_words(refusal: DocumentRefused) -> tuple[str, str]:
    """Say why a file did not come in, and what to do."""
    return FLAWS[refusal.flaw]


def too_many_words(refusal: TooManyDocuments) -> tuple[str, str]:
    return f"La pratica ha già {refusal.most} documenti", "Togline uno che non serve più, o uniscine alcuni."


def kind_words(media_type: str) -> str:
    """Name a kind of file as people do."""
    known = KINDS.get(media_type)
    return known or next((words for part, words in OFFICE.items() if part in media_type), OFFICE["word"])


def size_words(size: int) -> str:
    """Say a size in bytes as «2,3 MB» or «120 kB»."""
    kilobytes = max(1, round(size / KIBIBYTE))
    return f"{number_words(round(size / KIBIBYTE**2, 1))} MB" if kilobytes >= KIBIBYTE else f"{kilobytes} kB"
