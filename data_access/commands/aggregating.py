"""aggregate: the data owner's command that turns exports of persons into a delivery of cells."""

import resource
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from data_access.commands import output
from data_access.errors import Rejected
from data_access.governance.agreement import today
from data_access.intake.microdata import INDICATORS, Outcome, Task
from data_access.intake.microdata import aggregate as aggregated
from data_access.intake.microdata.persons import RULES
from data_access.keys import key
from data_access.owner import owner
from data_access.settings import settings
from data_access.words import mark as _
from data_access.words import number, percent


def aggregate(
    files: Annotated[list[Path], typer.Argument(help="ekspor SIASN (teks dengan pemisah |)")],
    date: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="tanggal acuan, misalnya 2025-06-30")],
    out: Annotated[Path, typer.Option(help="folder kiriman yang akan dibuat")],
    active: Annotated[str, typer.Option(help="kode kedudukan hukum yang dihitung aktif, dipisah koma")] = "",
    max_excluded: Annotated[
        float, typer.Option(min=0, max=1, help="bagian baris aktif yang paling banyak boleh disisihkan")
    ] = 0.001,
    instansi: Annotated[
        Path | None, typer.Option(help="CSV berkolom id,kode: id instansi atau lokasi kerja SIASN ke kode kontrak data")
    ] = None,
    example: Annotated[bool, typer.Option("--example", help="tandai kiriman sebagai DATA CONTOH")] = False,
) -> None:
    """Jumlahkan ekspor SIASN menjadi kiriman; nama, NIP, NIK, dan kontak tidak keluar dari proses ini."""
    _without_core_dump()
    task = Task(
        files=tuple(files),
        day=_past(date.date()),
        out=out,
        active=tuple(code.strip() for code in active.split(",") if code.strip()),
        places=instansi,
        most_aside=max_excluded,
        example=example,
    )
    with output.progress() as moved:
        made = aggregated(task, key(owner().owner_keys, "record"), moved)
    _summary(made)


def _past(day: date) -> date:
    if day > today():
        raise Rejected("future", _("Tanggal acuan {day} ada di masa depan."), day=day)
    return day


def _without_core_dump() -> None:
    """A process that dies leaves no image of its memory: it would hold names and NIPs."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _summary(made: Outcome) -> None:
    language = settings().language
    output.say(
        _("{rows} baris dibaca, {active} ASN aktif, {aside} disisihkan."),
        rows=made.rows,
        active=made.active,
        aside=sum(made.aside.values()),
    )
    if made.aside:
        words = dict(RULES.values())
        rows = [(output.word(words[key_]), number(count, language)) for key_, count in made.aside.items()]
        output.table((_("Sebab disisihkan"), _("Baris")), rows)
        output.say(_("Nomor barisnya di {listing}."), listing=made.listing)
    found = [
        (output.word(words), number(failing, language), number(examined, language), _share(failing, examined))
        for words, (failing, examined) in zip(INDICATORS.values(), made.findings.values(), strict=True)
    ]
    output.table((_("Temuan mutu"), _("Baris"), _("Diperiksa"), _("Bagian")), found)
    output.say(
        _("Kiriman di {folder}: {persons} orang dalam {cells} sel."),
        folder=made.folder,
        persons=made.persons,
        cells=made.cells,
    )


def _share(failing: int, examined: int) -> str:
    return percent(failing / examined, settings().language, decimals=2) if examined else "–"
