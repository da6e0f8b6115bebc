"""The public numbers of disclosure control, in one place, and their version for manifests and audit."""

import hashlib
import json
from dataclasses import asdict, dataclass

from data_access.release.ptable import DESIGN


@dataclass(frozen=True)
class Policy:
    """Display threshold, rounding base, smallest base of a growth rate, smallest m of a mean, sparsity share."""

    threshold: int = 10
    rounding: int = 5
    growth_base: int = 50
    mean_base: int = 30
    shown_share: float = 0.5

    @property
    def version(self) -> str:
        text = json.dumps({"policy": asdict(self), "ptable": asdict(DESIGN)}, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:12]


POLICY = Policy()
