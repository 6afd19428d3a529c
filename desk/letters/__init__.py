"""Letters on paper: make PDF/UA from the typst templates that a process brings along.

A template gets the neutral facts of ``desk.correspondence`` and what its own kind needs, as data and never as markup.
"""

from desk.letters.checking import check
from desk.letters.letter import Letter, available, digest, names, prepare

__all__ = ["Letter", "available", "check", "digest", "names", "prepare"]
