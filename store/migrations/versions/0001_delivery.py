"""The deliveries that were accepted."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of deliveries."""
    op.create_table(
        "delivery",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("partner", sa.String(80), nullable=False),
        sa.Column("file_name", sa.String(255), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("first_date", sa.Date(), nullable=False),
        sa.Column("last_date", sa.Date(), nullable=False),
        sa.Column("encoding", sa.String(20), nullable=True),
        sa.Column("separator", sa.String(1), nullable=True),
        sa.Column("crs", sa.String(20), nullable=True),
        sa.Column("invented", sa.Boolean(), nullable=False),
        sa.Column("key_check", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("sequence"),
        sa.UniqueConstraint("kind", "partner", "sha256"),
    )
    op.create_index("ix_delivery_kind", "delivery", ["kind"])


def downgrade() -> None:
    """Drop the table of deliveries."""
    op.drop_index("ix_delivery_kind", "delivery")
    op.drop_table("delivery")
