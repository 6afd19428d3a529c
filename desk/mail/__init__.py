"""Mail: written into the outbox in the transaction that wants it sent, brought to the server by the worker."""

from desk.mail.outbox import Attachment, Mail, enqueue

__all__ = ["Attachment", "Mail", "enqueue"]
