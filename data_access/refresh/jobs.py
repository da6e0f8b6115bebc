"""One refresh at a time: check a delivery, publish it, or serve an earlier release again. Only the worker calls this."""

import time
from collections.abc import Callable, Sequence
from typing import Any

from data_access.access.refreshing import check_may_refresh, check_may_refresh_any, turned
from data_access.access.viewer import viewer_named
from data_access.contract import contract
from data_access.errors import AsnError, Damaged, Rejected
from data_access.governance import audit, refresh_progress, refreshes
from data_access.governance.refreshes import Refresh
from data_access.intake.findings import Report
from data_access.intake.labels import normal
from data_access.intake.mapping import register
from data_access.intake.mapping.model import KEYS
from data_access.keys import key, ring
from data_access.owner import OwnerSettings
from data_access.refresh import proposing, report, taking
from data_access.refresh.difference import differences
from data_access.release import publish as publishing
from data_access.release import shelf
from data_access.state import engine
from data_access.words import mark as _

WAIT = 600.0  # seconds for a refresh on the command line to end
TOLD_EVERY = 0.3  # seconds between two notes of progress


def run(refresh: Refresh, settings: OwnerSettings) -> None:
    """Does what the state of a taken refresh asks for. What goes wrong is kept with the refresh, and never raised."""
    state = engine(settings.state)
    try:
        {"checking": check, "publishing": ACTS[refresh.kind]}[refresh.state](refresh, settings)
    except AsnError as error:
        if not conclude(refresh, settings):
            refresh_progress.failed(state, refresh.id, report.safe(error))
    except Exception as error:
        if conclude(refresh, settings):
            return
        template = _("Pekerja gagal karena sebab yang tidak terduga; yang disajikan tidak berubah. Lihat log pekerja.")
        refresh_progress.failed(state, refresh.id, Damaged("worker-failed", template))
        # The log gets kind and place of the error only: a library's message may quote cells.
        raise RuntimeError(type(error).__name__).with_traceback(error.__traceback__) from None


def check(refresh: Refresh, settings: OwnerSettings) -> None:
    """Takes the delivery over and keeps what its check found; a delivery that cannot be read is a finding too."""
    state, secret = engine(settings.state), key(settings.keys, "audit")
    told = _progress(refresh, settings)
    told(_("Mengambil kiriman"), 0.0)
    folder = taking.taken(refresh, settings)
    if refresh.mapping:
        name, _at, version = refresh.mapping.partition("@")
        taking.with_mapping(folder, register.load(state, name, int(version) if version else None).content)
    if refresh.claims:
        taking.with_claims(folder, refresh)
    told(_("Memeriksa kiriman"), 0.2)
    try:
        (found,) = publishing.checked([folder], settings)
    except Rejected as error:
        more = proposing.for_unread(folder, error, settings)
        keys = KEYS in map(normal, more.get("columns", ()))
        first = publishing.other_keys(publishing.current(settings), refresh.dataset, keys=keys) if more else []
        findings = [*first, report.finding_of(error)]
        taking.keep_findings(refresh, settings, findings)
        unread = _own_mapping(refresh, report.unread(findings) | report.offered(more))
        refresh_progress.checked(state, secret, refresh.id, unread, errors=len(findings), warnings=0)
        return
    told(_("Membandingkan dengan snapshot sebelumnya"), 0.8)
    offered = report.offered(proposing.for_rejected(folder, found, settings))
    _keep(refresh, found, _own_mapping(refresh, _told(found, settings) | offered), settings)


def _told(found: Report, settings: OwnerSettings) -> dict[str, Any]:
    """What the state keeps of a check, with the differences if the delivery may be published."""
    if not found.accepted:
        return report.content(found, {})
    dataset, day = contract().datasets[found.manifest.dataset], found.manifest.reference_date
    return report.content(found, differences(dataset, found.cube, day, publishing.current(settings), settings))


def _keep(
    refresh: Refresh, found: Report, content: dict[str, Any], settings: OwnerSettings, *, why: AsnError | None = None
) -> None:
    """The whole list on the owner's side, then what may be told in the state."""
    taking.keep_findings(refresh, settings, found.findings)
    state, secret = engine(settings.state), key(settings.keys, "audit")
    errors, warnings = len(found.of("error")), len(found.of("warning"))
    refresh_progress.checked(state, secret, refresh.id, content, errors=errors, warnings=warnings, why=why)


def _own_mapping(refresh: Refresh, content: dict[str, Any]) -> dict[str, Any]:
    """Nothing is proposed beside the mapping of the register that the data team has chosen."""
    return content | {"proposed_mapping": ""} if refresh.mapping else content


def publish(refresh: Refresh, settings: OwnerSettings) -> None:
    """Publishes a checked delivery in the name of the account that asked for it, if that account still may."""
    _check_consent(refresh, refresh.datasets, settings)
    state = engine(settings.state)
    try:
        made = publishing.publish(
            [taking.taken(refresh, settings)],
            by=str(refresh.publish_by),
            settings=settings,
            accept_warnings=refresh.reason,
            progress=_progress(refresh, settings),
            wait=WAIT,
            detail=trace(refresh),
            arrived=refresh.requested_at,
            review=lambda reports: _check_seen(refresh, reports[0], settings),
        )
    except NotSeen as unseen:
        _keep(refresh, unseen.report, _told(unseen.report, settings), settings, why=unseen)
        return
    refresh_progress.published(state, refresh.id, made.manifest.id)
    taking.drop(refresh, settings)


class NotSeen(Rejected):
    """Publishing found warnings that the report did not hold, so nobody has accepted them."""

    def __init__(self, report: Report, count: int) -> None:
        template = _(
            "Saat diterbitkan muncul {count} peringatan yang belum ada ketika kiriman ini disetujui; tidak ada yang "
            "terbit. Baca temuannya, lalu terbitkan lagi dengan alasan."
        )
        super().__init__("warnings-new", template, count=count)
        self.report = report


def _check_seen(refresh: Refresh, found: Report, settings: OwnerSettings) -> None:
    """A note accepts the warnings that were shown with it, and no others."""
    shown = refreshes.report(engine(settings.state), refresh.id)
    new = report.warnings_of(report.content(found, {})) - report.warnings_of(shown)
    count = max(new.total(), len(found.of("warning")) - refresh.warnings)
    if count > 0 and found.accepted:
        raise NotSeen(found, count)


def roll_back(refresh: Refresh, settings: OwnerSettings) -> None:
    """Serves an earlier release again in the name of the account that asked for it."""
    release = str(refresh.release)
    known = shelf.listed(settings.releases, ring(settings.keys, "manifest"))
    _check_consent(refresh, turned(known, release), settings)
    _progress(refresh, settings)(_("Memeriksa rilis"), 0.2)
    by, reason = str(refresh.publish_by), refresh.reason
    publishing.rollback(release, by=by, settings=settings, reason=reason, wait=WAIT, detail=trace(refresh))
    refresh_progress.published(engine(settings.state), refresh.id, release)


ACTS = {"publish": publish, "rollback": roll_back}


def conclude(refresh: Refresh, settings: OwnerSettings) -> bool:
    """True if what the refresh asked for is served all the same, told with it now: the audit says so.

    The process may have been killed, or something may have failed, after the pointer was moved.
    """
    if refresh.state != "publishing":
        return False
    found = audit.search(
        engine(settings.state), decision="allowed", since=refresh.changed_at, text=f"penyegaran {refresh.id}"
    )
    made = [e.event for e in found if e.event.action == refresh.kind and _names(e.event.detail, refresh.id)]
    if made:
        refresh_progress.published(engine(settings.state), refresh.id, str(made[0].release))
    return bool(made)


def _names(detail: str | None, number: int) -> bool:
    """Whether an audit detail speaks of this refresh and not of one whose number begins alike."""
    words = (detail or "").replace(",", " ").split()
    return words[:2] == ["penyegaran", str(number)]


def trace(refresh: Refresh) -> str:
    """How the audit names the refresh behind a release, so that one can be found from the other."""
    approved = f", disetujui {refresh.approved_by}" if refresh.approved_by else ""
    return f"penyegaran {refresh.id}{approved}"


def _check_consent(refresh: Refresh, datasets: Sequence[str], settings: OwnerSettings) -> None:
    """Rights are those of now, not of the moment of asking; two different accounts where four eyes are wanted."""
    consenting = [viewer_named(str(refresh.publish_by), settings)]
    if settings.four_eyes:
        if refresh.approved_by in (None, refresh.publish_by):
            raise Rejected("same-eyes", _("Persetujuan kedua harus diberikan oleh akun lain."))
        consenting.append(viewer_named(str(refresh.approved_by), settings))
    for one in consenting:
        check_may_refresh_any(one)  # also where what the releases hold cannot be read
        for dataset in datasets:
            check_may_refresh(one, dataset)


def _progress(refresh: Refresh, settings: OwnerSettings) -> Callable[[str, float], None]:
    """Notes of progress in the state, at most a few a second."""
    state, before, at = engine(settings.state), "", float("-inf")

    def told(step: str, share: float) -> None:
        nonlocal before, at
        now = time.monotonic()
        if step != before or now - at >= TOLD_EVERY:
            refresh_progress.moved(state, refresh.id, step, share)
            before, at = step, now

    return told
