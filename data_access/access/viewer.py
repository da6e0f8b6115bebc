"""The viewer: account, role, attributes and today's agreement, resolved anew on each run. Nothing about rights is kept."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from data_access.access.roles import Role, role
from data_access.contract import Party
from data_access.errors import Refused
from data_access.governance import second_factor
from data_access.governance.accounts import Account, find
from data_access.governance.agreement import Register, today
from data_access.governance.registers import team
from data_access.governance.registers.standing import matters, standing
from data_access.governance.statements import acceptance
from data_access.settings import Settings
from data_access.state.engine import engine
from data_access.words import mark as _

First = Literal["", "password", "second-factor"]


@dataclass(frozen=True)
class Viewer:
    """Who asks, on which day. `provinces` limits roles with a row rule; None where the account has no such attribute.

    `pledged` tells whether the confidentiality statement in force was accepted, `member` whether a decree makes this account
    one of the technical team; without it a role that needs it has no data. `first` is what has to be done before anything else:
    replace a one-time password, or set a second factor up. Until then the viewer has no page and no scope.
    """

    account: str
    full_name: str
    role_name: str
    role: Role = field(hash=False)
    party: Party
    provinces: tuple[str, ...] | None
    day: date
    agreement: Path
    state: str
    pledged: bool
    member: bool
    first: First
    session_sha256: str = ""
    address: str = ""

    @property
    def standing(self) -> Register:
        """The agreement as it stands now, read anew each time; Misconfigured where it cannot be read, and nothing opens."""
        return standing(engine(self.state), self.agreement, self.day)

    def may_open(self, page: str) -> bool:
        return page in self.role.pages


def viewer_of(account: Account, settings: Settings, *, session_sha256: str = "", address: str = "") -> Viewer:
    """The viewer behind an account; Refused if its role is unknown."""
    state, day, known = engine(settings.state), today(), role(account.role)
    first = _first(account, known, settings)
    member = (
        known.member and not first and team.member(matters(state, "tim"), account.name, account.party, day) is not None
    )
    return Viewer(
        account=account.name,
        full_name=account.full_name,
        role_name=account.role,
        role=known.shut() if first else known if member or not known.member else known.without_data(),
        party=account.party,
        provinces=account.provinces,
        day=day,
        agreement=settings.agreement,
        state=settings.state,
        pledged=acceptance(state, account.name) is not None,
        member=member,
        first=first,
        session_sha256=session_sha256,
        address=address,
    )


def viewer_named(name: str, settings: Settings, *, operator: str = "cli") -> Viewer:
    """The viewer for an account name, for the command line; Refused if there is no such active account.

    `operator` stands in the audit as the address: the one who asked in the name of the account.
    """
    account = find(engine(settings.state), name)
    if not account.active:
        raise Refused("account-disabled", _("Akun {name} dinonaktifkan."), name=name)
    return viewer_of(account, settings, address=operator)


def _first(account: Account, known: Role, settings: Settings) -> First:
    if account.must_change_password:
        return "password"
    needed = known.needs_second_factor(settings.second_factor)
    return "second-factor" if needed and not second_factor.enrolled(engine(settings.state), account.name) else ""
