"""Table of documents, whose contents lie in the storage."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desk.model.row import Row


class Document(Row):
    """A document of a pratica; its content lies in the storage, under its SHA-256."""

    __tablename__ = "document"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("pratica.id"))
    #: Counts the documents of its case from 1; its neutral name has it.
    position: Mapped[int]
    #: As the sender called it, tidied; shown on the pages of the case and nowhere else.
    name: Mapped[str]
    #: Found from the content, never believed from the sender.
    media_type: Mapped[str]
    #: In bytes.
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    #: Whether the requester brought it, on their page or at the counter, and so sees it.
    from_requester: Mapped[bool]
    added_by: Mapped[str]
    added_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("case_id", "sha256", "from_requester"),
        UniqueConstraint("case_id", "position"),
        CheckConstraint("size > 0", name="not_empty"),
    )
