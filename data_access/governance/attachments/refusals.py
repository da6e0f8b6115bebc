"""The rules that an attachment may break, each as a sentence."""

from data_access.errors import Rejected
from data_access.words import mark as _


def broken(file: str, kind: str) -> Rejected:
    """It cannot be read as what it claims to be."""
    template = _("{file} tidak dapat dibaca sebagai {kind}: isinya rusak. Simpan ulang, lalu lampirkan lagi.")
    return Rejected("attachment-broken", template, file=file, kind=kind)


def locked(file: str) -> Rejected:
    """Nobody can look into it without a password."""
    template = _("{file} terkunci kata sandi, sehingga tidak dapat diperiksa. Buka kuncinya, lalu lampirkan lagi.")
    return Rejected("attachment-locked", template, file=file)


def active(file: str) -> Rejected:
    """It holds something that acts when it is opened, or another file."""
    template = _(
        "{file} memuat makro, skrip, perintah, atau berkas di dalamnya. Simpan ulang sebagai dokumen biasa (misalnya "
        "cetak ke PDF), lalu lampirkan lagi."
    )
    return Rejected("attachment-active", template, file=file)


def swells(file: str) -> Rejected:
    """It would take all memory when it is opened."""
    template = _("{file} membesar tidak wajar saat dibuka. Kecilkan atau simpan ulang, lalu lampirkan lagi.")
    return Rejected("attachment-swells", template, file=file)


def twofold(file: str) -> Rejected:
    """It can be opened as two kinds of file."""
    template = _("{file} dapat dibuka sebagai dua jenis berkas sekaligus. Simpan ulang, lalu lampirkan lagi.")
    return Rejected("attachment-twofold", template, file=file)
