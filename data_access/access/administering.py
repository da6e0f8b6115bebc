"""What an administrator does to accounts: who may is asked at the act, and again in its transaction; refusals are recorded.

One-time passwords are told to whoever asked for them, once, and kept as their hash only.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Engine

from data_access.access.account_rights import check_rights
from data_access.access.recording import event_of, refusals
from data_access.access.roles import roles
from data_access.access.seen_as import check_may_write
from data_access.access.viewer import Viewer
from data_access.governance import accounts, second_factor, sign_on
from data_access.governance.account_listing import Listed, listing
from data_access.governance.account_names import NAME
from data_access.governance.administrators import Administrator, no_administrator, own_account, stale
from data_access.governance.audit import Event
from data_access.governance.living import check_just_signed_in
from data_access.governance.passwords import random_password
from data_access.keys import key
from data_access.settings import Settings, settings
from data_access.state import engine, reading, utc_now

PAGE = "admin/akun"
LIST = "account-list"
Factor = Literal["set", "missing", "optional"]


@dataclass(frozen=True)
class _Act:
    """What every change takes: where it is made, how it is recorded, what is asked in its transaction."""

    engine: Engine
    key: bytes
    event: Event
    check: Administrator


def all_listed(viewer: Viewer) -> list[Listed]:
    """Every account, for whoever administers them; Refused for others, which is recorded."""
    with refusals(settings(), event_of(viewer, LIST, "")):
        check_may_administer(viewer)
        return listing(engine(settings().state))


def add(viewer: Viewer, name: str, *, full_name: str, role: str, party: str, provinces: Sequence[str]) -> str:
    """The one-time password of the new account; Rejected if a name, the role or the places may not be."""
    with _acting(viewer, "account-add", name, exists=False) as act:
        owner, places = check_rights(role, party, provinces)
        password = random_password()
        accounts.add(
            act.engine,
            act.key,
            act.event,
            name=name,
            full_name=full_name,
            role=role,
            party=owner,
            password=password,
            provinces=places,
            check=act.check,
        )
    return password


def disable(viewer: Viewer, name: str) -> None:
    """As `accounts.disable`, in the name of the viewer."""
    with _acting(viewer, "account-disable", name) as act:
        accounts.disable(act.engine, act.key, act.event, name=name, check=act.check)


def enable(viewer: Viewer, name: str) -> None:
    """As `accounts.enable`, in the name of the viewer."""
    with _acting(viewer, "account-enable", name) as act:
        accounts.enable(act.engine, act.key, act.event, name=name, check=act.check)


def new_password(viewer: Viewer, name: str) -> str:
    """The new one-time password of the account, whose sessions end."""
    password = random_password()
    with _acting(viewer, "account-reset", name) as act:
        accounts.reset_password(act.engine, act.key, act.event, name=name, password=password, check=act.check)
    return password


def change_rights(viewer: Viewer, name: str, *, role: str, party: str, provinces: Sequence[str]) -> None:
    """As `accounts.change_rights`, with a role and places that there are; Rejected for others."""
    with _acting(viewer, "account-rights", name) as act:
        owner, places = check_rights(role, party, provinces)
        accounts.change_rights(
            act.engine, act.key, act.event, name=name, role=role, party=owner, provinces=places, check=act.check
        )


def reset_second_factor(viewer: Viewer, name: str) -> None:
    """As `second_factor.reset`, in the name of the viewer."""
    with _acting(viewer, "second-factor-reset", name, detail=name) as act:
        second_factor.reset(act.engine, act.key, act.event, name=name, check=act.check)


def connect(viewer: Viewer, name: str, service_name: str) -> None:
    """As `sign_on.connect`, in the name of the viewer."""
    with _acting(viewer, "sign-on-connect", name, detail=name) as act:
        sign_on.connect(act.engine, act.key, act.event, account=name, name=service_name, check=act.check)


def disconnect(viewer: Viewer, name: str) -> None:
    """As `sign_on.disconnect`, in the name of the viewer."""
    with _acting(viewer, "sign-on-disconnect", name, detail=name) as act:
        sign_on.disconnect(act.engine, act.key, act.event, account=name, check=act.check)


def check_may_change_now(viewer: Viewer) -> None:
    """Rejected once the sign-in is too long ago for changes, Refused once it is over: told before a form is filled in.

    Each change asks the same in its transaction.
    """
    with reading(engine(settings().state)) as connection:
        check_just_signed_in(connection, viewer.session_sha256, viewer.account, utc_now(), stale=stale())


def factor_of(one: Listed, chosen: Settings | None = None) -> Factor:
    """Whether the account has a second factor, lacks one that its role must have, or need not have one."""
    if one.enrolled_at is not None:
        return "set"
    known = roles().roles.get(one.account.role)
    policy = (chosen or settings()).second_factor
    return "missing" if known is not None and known.needs_second_factor(policy) else "optional"


def needs_statement(one: Listed) -> bool:
    """Whether the account sees nothing before it has accepted the statement: its role has data (Pasal 9 ayat (5))."""
    known = roles().roles.get(one.account.role)
    return known is not None and bool(known.datasets)


def check_may_administer(viewer: Viewer) -> None:
    """Refused unless the role administers accounts."""
    if not viewer.may_open(PAGE):
        raise no_administrator()


@contextmanager
def _acting(
    viewer: Viewer, action: str, name: str, *, detail: str | None = None, exists: bool = True
) -> Iterator[_Act]:
    """The parts of a change of the account `name`, if the viewer may make it; whatever refuses it is recorded.

    `detail` is for changes that do not record themselves whom they concern.
    """
    event = event_of(viewer, action, "")
    known = name if NAME.fullmatch(name) else ""  # people type passwords into the wrong field
    with refusals(settings(), event, detail=known):
        check_may_write(viewer)
        check_may_administer(viewer)
        if exists and name == viewer.account:
            raise own_account()
        administering = frozenset(role for role, one in roles().roles.items() if PAGE in one.pages)
        yield _Act(
            engine(settings().state),
            key(settings().keys, "audit"),
            event(decision="allowed", query=None, detail=detail),
            Administrator(viewer.account, name if exists else "", administering, viewer.session_sha256),
        )
