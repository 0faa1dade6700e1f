"""The grants, apart from the logs: what the web process may read and not write."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def _name(name: str, *, optional: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(255), nullable=optional)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "grants",
        sa.Column("id", sa.Integer(), nullable=False),
        _name("person"),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("area", sa.String(40), nullable=False),
        sa.Column("organisation", sa.String(120), nullable=False),
        sa.Column("purpose", sa.String(200), nullable=False),
        _name("given_by"),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.Column("alone", sa.String(10), nullable=False),
        _name("confirmed_by", optional=True),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        sa.Column("revoked_at", MOMENT, nullable=True),
        _name("revoked_by", optional=True),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_grants_person", "grants", ["person"])
    op.create_table(
        "pilot",
        sa.Column("id", sa.Integer(), nullable=False),
        _name("begun_by"),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("why", sa.String(200), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "session_end",
        sa.Column("id", sa.Integer(), nullable=False),
        _name("person"),
        sa.Column("at", MOMENT, nullable=False),
        _name("by"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_session_end_person", "session_end", ["person"])
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        _name("by"),
        sa.Column("grants", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "carried",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade() -> None:
    """Drop the tables."""
    for table in ("carried", "review", "session_end", "pilot", "grants"):
        op.drop_table(table)
