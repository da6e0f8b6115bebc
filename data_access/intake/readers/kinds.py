"""Which reader a file needs, by its suffix and first bytes. What nobody should open is refused with a sentence."""

from pathlib import Path
from typing import Literal

from data_access.errors import Rejected
from data_access.words import mark as _

Kind = Literal["parquet", "text", "workbook"]

KINDS: dict[str, Kind] = {
    ".parquet": "parquet",
    ".csv": "text",
    ".tsv": "text",
    ".tab": "text",
    ".txt": "text",
    ".xlsx": "workbook",
}
SPREADSHEETS = {".xls", ".xlsb", ".ods"}
MACROS = {".xlsm", ".xltm"}
ARCHIVES = {".gz", ".zip", ".7z", ".rar", ".zst", ".bz2", ".xz", ".tar", ".tgz"}
PACKED = (b"\x1f\x8b", b"PK\x03\x04", b"PK\x05\x06", b"7z\xbc\xaf", b"Rar!", b"\x28\xb5\x2f\xfd", b"BZh", b"\xfd7zXZ")
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
PDF = b"%PDF-"
PAGES = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<style")
LONGEST_NAME = 60  # a file system may refuse to look for a longer one, with an error of its own


def check_name(name: str) -> None:
    """Rejected unless the name is one of a file, without a folder, not hidden, of a usual length."""
    if Path(name).name != name or len(name) > LONGEST_NAME or (name.startswith(".") and name != ".."):
        raise bad_name(name)


def bad_name(name: str) -> Rejected:
    template = _("Nama berkas {file} tidak diperbolehkan: hanya nama tanpa folder.")
    return Rejected("file-name", template, file=name[: LONGEST_NAME + 1])


def kind_of(name: str) -> Kind:
    """The kind that the suffix names; Rejected, with what to do, for one that is not read."""
    suffix = Path(name).suffix.lower()
    if suffix in KINDS:
        return KINDS[suffix]
    template = _("{file} bukan Parquet, CSV, TSV, atau XLSX. Simpan ulang dalam salah satu bentuk itu.")
    if suffix in ARCHIVES:
        template = _("{file} adalah arsip. Ekstrak dahulu, lalu kirim berkas di dalamnya.")
    elif suffix in MACROS:
        template = _("{file} dapat memuat makro. Simpan ulang sebagai Buku Kerja Excel (.xlsx).")
    elif suffix in SPREADSHEETS:
        template = _("{file} memakai bentuk spreadsheet yang tidak dibaca. Simpan ulang sebagai .xlsx.")
    raise Rejected("file-kind", template, file=name)


def check_start(name: str, kind: Kind, start: bytes) -> None:
    """Rejected if the first bytes belong to another kind of file than the suffix says."""
    template = ""
    if start.lstrip()[: len(PDF)] == PDF:
        template = _("{file} sebenarnya berkas PDF. Minta tabelnya sebagai CSV atau XLSX.")
    elif kind == "parquet":
        return
    elif start.startswith(OLD_OFFICE):
        template = _(
            "{file} terkunci kata sandi atau berbentuk Excel lama. Buka kuncinya dan simpan ulang sebagai .xlsx."
        )
    elif start[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(PAGES):
        template = _("{file} sebenarnya halaman web (HTML/XML). Buka di Excel dan simpan ulang sebagai .xlsx.")
    elif kind == "text" and start.startswith(PACKED):
        template = _("{file} adalah arsip, bukan teks. Ekstrak dahulu, lalu kirim berkas di dalamnya.")
    elif kind == "workbook" and not start.startswith(b"PK"):
        template = _("{file} bukan buku kerja Excel (.xlsx). Simpan ulang, lalu kirim lagi.")
    if template:
        raise Rejected("file-content", template, file=name)
