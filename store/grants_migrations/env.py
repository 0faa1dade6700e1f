"""Run the migrations of the grants on the connection that ``store.engine`` hands over."""

from alembic import context

from store.grants import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
context.run_migrations()
