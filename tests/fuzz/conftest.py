"""How much is tried: a little in `make test`, always the same; much more, always new, in `make fuzz` (FUZZ=long)."""

import os

from hypothesis import HealthCheck, Phase, settings

LONG = os.environ.get("FUZZ") == "long"
EXAMPLES = 5_000 if LONG else 60
QUESTIONS = 10_000 if LONG else 250

settings.register_profile(
    "fuzz",
    max_examples=EXAMPLES,
    derandomize=not LONG,
    deadline=None,
    database=None,
    print_blob=True,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)
