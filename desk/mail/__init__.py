"""Mail: written into the outbox by the transaction that wants it sent, delivered by the worker."""

from desk.mail.outbox import Attachment, NewMail, enqueue

__all__ = ["Attachment", "NewMail", "enqueue"]
