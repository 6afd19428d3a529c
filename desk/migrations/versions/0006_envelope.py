"""The sealed envelope: keys, contents, agreements."""

import sqlalchemy as sa
from alembic import op

from engine.model import Instant

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of this part."""
    _envelopes()
    _agreements()


def _envelopes() -> None:
    op.create_table(
        "envelope",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("wrapped_by", sa.Text(), nullable=True),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=True),
        sa.Column("spoken_only", sa.Boolean(), nullable=False),
        sa.Column("destroyed_at", Instant(), nullable=True),
        sa.CheckConstraint("(wrapped_by IS NULL) = (wrapped_key IS NULL)", name=op.f("ck_envelope_wrapped")),
        sa.CheckConstraint("destroyed_at IS NULL OR wrapped_key IS NULL", name=op.f("ck_envelope_destroyed")),
        sa.ForeignKeyConstraint(["case_id"], ["pratica.id"], name=op.f("fk_envelope_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_envelope")),
    )
    op.create_table(
        "envelope_item",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("label", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("deposited_at", Instant(), nullable=False),
        sa.Column("deposited_by", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('testo', 'file')", name=op.f("ck_envelope_item_kind")),
        sa.ForeignKeyConstraint(["case_id"], ["envelope.case_id"], name=op.f("fk_envelope_item_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_envelope_item")),
    )
    op.create_index(op.f("ix_envelope_item_case_id"), "envelope_item", ["case_id"], unique=False)


def _agreements() -> None:
    _agreement()
    _agreement_person()
    _conflict_of_interest()


def _agreement() -> None:
    op.create_table(
        "agreement",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("means", sa.Text(), nullable=True),
        sa.Column("signed_by", sa.Text(), nullable=False),
        sa.Column("co_signer", sa.Text(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.Column("revoked_by", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('accordo', 'rinuncia')", name=op.f("ck_agreement_kind")),
        sa.CheckConstraint("means IN ('autografa', 'digitale', 'avanzata')", name=op.f("ck_agreement_means")),
        sa.CheckConstraint(
            "kind = 'rinuncia' OR (means IS NOT NULL AND valid_to >= signed_on)", name=op.f("ck_agreement_signed")
        ),
        sa.CheckConstraint("(revoked_at IS NULL) = (revoked_by IS NULL)", name=op.f("ck_agreement_revoked")),
        sa.ForeignKeyConstraint(["case_id"], ["pratica.id"], name=op.f("fk_agreement_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
    )
    op.create_index(op.f("ix_agreement_case_id"), "agreement", ["case_id"], unique=False)


def _agreement_person() -> None:
    op.create_table(
        "agreement_person",
        sa.Column("agreement_id", sa.String(length=36), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_person_agreement_id")),
        sa.ForeignKeyConstraint(["username"], ["desk_user.username"], name=op.f("fk_agreement_person_username")),
        sa.PrimaryKeyConstraint("agreement_id", "username", name=op.f("pk_agreement_person")),
    )


def _conflict_of_interest() -> None:
    op.create_table(
        "conflict_of_interest",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("declared_at", Instant(), nullable=False),
        sa.Column("declared_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["pratica.id"], name=op.f("fk_conflict_of_interest_case_id")),
        sa.ForeignKeyConstraint(["username"], ["desk_user.username"], name=op.f("fk_conflict_of_interest_username")),
        sa.PrimaryKeyConstraint("case_id", "username", name=op.f("pk_conflict_of_interest")),
    )
