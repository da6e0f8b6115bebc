"""Who may change accounts, asked inside the transaction of the change: what was true when a page was drawn may be over.

Which roles administer is a word of the access rules; it is handed in.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from data_access.errors import Refused, Rejected
from data_access.governance.living import check_just_signed_in
from data_access.state import one_writer, utc_now
from data_access.state.tables import account
from data_access.words import mark as _

Check = Callable[[Connection], None]


def unchecked(_connection: Connection) -> None:
    """For the command line: whoever runs it owns the server, and it is the way back in when nobody administers."""


@dataclass(frozen=True)
class Administrator:
    """`actor` changes the account `name` from a session (its fingerprint); `roles` are those that administer accounts."""

    actor: str
    name: str
    roles: frozenset[str]
    session: str

    def __call__(self, connection: Connection) -> None:
        """Refused for the own account, for that of the last administrator, and for whoever administers no more.

        Rejected if the session is not of a sign-in just now: whoever finds one open must not make accounts of their own.
        Of two administrators who shut each other out at the same moment the second finds itself shut out, and is refused.
        """
        one_writer(connection)
        if self.actor == self.name:
            raise own_account()
        active = select(account.c.name).where(account.c.active, account.c.role.in_(sorted(self.roles)))
        known = set(connection.scalars(active))
        if known == {self.name}:
            template = _("Akun {name} satu-satunya pengelola yang aktif. Tetapkan pengelola lain dahulu.")
            raise Refused("account-last-administrator", template, name=self.name)
        if self.actor not in known:
            raise no_administrator()
        check_just_signed_in(connection, self.session, self.actor, utc_now(), stale=stale())


def stale() -> Rejected:
    """Whoever signed in too long ago to change accounts."""
    template = _("Anda masuk lebih dari 15 menit yang lalu. Keluar dan masuk kembali sebelum mengubah akun.")
    return Rejected("account-stale", template)


def own_account() -> Refused:
    """Nobody administers the own account: whoever sits at somebody's open session could not keep it for good."""
    template = _(
        "Akun sendiri tidak dapat diubah di sini. Kata sandi dan faktor kedua ada di halaman Profil; untuk yang lain, "
        "mintalah pengelola lain."
    )
    return Refused("account-own", template)


def no_administrator() -> Refused:
    """Whoever is not, or not any more, an administrator."""
    return Refused("account-role", _("Akun Anda tidak mengelola akun; tidak ada yang diubah."))
