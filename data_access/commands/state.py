"""state backup|restore: the state in one file, taken while the app runs, and put back."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from data_access.commands import output
from data_access.commands.users import event
from data_access.governance import backup as copies
from data_access.governance.restoring import restore as put_back
from data_access.settings import settings
from data_access.state import copying, engine, upgrade
from data_access.words import mark as _

INCOMPLETE = 3  # deploy/keep-copy.sh knows it too

app = typer.Typer(help="Cadangkan dan pulihkan status: akun, audit, daftar kerja sama, dokumen.", no_args_is_help=True)


@app.command("backup")
def backup(file: Annotated[Path, typer.Argument(help="berkas cadangan yang akan dibuat")]) -> None:
    """Cadangkan status ke satu berkas, juga selagi aplikasi berjalan. Kunci tidak ikut: cadangkan folder kunci terpisah."""
    copying.sqlite_file(settings().state)
    upgrade(engine(settings().state))
    made = copies.backup(file, settings(), event("state-backup"))
    output.say(
        _("{records} catatan audit dan {documents} dokumen dicadangkan ke {file}."),
        records=made.records,
        documents=made.documents,
        file=file,
    )
    output.say(_("SHA-256 cadangan, simpan di tempat lain: {sha256}"), sha256=made.sha256)
    output.say(
        _("Kunci tidak ikut dicadangkan. Simpan folder kunci di tempat lain: tanpa kunci cadangan tidak dapat dipakai.")
    )
    _complete(_("Dokumen yang hilang atau rusak, sehingga tidak ikut: {names}."), made.missing)


@app.command("restore")
def restore(
    file: Annotated[Path, typer.Argument(help="berkas cadangan")],
    instead: Annotated[bool, typer.Option("--replace", help="ganti status yang ada; yang lama disimpan")] = False,
    sha256: Annotated[str, typer.Option("--sha256", help="SHA-256 yang dicetak saat cadangan dibuat")] = "",
) -> None:
    """Pulihkan status dari cadangan setelah keutuhannya diperiksa; aplikasi harus berhenti, semua sesi berakhir."""
    done = put_back(file, settings(), event("state-restore"), instead=instead, sha256=sha256)
    output.say(
        _("{records} catatan audit dan {documents} dokumen dipulihkan."), records=done.records, documents=done.documents
    )
    for place in done.kept:
        output.say(_("Yang lama disimpan di {file}."), file=place)
    _complete(_("Dokumen yang tercatat, tetapi tidak ada di cadangan maupun di folder dokumen: {names}."), done.missing)


def _complete(template: str, missing: Sequence[str]) -> None:
    """Done, but not all: told on standard error and by the exit code, for nobody reads what a timer prints."""
    if missing:
        output.warn(template, names=", ".join(missing))
        raise typer.Exit(INCOMPLETE)
