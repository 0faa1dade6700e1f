"""The grants and the two logs, which can only grow."""

import sqlalchemy as sa
from alembic import op

from store.append_only import append_only

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and the triggers that keep the logs append-only."""
    op.create_table(
        "granted",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(255), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("area", sa.String(40), nullable=False),
        sa.Column("given_by", sa.String(255), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by", sa.String(255), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_granted_person", "granted", ["person"])
    op.create_table(
        "audit_line",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("object", sa.String(), nullable=False),
        sa.Column("result", sa.String(10), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("sequence"),
    )
    op.create_table(
        "processing_line",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("trace", sa.String(32), nullable=False),
        sa.Column("operation", sa.String(16), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("start", sa.String(32), nullable=False),
        sa.Column("end", sa.String(32), nullable=True),
        sa.Column("activity", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("sequence"),
    )
    dialect = op.get_bind().dialect.name
    for table in ("audit_line", "processing_line"):
        for statement in append_only(dialect, table):
            op.execute(statement)


def downgrade() -> None:
    """Drop the tables, with their triggers."""
    op.drop_table("processing_line")
    op.drop_table("audit_line")
    op.drop_index("ix_granted_person", "granted")
    op.drop_table("granted")
    if op.get_bind().dialect.name == "postgresql":
        for table in ("audit_line", "processing_line"):
            op.execute(f"DROP FUNCTION {table}_refuse(), {table}_next()")
