"""The one door to data: `ask` checks, reads, protects and records, in this order, and returns one protected answer.

An answer without an audit record does not leave this module; neither does a refusal.
"""

import threading
from collections import OrderedDict
from functools import lru_cache, partial
from weakref import WeakKeyDictionary

from data_access.access.check import check, chosen_periods
from data_access.access.disclosure import protect
from data_access.access.plan import plan
from data_access.access.query import Query
from data_access.access.recording import LOGGED_QUERY, event_of, fingerprint, record
from data_access.access.releases import Releases, official_plan
from data_access.access.result import Protected
from data_access.access.roles import policy_version
from data_access.access.scope import Scope, scope
from data_access.access.viewer import Viewer
from data_access.contract import contract
from data_access.errors import AsnError
from data_access.governance import audit
from data_access.release.reader import Reader
from data_access.settings import Settings, settings

KEPT_ANSWERS, KEPT_ROWS = 256, 5_000
LOGGED_NAME = 80


class Gateway:
    """The opened releases and the answers already made from them."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._releases = Releases(settings)
        self._answers: OrderedDict[tuple[str, bool, Scope, Query], Protected] = OrderedDict()
        self._fingerprints: WeakKeyDictionary[Protected, str] = WeakKeyDictionary()
        self._lock = threading.Lock()

    def ask(self, viewer: Viewer, query: Query, *, release: str = "") -> Protected:
        """See the module's `ask`."""
        event = partial(event_of(viewer, "ask", query.canonical), release=_logged(release))
        try:
            reach = scope(viewer, query.dataset)
            check(query, reach)
            answer = self._answer(query, reach, release)
        except AsnError as error:
            self._record(event(decision="refused", reason=error.reason))
            raise
        except Exception:
            self._record(event(decision="refused", reason="unexpected"))
            raise
        self._record(
            event(
                decision="allowed",
                reason=reach.grant,
                grant=reach.grant,
                release=answer.source.release,
                rows=answer.frame.height,
                suppressed=answer.suppressed,
                result_sha256=self._fingerprint(answer),
            )
        )
        return answer

    def reach(self, viewer: Viewer, dataset: str) -> Scope:
        """The viewer's scope of a dataset, for pages that offer choices within it; a refusal is recorded."""
        try:
            return scope(viewer, dataset)
        except AsnError as error:
            refusal = event_of(viewer, "open", f'{{"dataset":"{dataset}"}}')
            self._record(refusal(decision="refused", reason=error.reason))
            raise

    def reader(self) -> Reader:
        """The reader of the current release."""
        return self._releases.served()

    def warm(self) -> None:
        """Opens the release and reads its catalogue, so that the first question does not wait for it."""
        self.reader().catalogue()

    def _answer(self, query: Query, reach: Scope, release: str) -> Protected:
        reader, served = self._releases.named(release)
        # What a release answered while it was served must not be found again once it no longer is.
        asked = (reader.manifest.id, served, reach, query)
        with self._lock:
            if asked in self._answers:
                self._answers.move_to_end(asked)
                return self._answers[asked]
        answer = self._read(query, reach, reader, served=served)
        with self._lock:
            if answer.frame.height <= KEPT_ROWS:
                self._answers[asked] = answer
            while len(self._answers) > KEPT_ANSWERS:
                self._answers.popitem(last=False)
        return answer

    def _read(self, query: Query, reach: Scope, reader: Reader, *, served: bool) -> Protected:
        dataset = contract().datasets[query.dataset]
        periods = chosen_periods(query, reader.periods(query.dataset))
        parts = (
            plan(query, reach, periods, reader.admitted(query.dataset), reader.book)
            if served
            else official_plan(query, reach, periods, reader)
        )
        read = [(part, reader.read(dataset, part.selection)) for part in parts]
        return protect(
            query,
            reach,
            read,
            periods=periods,
            book=reader.book,
            release=reader.manifest,
            row_limit=self._settings.row_limit,
        )

    def refuse(self, account: str, question: str, error: AsnError) -> None:
        """Records that a question did not get as far as a viewer: an unknown account, or text that is no question."""
        event = audit.Event(
            action="ask",
            decision="refused",
            reason=error.reason,
            account=account[:LOGGED_NAME],
            query=question[:LOGGED_QUERY],
            policy=policy_version(),
        )
        self._record(event)

    def _fingerprint(self, answer: Protected) -> str:
        known = self._fingerprints.get(answer)
        if known is None:
            known = self._fingerprints[answer] = fingerprint(self._settings, answer.frame.write_csv())
        return known

    def _record(self, event: audit.Event) -> None:
        record(self._settings, event)


@lru_cache(maxsize=4)
def gateway(settings: Settings) -> Gateway:
    """One gateway per process and settings."""
    return Gateway(settings)


def ask(viewer: Viewer, query: Query, *, release: str = "") -> Protected:
    """The displayed answer to `query` as far as `viewer` may see it, recorded in the audit before it is returned.

    `release` names another release than the one being served; it answers with official figures only, under the rules of
    today. Raises Refused (unknown, hidden, out of scope, no agreement, no official figure of an older release),
    InvalidQuery (too many dimensions, no such snapshot, combination not admitted), Damaged (no intact release) or
    Misconfigured (a key, policy or the audit is unusable); each carries a sentence for the viewer, and a refusal is
    recorded too.
    """
    return gateway(settings()).ask(viewer, query, release=release)


def reach(viewer: Viewer, dataset: str) -> Scope:
    """What the viewer may reach of a dataset today. Raises what `ask` raises for the same viewer; recorded likewise."""
    return gateway(settings()).reach(viewer, dataset)


def _logged(release: str) -> str | None:
    """The release that was asked for by name, as it may stand in the record whatever was typed."""
    return release[:LOGGED_NAME].encode("ascii", "backslashreplace").decode() or None
