"""The innovation desk of small Comuni: its rows, rules and verbs, built on an engine that knows nothing of them.

Comuni with their hours and calendars, the people who work there, the pratiche and who may see them, the requester's
receipt. Verbs take the unit of work first and never commit; every refusal stands in ``desk.errors``.
"""

from desk.extension import EXTENSION, extension
from desk.facilities import Facilities

__all__ = ["EXTENSION", "Facilities", "extension"]
