"""Tables of sealed envelopes: keys, encrypted items, agreements and conflicts of interest."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from desk.model.row import Row
from engine.model import one_of


class Envelope(Row):
    """The sealed envelope of a case: its own key, itself encrypted; without the key nothing in it can be read."""

    __tablename__ = "envelope"

    case_id: Mapped[str] = mapped_column(String(36), ForeignKey("pratica.id"), primary_key=True)
    #: Which key of the configuration wraps this one; NULL before the first deposit and after the destruction.
    wrapped_by: Mapped[str | None]
    wrapped_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    #: The requester tells the idea in person only: nothing is deposited.
    spoken_only: Mapped[bool] = mapped_column(default=False)
    destroyed_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("(wrapped_by IS NULL) = (wrapped_key IS NULL)", name="wrapped"),
        CheckConstraint("destroyed_at IS NULL OR wrapped_key IS NULL", name="destroyed"),
    )


class EnvelopeItem(Row):
    """A text or a file in an envelope: what it is called, what it is and what it says are all encrypted."""

    __tablename__ = "envelope_item"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(36), ForeignKey("envelope.case_id"), index=True)
    kind: Mapped[str]
    #: Encrypted JSON: file name, media type.
    label: Mapped[bytes] = mapped_column(LargeBinary)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    #: Of the plain content, in bytes.
    size: Mapped[int]
    deposited_at: Mapped[datetime]
    deposited_by: Mapped[str]

    __table_args__ = (one_of("kind", "testo", "file"),)


class Agreement(Row):
    """A signed confidentiality agreement, or the requester's explicit waiver of one."""

    __tablename__ = "agreement"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(36), ForeignKey("pratica.id"), index=True)
    kind: Mapped[str]
    #: Version of the text that was signed, as printed on it.
    version: Mapped[str | None]
    #: SHA-256 of the text's template, where the process brings one.
    digest: Mapped[str | None] = mapped_column(String(64))
    signed_on: Mapped[date]
    #: How it was signed.
    means: Mapped[str | None]
    #: Who signed on the requester's side.
    signed_by: Mapped[str]
    #: Who answers for a minor, and signs beside them.
    co_signer: Mapped[str | None]
    #: The last day on which it opens anything.
    valid_to: Mapped[date | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[str | None]

    __table_args__ = (
        one_of("kind", "accordo", "rinuncia"),
        one_of("means", "autografa", "digitale", "avanzata"),
        CheckConstraint("kind = 'rinuncia' OR (means IS NOT NULL AND valid_to >= signed_on)", name="signed"),
        CheckConstraint("(revoked_at IS NULL) = (revoked_by IS NULL)", name="revoked"),
    )


class AgreementPerson(Row):
    """Someone an agreement names: nobody else opens the envelope, whatever their role."""

    __tablename__ = "agreement_person"

    agreement_id: Mapped[str] = mapped_column(String(36), ForeignKey("agreement.id"), primary_key=True)
    username: Mapped[str] = mapped_column(ForeignKey("desk_user.username"), primary_key=True)


class Conflict(Row):
    """Someone has an interest of their own in a case, so they open its envelope no more."""

    __tablename__ = "conflict_of_interest"

    case_id: Mapped[str] = mapped_column(String(36), ForeignKey("pratica.id"), primary_key=True)
    username: Mapped[str] = mapped_column(ForeignKey("desk_user.username"), primary_key=True)
    declared_at: Mapped[datetime]
    declared_by: Mapped[str]
