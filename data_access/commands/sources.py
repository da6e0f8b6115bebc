"""prepare, mapping list|show|propose|save: from source files to a delivery, and the mappings that explain them."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from data_access.commands import output
from data_access.commands.operator import operator
from data_access.contract import Dataset, contract
from data_access.errors import Rejected
from data_access.governance.audit import Event
from data_access.intake.mapping import register
from data_access.intake.mapping.model import Mapping
from data_access.intake.mapping.proposing import propose_for
from data_access.intake.mapping.text import read_mapping, write_mapping
from data_access.intake.preparing import prepare as prepared
from data_access.intake.readers.limits import Limits
from data_access.keys import key
from data_access.settings import settings
from data_access.state import engine, upgrade
from data_access.words import mark as _
from data_access.words import moment

app = typer.Typer(help="Kelola pemetaan kolom dan label.", no_args_is_help=True)
Files = Annotated[list[Path], typer.Argument(help="berkas sumber (XLSX, CSV, TSV, Parquet)")]
Name = Annotated[str, typer.Argument(help="nama pemetaan, atau NAMA@VERSI")]
OneDataset = Annotated[str, typer.Option(help="himpunan data")]


def prepare(
    files: Files,
    date: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="tanggal acuan")],
    out: Annotated[Path, typer.Option(help="folder kiriman yang dibuat")],
    mapping: Annotated[
        str, typer.Option(help="NAMA, NAMA@VERSI, atau berkas .yaml; kosong: berkas sudah kanonik")
    ] = "",
    total: Annotated[int | None, typer.Option(min=0, help="jumlah seharusnya, untuk dicocokkan")] = None,
    dataset: OneDataset = "pegawai",
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="arus: hari terakhir sebelum periodenya")
    ] = None,
) -> None:
    """Jadikan berkas sumber sebuah kiriman (manifest dan pemetaan)."""
    described = _dataset(dataset)
    folder = prepared(
        files,
        out,
        dataset=described.name,
        reference_date=date.date(),
        owner=described.owner,
        contract=described.version,
        active=described.active.id,
        mapping=_mapping(mapping) if mapping else None,
        total=total,
        since=since.date() if since else None,
        limits=_limits(),
    )
    output.say(_("Kiriman siap di {folder}. Periksa: python -m data_access check {folder}"), folder=str(folder))


@app.command("list")
def list_mappings(name: Annotated[str, typer.Argument(help="nama pemetaan; kosong: semua")] = "") -> None:
    """Daftar pemetaan dan versinya."""
    upgrade(engine(settings().state))
    rows = [
        (f"{v.name}@{v.version}", v.dataset, moment(v.created_at, settings().language), v.created_by, v.note)
        for v in register.versions(engine(settings().state), name or None)
    ]
    output.table((_("Pemetaan"), _("Himpunan data"), _("Waktu"), _("Oleh"), _("Catatan")), rows)


@app.command("show")
def show(name: Name) -> None:
    """Cetak sebuah pemetaan (YAML)."""
    output.line(write_mapping(_mapping(name)).rstrip())


@app.command("propose")
def propose(
    file: Annotated[Path, typer.Argument(help="berkas sumber")],
    dataset: OneDataset = "pegawai",
    out: Annotated[Path | None, typer.Option(help="berkas .yaml yang ditulis; kosong: cetak di layar")] = None,
) -> None:
    """Usulkan pemetaan dari judul kolom dan isi sebuah berkas; periksa sebelum dipakai."""
    proposal = propose_for(file, _dataset(dataset), limits=_limits())
    if not proposal.levels:
        template = _("Tidak satu pun kolom {file} menyerupai kontrak data. Periksa apakah berkasnya benar.")
        raise Rejected("mapping-nothing", template, file=file.name)
    if out is None:
        output.line(write_mapping(proposal).rstrip())
        return
    if out.exists():
        raise Rejected("file-exists", _("Berkas {file} sudah ada. Pilih nama lain."), file=out.name)
    out.write_text(write_mapping(proposal), "utf-8")
    output.say(
        _("Usulan ditulis ke {file}. Periksa, lalu simpan: python -m data_access mapping save {file}"), file=str(out)
    )
    if proposal.missing:
        output.say(_("Belum ditemukan: {columns}. Lengkapi di berkas itu."), columns=", ".join(proposal.missing))


@app.command("save")
def save(
    file: Annotated[Path, typer.Argument(help="berkas .yaml")],
    name: Annotated[str, typer.Option(help="nama pemetaan; kosong: yang tertulis di berkas")] = "",
    note: Annotated[str, typer.Option(help="apa yang berubah")] = "",
) -> None:
    """Simpan pemetaan sebagai versi baru."""
    upgrade(engine(settings().state))
    mapping = _read(file)
    event = Event(action="mapping-save", decision="allowed", account=operator(), address="cli")
    saved = register.save(
        engine(settings().state),
        key(settings().keys, "audit"),
        event,
        name=name or mapping.name,
        dataset=mapping.dataset,
        content=write_mapping(mapping),
        note=note,
        by=operator(),
    )
    output.say(_("Pemetaan {name} versi {version} disimpan."), name=name or mapping.name, version=saved)


def _mapping(text: str) -> Mapping:
    """A mapping by its name, its name and version, or its file."""
    if text.endswith((".yaml", ".yml")):
        return _read(Path(text))
    upgrade(engine(settings().state))
    name, _at, version = text.partition("@")
    if version and not version.isdigit():
        template = _("Versi pemetaan ditulis dengan angka: {name}@3.")
        raise Rejected("mapping-version", template, name=name)
    return register.load(engine(settings().state), name, int(version) if version else None).mapping


def _read(file: Path) -> Mapping:
    try:
        return read_mapping(file.read_text("utf-8"))
    except (FileNotFoundError, UnicodeError) as error:
        raise Rejected(
            "mapping-unreadable", _("{name} tidak dapat dibaca. Periksa nama dan izin berkasnya."), name=file.name
        ) from error


def _dataset(name: str) -> Dataset:
    if name not in contract().datasets:
        raise Rejected("dataset-unknown", _("Himpunan data {dataset} tidak ada di kontrak data."), dataset=name)
    return contract().datasets[name]


def _limits() -> Limits:
    return Limits(rows=settings().delivery_rows, bytes=settings().upload_bytes)
