"""Finishes or undoes a refresh that was killed. Called under the shelf's lock, before anything new begins.

The pointer decides: once it names the new release, readers see that, so the missing audit record is added; before that the
new release and its raw snapshots are removed. Readers see the old or the new release all the time, never less.
"""

from dataclasses import replace

from data_access.governance import audit
from data_access.keys import key
from data_access.owner import OwnerSettings
from data_access.release import journal, shelf, vault
from data_access.release.journal import Intent
from data_access.state import engine

INTERRUPTED = "dicatat setelah proses terputus"


def recover(settings: OwnerSettings) -> Intent | None:
    """What was found unfinished and is settled now; None if all was in order."""
    vault.sweep(settings.vault)
    intent = journal.pending(settings.releases)
    if intent is None:
        return None
    if shelf.pointer(settings.releases) == intent.release:
        _complete(settings, intent)
    elif intent.action == "publish":
        shelf.discard(settings.releases, intent.release)
        vault.discard([settings.vault / place for place in intent.snapshots])
    journal.end(settings.releases)
    return intent


def _complete(settings: OwnerSettings, intent: Intent) -> None:
    """The audit record that belongs to the pointer, where the process ended before it was kept."""
    state = engine(settings.state)
    later = audit.search(state, action=intent.action, decision="allowed", since=intent.begun)
    if any(entry.event.release == intent.release for entry in later):
        return
    event = replace(intent.event, detail=f"{intent.detail} ({INTERRUPTED})".strip())
    audit.record(state, key(settings.keys, "audit"), event)
