"""audit search|verify|sums|anchor: who asked what, whether the record is whole, its sums, its newest number."""

from datetime import datetime
from typing import Annotated

import typer

from data_access.commands import output
from data_access.errors import Rejected
from data_access.governance import audit
from data_access.governance.audit_check import verify as verify_chain
from data_access.governance.use_summary import catch_up, start_again
from data_access.keys import ring
from data_access.settings import settings
from data_access.state import engine, upgrade
from data_access.words import JAKARTA, moment
from data_access.words import mark as _
from data_access.words import text as text_in

app = typer.Typer(help="Baca dan periksa catatan audit.", no_args_is_help=True)


@app.command("search")
def search(
    account: Annotated[str | None, typer.Option(help="hanya akun ini")] = None,
    action: Annotated[str | None, typer.Option(help="hanya tindakan ini, misalnya ask")] = None,
    decision: Annotated[str | None, typer.Option(help="allowed atau refused")] = None,
    since: Annotated[datetime | None, typer.Option(help="sejak tanggal ini (WIB)")] = None,
    text: Annotated[str | None, typer.Option(help="kata yang dicari")] = None,
    limit: Annotated[int, typer.Option(help="paling banyak sekian catatan")] = 100,
) -> None:
    """Cari catatan, terbaru dahulu."""
    upgrade(engine(settings().state))
    found = audit.search(
        engine(settings().state),
        account=account,
        action=action,
        decision=decision,
        since=since.replace(tzinfo=JAKARTA) if since else None,
        text=text,
        limit=limit,
    )
    language = settings().language
    rows = [
        (
            e.seq,
            moment(e.at, language),
            e.event.account,
            e.event.action,
            e.event.decision,
            e.event.reason,
            e.event.detail or e.event.query,
        )
        for e in found
    ]
    headings = ("No.", _("Waktu"), _("Akun"), _("Tindakan"), _("Keputusan"), _("Alasan"), _("Perihal"))
    output.table(headings, rows)


@app.command("verify")
def verify(
    anchors: Annotated[
        list[str] | None,
        typer.Option("--anchor", help='nomor dan MAC yang disimpan pihak lain: "NOMOR MAC" (boleh berulang)'),
    ] = None,
) -> None:
    """Periksa keutuhan rantai catatan; jangkar membuktikan bila catatan di ujungnya dihapus."""
    upgrade(engine(settings().state))
    kept = [_anchor(text) for text in anchors or []]
    secret, *former = ring(settings().keys, "audit")
    verdict = verify_chain(engine(settings().state), secret, kept, former=former)
    output.line(verdict.sentence(settings().language))
    if not verdict.sound:
        raise typer.Exit(1)


@app.command("sums")
def sums() -> None:
    """Hitung ulang jumlah penggunaan data dari catatan audit, dari catatan pertama."""
    upgrade(engine(settings().state))
    start_again(engine(settings().state))
    output.line(
        text_in(_("{count} catatan dijumlahkan."), settings().language, count=catch_up(engine(settings().state)))
    )


def _anchor(text: str) -> tuple[int, str]:
    number, _space, mac = text.strip().partition(" ")
    if not number.isdecimal() or not mac:
        raise Rejected(
            "anchor-form", _("Jangkar {anchor} keliru: tulis nomor dan MAC yang dicetak audit anchor."), anchor=text
        )
    return int(number), mac.strip()


@app.command("anchor")
def anchor() -> None:
    """Cetak nomor dan MAC catatan terbaru untuk disimpan pihak lain."""
    upgrade(engine(settings().state))
    seq, mac = audit.anchor(engine(settings().state))
    typer.echo(f"{seq} {mac}")
