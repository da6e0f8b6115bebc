"""check, findings, publish, releases, rollback: the data team's commands."""

from pathlib import Path
from typing import Annotated

import typer

from data_access.commands import output
from data_access.commands.operator import operator
from data_access.errors import AsnError, Refused, Rejected
from data_access.governance import audit, refreshes
from data_access.governance.audit import Event
from data_access.governance.refresh_requests import SHORTEST_REASON
from data_access.intake.findings import Report
from data_access.intake.listing import private_copy
from data_access.keys import key, ring
from data_access.owner import owner
from data_access.refresh import taking
from data_access.release import publish as publishing
from data_access.release import shelf
from data_access.settings import settings
from data_access.state import engine, upgrade
from data_access.words import mark as _
from data_access.words import moment, number, short_day

Folders = Annotated[list[Path], typer.Argument(help="folder kiriman (manifest.yaml dan berkas data)")]


def check(deliveries: Folders) -> None:
    """Periksa kiriman tanpa menerbitkannya."""
    unread: list[Path] = []

    def tell(delivery: Path, error: Rejected) -> None:
        unread.append(delivery)
        output.say(
            _("{name}: ditolak, tidak terbaca. {sentence}"),
            name=delivery.name,
            sentence=error.sentence(settings().language),
        )

    accepted = True
    for report in publishing.each_checked(deliveries, owner(), on_rejected=tell):
        output.findings(report.findings)
        total = number(report.total, settings().language)
        counts = {"errors": len(report.of("error")), "warnings": len(report.of("warning"))}
        output.say(_verdict(report), day=report.manifest.reference_date, total=total, **counts)
        accepted = accepted and report.accepted
    if unread or not accepted:
        raise typer.Exit(1)


def _verdict(report: Report) -> str:
    if not report.accepted:
        return _("{day}: ditolak, {errors} temuan.")
    if report.of("warning"):
        return _("{day}: diterima dengan {warnings} peringatan, {total} orang; publish memerlukan --accept-warnings.")
    return _("{day}: diterima, {total} orang.")


def publish(
    deliveries: Folders,
    accept_warnings: Annotated[str, typer.Option(help="alasan menerima peringatan")] = "",
    wait: Annotated[float, typer.Option(help="detik menunggu bila penyegaran lain sedang berjalan")] = 0.0,
) -> None:
    """Terbitkan kiriman sebagai rilis baru."""
    _check_one_pair_of_eyes()
    upgrade(engine(settings().state))
    for report in publishing.checked(deliveries, owner()):
        output.findings(report.findings)
    with output.progress() as moved:
        made = publishing.publish(
            deliveries, by=operator(), settings=owner(), accept_warnings=accept_warnings, progress=moved, wait=wait
        )
    output.say(
        _("Rilis {release} terbit dengan {count} snapshot."),
        release=made.manifest.id,
        count=len(made.manifest.snapshots),
    )
    for prepared in made.prepared:
        refused = [built.combination.name for built in prepared.built if not built.admitted]
        template = _("{day}: {admitted} kombinasi diterbitkan, {refused} tidak (terlalu banyak sel kecil).")
        facts = {"admitted": len(prepared.built) - len(refused), "refused": len(refused)}
        output.say(template, day=prepared.report.manifest.reference_date, **facts)


def releases() -> None:
    """Daftar rilis dan snapshot di dalamnya."""
    shelved = shelf.listed(settings().releases, ring(settings().keys, "manifest"))
    language = settings().language
    rows = [
        (
            f"{'→ ' if release.id == shelved.current else ''}{release.id}",
            moment(release.created_at, language),
            release.created_by,
            ", ".join(f"{short_day(s.reference_date, language)} r{s.revision}" for s in release.snapshots),
            release.note,
        )
        for release in shelved.sound
    ]
    rows += [(name, "", "", "", output.word(_("rusak"))) for name in shelved.damaged]
    output.table((_("Rilis"), _("Waktu"), _("Oleh"), _("Snapshot"), _("Catatan")), rows)


def rollback(
    release: Annotated[str, typer.Argument(help="nomor rilis yang ingin disajikan lagi")],
    reason: Annotated[str, typer.Option(help="alasan, dicatat di audit")] = "",
) -> None:
    """Sajikan lagi rilis terdahulu."""
    _check_one_pair_of_eyes()
    if len(reason.strip()) < SHORTEST_REASON:
        template = _('Tulis alasannya, paling sedikit {least} huruf: --reason "alasan".')
        raise Rejected("reason-missing", template, least=SHORTEST_REASON)
    upgrade(engine(settings().state))
    publishing.rollback(release.zfill(4), by=operator(), settings=owner(), reason=reason.strip())
    output.say(_("Rilis {release} kini disajikan."), release=release)


def findings(
    number_of_it: Annotated[int, typer.Argument(metavar="NUMBER", help="nomor penyegaran")],
    out: Annotated[Path, typer.Option(help="berkas CSV yang dibuat; harus belum ada")],
) -> None:
    """Salin seluruh temuan sebuah penyegaran, dengan nilai aslinya, ke berkas CSV (hanya di sisi pemilik data)."""
    state = engine(settings().state)
    upgrade(state)
    held = taking.findings_file(refreshes.one(state, number_of_it), owner())
    copied = private_copy(held, out)
    event = Event(
        action="findings",
        decision="allowed",
        account=operator(),
        detail=f"penyegaran {number_of_it}: temuan lengkap",
    )
    try:
        audit.record(state, key(settings().keys, "audit"), event)
    except AsnError:
        copied.unlink()
        raise
    output.say(_("Temuan lengkap ditulis ke {file}. Berkas ini dapat memuat data pribadi."), file=copied.name)


def _check_one_pair_of_eyes() -> None:
    """Where two accounts must sign, nobody serves another release alone."""
    if settings().four_eyes:
        template = _(
            "Penerbitan memerlukan persetujuan dua akun (ASN_FOUR_EYES). Pakai halaman Penyegaran data atau Riwayat rilis: "
            "satu akun meminta, akun lain menyetujui."
        )
        raise Refused("four-eyes", template)
