"""Changes of the state's shape, one numbered file each; `state.upgrade` runs them with Alembic."""
