"""Run by Alembic for each migration: in the transaction that `state.upgrade` has begun, or as SQL text to be read."""

from alembic import context

from data_access.state.tables import metadata

if context.is_offline_mode():
    context.configure(dialect_name=context.config.attributes["dialect"], target_metadata=metadata, literal_binds=True)
else:
    context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)

with context.begin_transaction():
    context.run_migrations()
