"""The explorer: a view as a value, its way to and from the address, the choosers, and what is shown of it."""
