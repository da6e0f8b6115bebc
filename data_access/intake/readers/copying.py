"""Copies a delivered file to a private folder while its hash is taken, and refuses what is too large on the way.

The copy is what is hashed and read, so a file that changes while or after it is checked cannot bring in other data than the
manifest vouches for. A second hash afterwards would leave a moment in between; locks do not bind the sender's systems.
"""

import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from data_access.errors import Rejected
from data_access.intake.readers.kinds import Kind, bad_name, check_name, check_start, kind_of
from data_access.intake.readers.limits import Limits
from data_access.words import mark as _

BLOCK = 1 << 20
ABOVE = 100  # lines of titles and headers that do not count as rows
PRIVATE_FILE = 0o600


@dataclass(frozen=True)
class Copy:
    """A private copy of a source file; `name` is what the sender calls it."""

    path: Path
    name: str
    kind: Kind
    sha256: str


@contextmanager
def scratch_folder(scratch: Path | None) -> Iterator[Path]:
    """A folder of our own (mode 0700) under `scratch`, or where the system keeps such things; always removed."""
    with tempfile.TemporaryDirectory(prefix="intake-", dir=scratch, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def copied(file: Path, folder: Path, limits: Limits) -> Copy:
    """The copy in `folder`; Rejected if it is no plain file, unreadable, too large, or changes while it is copied."""
    check_name(file.name)
    with _opened(file) as source:
        before = os.fstat(source.fileno())
        if before.st_size > limits.bytes:
            raise Rejected(
                "file-size",
                _("{file} lebih besar daripada batas {limit} bita. Kirim rekapitulasi, bukan data per orang."),
                file=file.name,
                limit=limits.bytes,
            )
        kind = kind_of(file.name)
        target = folder / f"{len(list(folder.iterdir()))}{file.suffix.lower()}"
        digest = _copy(source, target, Watch(file.name, kind, limits))
        after = os.fstat(source.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise Rejected(
            "file-changed", _("{file} berubah selagi dibaca. Tunggu sampai selesai ditulis."), file=file.name
        )
    return Copy(target, file.name, kind, digest)


@contextmanager
def _opened(file: Path) -> Iterator[BinaryIO]:
    """Opened without following a link and without waiting for a pipe; what was opened is what is looked at."""
    try:
        opened = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise _missing(file.name) from error
    except PermissionError as error:
        template = _("{file} tidak boleh dibaca. Periksa izin berkasnya.")
        raise Rejected("file-forbidden", template, file=file.name) from error
    except OSError as error:  # a link (ELOOP), or a name that the file system does not take
        raise bad_name(file.name) from error
    if not stat.S_ISREG(os.fstat(opened).st_mode):
        os.close(opened)
        raise _missing(file.name)
    with os.fdopen(opened, "rb") as source:
        yield source


def _missing(name: str) -> Rejected:
    return Rejected("file-missing", _("Kiriman tidak lengkap: {name} tidak ada."), name=name)


def _copy(source: BinaryIO, target: Path, watch: "Watch") -> str:
    digest = hashlib.sha256()
    with target.open("xb") as made:
        target.chmod(PRIVATE_FILE)
        while block := source.read(BLOCK):
            watch.see(block)
            digest.update(block)
            made.write(block)
    return digest.hexdigest()


class Watch:
    """Looks at the blocks of a file as they pass: first bytes, number of lines, longest line, total size."""

    def __init__(self, name: str, kind: Kind, limits: Limits) -> None:
        self.name, self.kind, self.limits = name, kind, limits
        self.size, self.lines, self.open_line = 0, 0, 0

    def see(self, block: bytes) -> None:
        if self.size == 0:
            check_start(self.name, self.kind, block)
        self.size += len(block)
        if self.size > self.limits.bytes:
            template = _("{file} lebih besar daripada batas {limit} bita. Kirim rekapitulasi, bukan data per orang.")
            raise Rejected("file-size", template, file=self.name, limit=self.limits.bytes)
        if self.kind == "text":
            self._see_lines(block.split(b"\n" if b"\n" in block else b"\r"))

    def _see_lines(self, parts: list[bytes]) -> None:
        self.lines += len(parts) - 1
        longest = max(self.open_line + len(parts[0]), *(len(part) for part in parts)) if len(parts) > 1 else 0
        self.open_line = len(parts[-1]) + (self.open_line if len(parts) == 1 else 0)
        if max(longest, self.open_line) > self.limits.line:
            template = _("Baris {row} di {file} terlalu panjang ({limit} bita). Periksa pemisah baris dan tanda kutip.")
            raise Rejected("line-length", template, file=self.name, row=self.lines + 1, limit=self.limits.line)
        if self.lines > self.limits.rows + ABOVE:
            raise too_many_rows(self.name, self.limits)


def too_many_rows(name: str, limits: Limits) -> Rejected:
    template = _("{file} memuat lebih dari {limit} baris. Kirim rekapitulasi, bukan data per orang.")
    return Rejected("too-many-rows", template, file=name, limit=limits.rows)
