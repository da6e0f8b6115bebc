"""What can be said of a signature."""

from typing import Literal

Verdict = Literal["valid", "changed", "unknown-root", "invalid"]
