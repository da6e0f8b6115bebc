"""The refresh: the worker that checks and publishes deliveries on the owner's side. The web process never imports it."""
