"""What was rejected and removed of a delivery, and which releases were withdrawn."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the counts to deliveries, and the tables of removals and withdrawals."""
    with op.batch_alter_table("delivery") as table:
        table.add_column(sa.Column("rejected", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "removal",
        sa.Column("delivery_id", sa.String(16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.id"]),
        sa.PrimaryKeyConstraint("delivery_id", "revision"),
    )
    op.create_table(
        "withdrawal",
        sa.Column("name", sa.String(16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )


def downgrade() -> None:
    """Drop what was added; deliveries keep what is left of them."""
    op.drop_table("withdrawal")
    op.drop_table("removal")
    with op.batch_alter_table("delivery") as table:
        table.drop_column("revision")
        table.drop_column("rejected")
