"""The marks of keys that the work store depends on."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of marks."""
    op.create_table(
        "key_mark",
        sa.Column("name", sa.String(20), nullable=False),
        sa.Column("mark", sa.String(16), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )


def downgrade() -> None:
    """Drop the table; keys stay where they are."""
    op.drop_table("key_mark")
