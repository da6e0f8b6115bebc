"""Accounts: who they are and the few changes to them, each recorded in the transaction that makes it.

Roles and provinces are words of the access rules; here they are only kept. `check` is asked first in the transaction of a
change and raises where it may not be made.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, Engine, Row, insert, select, update
from sqlalchemy.exc import IntegrityError

from data_access.contract import Party
from data_access.errors import Refused, Rejected
from data_access.governance.account_names import check_full_name, check_name
from data_access.governance.administrators import Check, unchecked
from data_access.governance.audit import Event, append
from data_access.governance.ending import end_sessions
from data_access.governance.passwords import COST, check_password, dummy_hash, fits, hashed
from data_access.state import one_writer, reading, utc_now, writing
from data_access.state.tables import account
from data_access.words import mark as _

PUBLIC = tuple(column for column in account.c if column.name != "password_hash")
ONE = select(*PUBLIC)
HASH = select(account.c.password_hash).where(account.c.active)


@dataclass(frozen=True)
class Account:
    """One person's account. `provinces` None means no limit of place.

    `password_changed_at` is None while the password is a one-time one, given out by somebody else.
    """

    name: str
    full_name: str
    role: str
    party: Party
    provinces: tuple[str, ...] | None
    active: bool
    created_at: datetime
    password_changed_at: datetime | None

    @property
    def must_change_password(self) -> bool:
        return self.password_changed_at is None


def add(  # noqa: PLR0913 - the fields of an account, all by name
    engine: Engine,
    key: bytes,
    event: Event,
    *,
    name: str,
    full_name: str,
    role: str,
    party: Party,
    password: str,
    provinces: Sequence[str] | None = None,
    now: datetime | None = None,
    cost: int = COST,
    check: Check = unchecked,
) -> Account:
    """The new account, with a one-time password; Rejected if names or password may not be used or the name is taken."""
    check_name(name)
    check_full_name(full_name)
    check_password(password, name)
    places = None if provinces is None else tuple(provinces)
    made = Account(name, full_name, role, party, places, True, now or utc_now(), None)
    secret = hashed(password, cost)  # before the transaction: it takes a quarter of a second
    with writing(engine) as connection:
        check(connection)
        try:
            connection.execute(insert(account), vars(made) | {"provinces": places, "password_hash": secret})
        except IntegrityError as error:
            raise Rejected("account-exists", _("Nama akun {name} sudah dipakai."), name=name) from error
        _record(connection, key, event, name, made.created_at)
    return made


def find(engine: Engine, name: str) -> Account:
    """The account of this name; Refused if there is none."""
    with reading(engine) as connection:
        row = connection.execute(ONE.where(account.c.name == name)).first()
    if row is None:
        raise _unknown(name)
    return from_row(row)


def all_accounts(engine: Engine) -> list[Account]:
    """Every account, by name."""
    with reading(engine) as connection:
        return [from_row(row) for row in connection.execute(ONE.order_by(account.c.name))]


def reset_password(
    engine: Engine,
    key: bytes,
    event: Event,
    *,
    name: str,
    password: str,
    now: datetime | None = None,
    cost: int = COST,
    check: Check = unchecked,
) -> None:
    """Gives the account a one-time password and ends its sessions; Rejected or Refused where that may not be."""
    check_password(password, name)
    changes: dict[str, object] = {"password_hash": hashed(password, cost), "password_changed_at": None}
    _change(engine, key, event, name=name, now=now or utc_now(), changes=changes, ends="password-reset", check=check)


def change_password(  # noqa: PLR0913 - whose, from what to what; all by name
    engine: Engine,
    key: bytes,
    event: Event,
    *,
    name: str,
    old: str,
    new: str,
    now: datetime | None = None,
    cost: int = COST,
    check: Check = unchecked,
) -> None:
    """Own password, by its owner; every session but that of the event ends. Rejected if `old` is wrong or `new` unfit.

    `new` is looked at first: what is said of it would tell else that `old` was right, past `check`.
    """
    if old == new:
        raise Rejected("password-same", _("Kata sandi baru harus berbeda dari kata sandi lama."))
    check_password(new, name)
    secret = hashed(new, cost)  # for a wrong `old`, too: how long the answer takes would tell else that it was right
    compared = stored_hash(engine, name, cost=cost)
    if not fits(old, compared):
        raise Rejected("password-wrong", _("Kata sandi lama keliru."))
    moment = now or utc_now()
    changes = {"password_hash": secret, "password_changed_at": moment}
    _change(
        engine,
        key,
        event,
        name=name,
        now=moment,
        changes=changes,
        ends="password-changed",
        but=event.session_sha256,
        compared=compared,
        check=check,
    )


def disable(
    engine: Engine, key: bytes, event: Event, *, name: str, now: datetime | None = None, check: Check = unchecked
) -> None:
    """Shuts the account and ends its sessions; Refused if there is no such account."""
    shut: dict[str, object] = {"active": False}
    _change(engine, key, event, name=name, now=now or utc_now(), changes=shut, ends="account-disabled", check=check)


def enable(
    engine: Engine, key: bytes, event: Event, *, name: str, now: datetime | None = None, check: Check = unchecked
) -> None:
    """Opens the account again, with the password it had; Refused if there is no such account."""
    _change(engine, key, event, name=name, now=now or utc_now(), changes={"active": True}, check=check)


def change_rights(  # noqa: PLR0913 - the fields that are changed, all by name
    engine: Engine,
    key: bytes,
    event: Event,
    *,
    name: str,
    role: str,
    party: Party,
    provinces: Sequence[str] | None,
    now: datetime | None = None,
    check: Check = unchecked,
) -> None:
    """Gives the account another role, party or limit of place and ends its sessions; recorded with what was and what is.

    Refused if there is no such account, Rejected if it has these rights already. `access.account_rights` says which rights
    there are.
    """
    places, moment = None if provinces is None else tuple(provinces), now or utc_now()
    with writing(engine) as connection:
        one_writer(connection)
        check(connection)
        row = connection.execute(ONE.where(account.c.name == name)).first()
        if row is None:
            raise _unknown(name)
        before, after = (
            _rights(from_row(row)),
            _rights(replace(from_row(row), role=role, party=party, provinces=places)),
        )
        if before == after:
            raise Rejected("rights-same", _("Peran, pihak, dan provinsi akun {name} sudah demikian."), name=name)
        values = {"role": role, "party": party, "provinces": places}
        connection.execute(update(account).where(account.c.name == name).values(values))
        end_sessions(connection, name, reason="rights-changed", now=moment)
        _record(connection, key, replace(event, detail=f"{before} -> {after}"), name, moment)


def stored_hash(engine: Engine, name: str, *, cost: int = COST) -> str:
    """The bcrypt hash to check a typed password against: for an unknown or disabled account one that nothing fits."""
    with reading(engine) as connection:
        found: str | None = connection.scalar(HASH.where(account.c.name == name))
    return found or dummy_hash(cost)


def from_row(row: Row[*tuple[object, ...]]) -> Account:
    """An account from the columns `PUBLIC`, by name; other columns of the row are left alone."""
    fields = {column.name: getattr(row, column.name) for column in PUBLIC}
    places = fields.pop("provinces")
    return Account(**fields, provinces=None if places is None else tuple(places))


def _change(  # noqa: PLR0913 - the parts of a change, all by name
    engine: Engine,
    key: bytes,
    event: Event,
    *,
    name: str,
    now: datetime,
    changes: dict[str, object],
    ends: str | None = None,
    but: str | None = None,
    compared: str | None = None,
    check: Check = unchecked,
) -> None:
    """`compared`: the hash that a typed password was held against; Rejected where it is another one by now."""
    chosen = [account.c.name == name] + ([account.c.password_hash == compared] if compared is not None else [])
    with writing(engine) as connection:
        one_writer(connection)  # first: a session opened between the end of all and this change would outlive it
        check(connection)
        if connection.execute(update(account).where(*chosen).values(changes)).rowcount != 1:
            if compared is not None:  # somebody gave out a one-time password meanwhile: that one stands
                raise Rejected("password-wrong", _("Kata sandi lama keliru."))
            raise _unknown(name)
        if ends:
            end_sessions(connection, name, reason=ends, now=now, but=but)
        _record(connection, key, event, name, now)


def _record(connection: Connection, key: bytes, event: Event, name: str, now: datetime) -> None:
    """The event says who did what; to whom is added here, so that no caller forgets it."""
    detail = f"{name}: {event.detail}" if event.detail else name
    append(connection, key, replace(event, detail=detail), now)


def _rights(one: Account) -> str:
    """Role, party and places, as the record tells them."""
    return f"{one.role}/{one.party}/{','.join(one.provinces) if one.provinces is not None else '*'}"


def _unknown(name: str) -> Refused:
    return Refused("account-unknown", _("Tidak ada akun bernama {name}."), name=name)
