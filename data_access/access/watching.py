"""Watching how the other party uses one's own data (Pasal 3 ayat (1) c, (3) c): who may, and the record of having looked."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from data_access.access.recording import event_of, record, refusals
from data_access.access.registering import check_may_read
from data_access.access.viewer import Viewer
from data_access.errors import Refused
from data_access.governance.involved import Involved, involved
from data_access.governance.registers.model import Entry
from data_access.governance.use_summary import catch_up
from data_access.governance.watch_patterns import Pattern, patterns
from data_access.governance.watching import Use, first_day, use
from data_access.settings import settings
from data_access.state.engine import engine
from data_access.words import mark as _

PAGE = "kerja_sama/pemantauan"
WATCH, CONCERNED = "watch", "incident-look"


@dataclass(frozen=True)
class Watched:
    """The use of the viewer's party's data by the other party, and the patterns in it that are worth a question."""

    use: Use
    patterns: tuple[Pattern, ...]


def watched(viewer: Viewer, since: date, until: date) -> Watched:
    """Use between two days, both included; recorded before it is returned.

    Raises Refused (the role does not watch) or Misconfigured (the record cannot be read or written); a refusal is recorded too.
    """
    event = event_of(viewer, WATCH, json.dumps({"since": since.isoformat(), "until": until.isoformat()}))
    with refusals(settings(), event):
        check_may_watch(viewer)
        state = engine(settings().state)
        found = use(state, viewer.party, since=since, until=until)
        worth = tuple(patterns(state, viewer.party, since=since, until=until))
    record(settings(), event(decision="allowed", rows=len(found.by_account)))
    return Watched(found, worth)


def concerned(viewer: Viewer, entry: Entry, until: datetime) -> list[Involved]:
    """What an incident may concern, as far as it is the viewer's party's matter; recorded before it is returned.

    Raises Refused (the role does not read the registers) or Misconfigured as `watched`; a refusal is recorded too.
    """
    event = event_of(viewer, CONCERNED, "")
    with refusals(settings(), event, detail=str(entry.id)):
        check_may_read(viewer)
        facts = entry.facts
        found = involved(engine(settings().state), facts.since, until, viewer.party, facts.account)
    record(settings(), event(decision="allowed", rows=len(found), detail=str(entry.id)))
    return found


def watched_since(viewer: Viewer, told: Callable[[int, int], None]) -> date | None:
    """The first day of such use, None if there is none; sums first what is new, as `told(done, all)` hears.

    Raises Refused if the role does not watch.
    """
    check_may_watch(viewer)
    state = engine(settings().state)
    catch_up(state, told)
    return first_day(state, viewer.party)


def check_may_watch(viewer: Viewer) -> None:
    """Refused unless the role watches the exchange (Pasal 4 ayat (3))."""
    if not viewer.may_open(PAGE):
        raise Refused("watch-role", _("Pemantauan penggunaan data tidak tersedia untuk peran Anda."))
