"""Documents of a case: examined when they arrive, kept by their content, deleted for good.

``receive`` takes one in outside any transaction; the verbs that follow take the unit of work first.
"""

from desk.facilities.storage import FolderStorage, Staged, Storage
from desk.files.contents import Sweep, sweep
from desk.files.documents import (
    attach,
    count,
    get,
    neutral_name,
    of_case,
    read,
    remove,
    remove_all,
)
from desk.files.examine import ACCEPTED, LARGEST, examine
from desk.files.receive import Upload, receive
from desk.flaws import FileFlaw
from desk.model import Document

__all__ = [
    "ACCEPTED",
    "LARGEST",
    "Document",
    "FileFlaw",
    "FolderStorage",
    "Staged",
    "Storage",
    "Sweep",
    "Upload",
    "attach",
    "count",
    "examine",
    "get",
    "neutral_name",
    "of_case",
    "read",
    "receive",
    "remove",
    "remove_all",
    "sweep",
]
