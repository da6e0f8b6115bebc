"""The route that takes an upload: straight from the network to the disk, a piece at a time, into a folder of its own.

Nothing of a file is kept in memory or read here; the worker takes it from `incoming`.
"""

import hashlib
import json
import re
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from time import monotonic
from urllib.parse import unquote

from anyio import to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from data_access.access.refreshing import check_may_refresh_any
from data_access.access.registering import check_may_ask
from data_access.access.viewer import Viewer, viewer_of
from data_access.errors import AsnError, Damaged, Refused, Rejected
from data_access.folders import file_mode, new_shared_folder, shared_folder
from data_access.governance import audit, sessions, tickets
from data_access.governance.audit import Event
from data_access.keys import key
from data_access.settings import settings
from data_access.state import engine
from data_access.words import FileSize
from data_access.words import mark as _
from ui.cookies import SESSION

PATH = "/unggah/{ticket}"
LOOK = 30.0  # seconds between two looks at session and right while a file is coming
UNSAFE = re.compile(r"[^A-Za-z0-9._ -]+")
LONGEST_NAME = 50


@dataclass(frozen=True)
class Way:
    """One kind of upload: the purpose of its tickets, the kinds of files it takes, the largest, and who may."""

    purpose: str
    kinds: tuple[str, ...]
    told: str
    unfit: str
    limit: Callable[[], int]
    check: Callable[[Viewer], object]


DELIVERY = Way(
    purpose="upload",
    kinds=(".csv", ".tsv", ".txt", ".xlsx", ".parquet"),
    told=_("Parquet, CSV, TSV, TXT, atau XLSX; paling besar {limit}."),
    unfit=_("Berkas ini tidak dapat diterima: pakai Parquet, CSV, TSV, TXT, atau XLSX."),
    limit=lambda: settings().upload_bytes,
    check=check_may_refresh_any,
)
ATTACHMENT = Way(
    purpose="attachment",
    kinds=(".pdf", ".docx", ".png", ".jpg", ".jpeg"),
    told=_("PDF, DOCX, PNG, atau JPG; paling besar {limit}."),
    unfit=_("Lampiran ini tidak dapat diterima: pakai PDF, DOCX, PNG, atau JPG."),
    limit=lambda: settings().attachment_bytes,
    check=check_may_ask,
)
WAYS = {way.purpose: way for way in (DELIVERY, ATTACHMENT)}


async def receive(request: Request) -> JSONResponse:
    """Answers `{"folder", "name", "size"}`, or `{"error"}` with a sentence in the language asked for."""
    language = "en" if request.query_params.get("bahasa") == "en" else "id"
    try:
        way = WAYS.get(request.query_params.get("untuk", DELIVERY.purpose), DELIVERY)
        viewer, ticket = await to_thread.run_sync(_admitted, request, way)
        return JSONResponse(await _taken(request, way, viewer, ticket.serial))
    except AsnError as error:
        await to_thread.run_sync(_refused, request, error.reason)
        status = 413 if error.reason == "upload-size" else 403
        return JSONResponse({"error": error.sentence(language)}, status_code=status)


ROUTE = Route(PATH, receive, methods=["POST"])


@dataclass(frozen=True)
class Arrived:
    """An upload that has arrived whole: its folder below `incoming`, its name there, size in bytes and SHA-256."""

    folder: str
    name: str
    size: int
    sha256: str


def arrived(ticket: str) -> Arrived | None:
    """What was uploaded with this ticket of ours; None as long as nothing has arrived.

    A ticket is good for beginning an upload; a large file may arrive when it is no longer.
    """
    serial = tickets.serial_of(ticket)
    try:
        return Arrived(folder=serial, **json.loads(_receipt(serial).read_text("utf-8")))
    except FileNotFoundError:
        return None


def under_way(ticket: str) -> bool:
    """Whether an upload has begun with this ticket of ours."""
    return (settings().incoming / tickets.serial_of(ticket)).exists()


def handed_on(folder: str) -> None:
    """What was uploaded is somebody else's now: it is told to no page any more."""
    _receipt(folder).unlink(missing_ok=True)


def discard(folder: str) -> None:
    """Removes what was uploaded, with its receipt; nothing if it has gone already."""
    shutil.rmtree(settings().incoming / folder, ignore_errors=True)
    handed_on(folder)


def _receipt(serial: str) -> Path:
    return settings().incoming / f"{serial}.json"


def safe_name(name: str, way: Way = DELIVERY) -> str:
    """The name under which an upload is kept: no folders, plain letters, its kind. Rejected for other kinds of files."""
    plain = UNSAFE.sub("_", Path(name.replace("\\", "/")).name).strip(" .")
    stem, suffix = Path(plain).stem, Path(plain).suffix.lower()
    if suffix not in way.kinds or not stem.strip("_ ."):
        raise Rejected("upload-kind", way.unfit)
    if len(stem) > LONGEST_NAME:  # the date is often at the end
        stem = f"{stem[: LONGEST_NAME // 2 - 1]}__{stem[1 - LONGEST_NAME // 2 :]}"
    return stem + suffix


def _admitted(request: Request, way: Way) -> tuple[Viewer, tickets.Ticket]:
    """Whose upload this is: ticket, session, account, role and right are all read anew.

    The ticket must belong to the very session whose cookie came with the request.
    """
    ticket = tickets.check(key(settings().keys, "cookie"), way.purpose, request.path_params["ticket"])
    if ticket.session_sha256 != request.scope.get(SESSION):
        raise Refused("ticket-foreign", _("Izin unggah ini milik sesi lain. Muat ulang halaman, lalu unggah kembali."))
    return _holder(way, ticket.session_sha256, request.client.host if request.client else ""), ticket


def _holder(way: Way, session: str, address: str) -> Viewer:
    """Who holds the session, which is hereby used; Refused if it has ended or the right has."""
    account = sessions.account_of(engine(settings().state), session)
    viewer = viewer_of(account, settings(), session_sha256=session, address=address)
    way.check(viewer)
    return viewer


async def _taken(request: Request, way: Way, viewer: Viewer, serial: str) -> dict[str, str | int]:
    name = safe_name(unquote(request.headers.get("x-file-name", "")), way)
    folder = shared_folder(settings().incoming) / serial
    try:
        new_shared_folder(folder)
    except FileExistsError as error:
        raise Rejected("upload-twice", _("Izin unggah ini sudah dipakai. Muat ulang halaman.")) from error
    try:
        still = partial(_holder, way, viewer.session_sha256, viewer.address)
        size, digest = await _stored(request.stream(), folder / name, way.limit(), still)
        await to_thread.run_sync(_recorded, viewer, name, size, digest)
        _receipt(serial).write_text(json.dumps({"name": name, "size": size, "sha256": digest}), "utf-8")
    except BaseException as error:
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, ClientDisconnect):
            raise Rejected("upload-broken", _("Unggahan terputus. Unggah kembali.")) from error
        if isinstance(error, OSError):
            raise Damaged("upload-unwritten", _("Unggahan tidak dapat disimpan: ruang disk habis?")) from error
        raise
    return {"folder": serial, "name": name, "size": size, "sha256": digest}


async def _stored(pieces: AsyncIterator[bytes], file: Path, limit: int, still: Callable[[], object]) -> tuple[int, str]:
    """Size and SHA-256 of what was written; Rejected once it is larger than allowed or if nothing came.

    `still` is asked time and again, and at the end: an upload is use of the session, and ends with it.
    """
    size, digest, looked = 0, hashlib.sha256(), monotonic()
    with file.open("xb") as handle:
        file.chmod(file_mode(file.parent))
        async for piece in pieces:
            size += len(piece)
            if size > limit:
                template = _("Berkas lebih besar daripada batas unggah ({limit}).")
                raise Rejected("upload-size", template, limit=FileSize(limit))
            digest.update(piece)
            await to_thread.run_sync(handle.write, piece)
            if monotonic() - looked > LOOK:
                await to_thread.run_sync(still)
                looked = monotonic()
    await to_thread.run_sync(still)
    if size == 0:
        raise Rejected("upload-empty", _("Berkas kosong."))
    return size, digest.hexdigest()


def _refused(request: Request, reason: str) -> None:
    """Whose session tried is known to the gate; the name of the file is not kept, for it may be anything."""
    session = str(request.scope.get(SESSION, ""))
    event = Event(
        action="upload",
        decision="refused",
        reason=reason,
        session_sha256=session or None,
        address=request.client.host if request.client else "",
    )
    with suppress(Refused):  # it has ended meanwhile
        account = sessions.account_of(engine(settings().state), session)
        event = replace(event, account=account.name, role=account.role, party=account.party)
    audit.record(engine(settings().state), key(settings().keys, "audit"), event)


def _recorded(viewer: Viewer, name: str, size: int, digest: str) -> None:
    event = Event(
        action="upload",
        decision="allowed",
        account=viewer.account,
        role=viewer.role_name,
        party=viewer.party,
        session_sha256=viewer.session_sha256,
        address=viewer.address,
        detail=f"{name}, {size} bita, SHA-256 {digest}",
    )
    audit.record(engine(settings().state), key(settings().keys, "audit"), event)
