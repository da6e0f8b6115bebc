"""Asks the registry's service of known faults about every package that is installed: `python -m tests.tools.known_faults`.

One question per package takes a while, so a good answer counts for a day, as long as the list of packages is the same.
Where the service cannot be reached the check is skipped and says so; a package alone that it does not know is named.
"""

import hashlib
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
LOCK = ROOT / "requirements-dev.lock"
KEPT = ROOT / "build" / "known-faults.json"
DAY = 24 * 60 * 60
ASK = ("pip_audit", "--disable-pip", "--require-hashes", "--progress-spinner", "off", "--format", "json", "-r")


def main() -> int:
    """0 if no fault is known or nobody could be asked, 1 with a list otherwise."""
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if _asked_lately(digest):
        print("no known faults (asked within a day)")
        return 0
    code, told = judged(*_asked())
    print(told)
    if code == 0 and not told.startswith("SKIPPED"):
        KEPT.parent.mkdir(exist_ok=True)
        KEPT.write_text(json.dumps({"lock": digest, "at": time.time()}))
    return code


def judged(output: str, complaint: str) -> tuple[int, str]:
    """Exit code and words for what pip-audit wrote."""
    try:
        packages: list[dict[str, Any]] = json.loads(output)["dependencies"]
    except (ValueError, KeyError):
        lines = complaint.strip().splitlines() or ["no answer"]
        return 0, f"SKIPPED: KNOWN FAULTS WERE NOT LOOKED UP, the service cannot be reached: {lines[-1][:300]}"
    unknown = [one["name"] for one in packages if "skip_reason" in one]
    if len(unknown) == len(packages):
        return 0, "SKIPPED: KNOWN FAULTS WERE NOT LOOKED UP, this registry does not answer about faults"
    faults = [
        f"{one['name']} {one['version']}: {fault['id']}, mended in {', '.join(fault['fix_versions']) or 'no version yet'}"
        for one in packages
        for fault in one.get("vulns", ())
    ]
    told = [*faults, *(f"not known to the service: {name}" for name in unknown)]
    return (1 if faults else 0), "\n".join(told or [f"no known faults in {len(packages)} packages"])


def _asked() -> tuple[str, str]:
    try:
        done = subprocess.run(
            [sys.executable, "-m", *ASK, str(LOCK)], capture_output=True, text=True, timeout=180, check=False
        )
    except subprocess.TimeoutExpired:
        return "", "no answer within three minutes"
    return done.stdout, done.stderr


def _asked_lately(digest: str) -> bool:
    try:
        kept = json.loads(KEPT.read_text())
    except (OSError, ValueError):
        return False
    return bool(kept["lock"] == digest and 0 <= time.time() - kept["at"] < DAY)


if __name__ == "__main__":
    sys.exit(main())
