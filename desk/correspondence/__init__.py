"""Messages as designers write them: Markdown, into which neutral facts of a case are put.

A message or a letter gets nothing of a case but ``context``: the number, who, where, when. Titles, topics and what the
idea is about have no name here, so no template can say them.
"""

from desk.correspondence.checking import check
from desk.correspondence.facts import NAMES, context
from desk.correspondence.message import Message, Template, read

__all__ = ["NAMES", "Message", "Template", "check", "context", "read"]
