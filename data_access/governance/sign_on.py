"""An outside sign-on service (OpenID Connect): whom it means here. It replaces the password and nothing else.

Accounts are never made by it: the administrator says which name at the service belongs to which account. An identity counts
only while it is fresh, and once, whatever the browser keeps of it.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, delete, insert, select
from sqlalchemy.exc import IntegrityError

from data_access.errors import Rejected, SignInFailed
from data_access.governance.accounts import find
from data_access.governance.administrators import Check, unchecked
from data_access.governance.audit import Event, append
from data_access.governance.ending import end_sessions
from data_access.governance.proofs import held_of
from data_access.governance.sessions import ADDRESS_LENGTH
from data_access.state import one_writer, utc_now, writing
from data_access.state.tables import account, sign_on_name, sign_on_used
from data_access.words import mark as _

FRESH = timedelta(minutes=2)
EARLY = timedelta(seconds=30)  # the clock of the service may be ahead
KEPT = timedelta(days=1)
LONGEST = 255
CHANGED = "sign-on-changed"


@dataclass(frozen=True)
class Meant:
    """The account that an identity means, and the proof (`proofs`) of what the account had when that was found."""

    account: str
    proof: str


def connect(
    engine: Engine,
    key: bytes,
    event: Event,
    *,
    account: str,
    name: str,
    now: datetime | None = None,
    check: Check = unchecked,
) -> None:
    """From now on `name` at the service is this account, in place of what was before; Rejected if it is somebody else's.

    Its sessions end, for one may be of whom the service meant before. `check` is asked first in the transaction.
    """
    find(engine, account)
    if not name.strip() or len(name) > LONGEST or not name.isprintable():
        raise Rejected("sign-on-name", _("Nama pada layanan masuk tunggal: 1 sampai 255 karakter."))
    try:
        with writing(engine) as connection:
            one_writer(connection)
            check(connection)
            before = _name_of(connection, account)
            connection.execute(delete(sign_on_name).where(sign_on_name.c.account == account))
            connection.execute(insert(sign_on_name), {"account": account, "name": name})
            told = f"{account}: {name}" if before is None else f"{account}: {before} -> {name}"
            end_sessions(connection, account, reason=CHANGED, now=now or utc_now())
            append(connection, key, replace(event, detail=told), now or utc_now())
    except IntegrityError as error:
        raise Rejected("sign-on-taken", _("Nama itu sudah terhubung dengan akun lain.")) from error


def disconnect(
    engine: Engine, key: bytes, event: Event, *, account: str, now: datetime | None = None, check: Check = unchecked
) -> None:
    """The service means this account no more, and its sessions end; Rejected if it did not before."""
    find(engine, account)
    with writing(engine) as connection:
        one_writer(connection)
        check(connection)
        before = _name_of(connection, account)
        if connection.execute(delete(sign_on_name).where(sign_on_name.c.account == account)).rowcount != 1:
            raise Rejected("sign-on-none", _("Akun itu tidak terhubung dengan layanan masuk tunggal."))
        end_sessions(connection, account, reason=CHANGED, now=now or utc_now())
        append(connection, key, replace(event, detail=f"{account}: {before}"), now or utc_now())


def _name_of(connection: Connection, account: str) -> str | None:
    """The name at the service that means this account: kept in the record, for the row goes away."""
    return connection.scalar(select(sign_on_name.c.name).where(sign_on_name.c.account == account))


def admit(
    engine: Engine,
    key: bytes,
    *,
    claims: Mapping[str, object],
    claim: str,
    address: str,
    now: datetime | None = None,
) -> Meant | None:
    """The account that the identity means, now used up; None for one that is old, incomplete or was used before.

    SignInFailed with one sentence if it means no active account. `claims` are those of a checked ID token, `claim` the one
    that names the person.
    """
    moment, place = now or utc_now(), address[:ADDRESS_LENGTH]
    if not _fresh(claims, moment):
        return None
    try:
        with writing(engine) as connection:
            one_writer(connection)
            connection.execute(delete(sign_on_used).where(sign_on_used.c.at < moment - KEPT))
            connection.execute(insert(sign_on_used), {"identity_sha256": _fingerprint(claims), "at": moment})
            found = _account(connection, claims.get(claim))
            proof = held_of(connection, found).proof
            append(connection, key, _event(found, place), moment)
    except IntegrityError:
        return None
    if not found:
        template = _("Akun layanan itu tidak terhubung dengan akun aktif di sini. Mintalah pengelola menghubungkannya.")
        raise SignInFailed("sign-on", template)
    return Meant(found, proof)


def _account(connection: Connection, name: object) -> str:
    if not isinstance(name, str) or not name:
        return ""
    mine = select(account.c.name).join_from(sign_on_name, account).where(sign_on_name.c.name == name, account.c.active)
    return connection.scalar(mine) or ""


def _fresh(claims: Mapping[str, object], now: datetime) -> bool:
    """Issued just now, with everything that makes one identity differ from the next."""
    issued = claims.get("iat")
    if (
        not isinstance(issued, int)
        or isinstance(issued, bool)
        or not all(claims.get(n) for n in ("iss", "sub", "nonce"))
    ):
        return False
    age = now.timestamp() - issued
    return -EARLY.total_seconds() <= age <= FRESH.total_seconds()


def _fingerprint(claims: Mapping[str, object]) -> str:
    same = {name: claims.get(name) for name in ("iss", "sub", "iat", "nonce")}
    return hashlib.sha256(json.dumps(same, sort_keys=True, default=repr).encode(errors="replace")).hexdigest()


def _event(found: str, address: str) -> Event:
    if found:
        return Event(action="sign-on", decision="allowed", account=found, address=address)
    return Event(action="sign-on", decision="refused", reason="sign-on", address=address)
