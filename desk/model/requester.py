"""Tables of requesters: links that open their page, and their ratings of the service."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from desk.model.row import Row


class RequesterLink(Row):
    """A link that opens one requester's page, for a short while; its token is kept as a digest alone.

    The row goes when the link is used, so that it opens once.
    """

    __tablename__ = "requester_link"

    #: SHA-256 of the token, in hexadecimal.
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("pratica.id"), index=True)
    expires_at: Mapped[datetime]


class ServiceRating(Row):
    """What somebody thought of the service: of whom and of which pratica is not kept.

    Rows lie in the order of their random ids, so that not even their place says which came first.
    """

    __tablename__ = "service_rating"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    istat: Mapped[str] = mapped_column(ForeignKey("comune.istat"), index=True)
    #: The first day of the month in which it was given.
    month: Mapped[date]
    #: From 1, very hard, to 5, very easy.
    stars: Mapped[int]
    #: What they chose among the fixed answers of ``desk.requester.ratings``.
    aspect: Mapped[str]
    comment: Mapped[str | None]

    __table_args__ = (
        CheckConstraint("stars BETWEEN 1 AND 5", name="stars"),
        {"sqlite_with_rowid": False},
    )


class RatingGiven(Row):
    """That a pratica's requester has rated the service: what they said is in no way tied to this."""

    __tablename__ = "rating_given"

    case_id: Mapped[str] = mapped_column(ForeignKey("pratica.id"), primary_key=True)
