"""demo: everything that a first look needs, made once: keys, state, example agreement, deliveries, accounts."""

import os
import shutil
from datetime import date

from data_access.access.registering import book
from data_access.access.roles import role as role_named
from data_access.commands import example_paper, output
from data_access.commands.keys import all_keys
from data_access.commands.operator import operator
from data_access.commands.users import event
from data_access.contract import Party
from data_access.errors import Rejected
from data_access.folders import private_folder
from data_access.governance import accounts, agreement
from data_access.governance.documents import Attachment
from data_access.governance.passwords import random_password
from data_access.governance.registers.book import Actor
from data_access.intake.demo import write_assessments, write_deliveries, write_movements, write_posts
from data_access.keys import key, ring
from data_access.owner import OwnerSettings, owner
from data_access.refresh.laying_down import look
from data_access.release import publish as publishing
from data_access.release import shelf
from data_access.state import engine, upgrade
from data_access.words import mark as _

TEAM_BY = "pimpinan.bkn"
DECREE = {"first": date(2022, 2, 9), "last": date(2028, 2, 8)}
UNFINISHED = "demo-unfinished"
ACCOUNTS: tuple[tuple[str, str, str, Party, tuple[str, ...] | None], ...] = (
    ("pimpinan.panrb", _("Contoh Pimpinan KemenPANRB"), "pimpinan", "kesatu", None),
    ("pimpinan.bkn", _("Contoh Pimpinan BKN"), "pimpinan", "kedua", None),
    ("analis.panrb", _("Contoh Analis KemenPANRB"), "analis", "kesatu", None),
    ("analis.bkn", _("Contoh Analis BKN"), "analis", "kedua", None),
    ("wilayah.panrb", _("Contoh Analis Wilayah Jateng dan DIY"), "analis_wilayah", "kesatu", ("33", "34")),
    ("data.panrb", _("Contoh Tim Data KemenPANRB"), "tim_data", "kesatu", None),
    ("data.bkn", _("Contoh Tim Data BKN"), "tim_data", "kedua", None),
    ("teknis.panrb", _("Contoh Tim Teknis KemenPANRB"), "tim_teknis", "kesatu", None),
    ("teknis.bkn", _("Contoh Tim Teknis BKN"), "tim_teknis", "kedua", None),
    ("admin", _("Contoh Administrator"), "admin", "kedua", None),
)


def demo() -> None:
    """Siapkan data dan akun contoh; yang sudah ada tidak diubah."""
    chosen = owner()
    private_folder(chosen.var)
    unfinished = chosen.var / UNFINISHED
    unfinished.touch()
    all_keys(chosen)
    upgrade(engine(chosen.state))
    if not chosen.agreement.exists():
        shutil.copyfile(agreement.EXAMPLE, chosen.agreement)
    _make_accounts(chosen)
    _make_team(chosen)
    _publish_examples(chosen)
    look(chosen)
    unfinished.unlink()
    output.say(_("DATA CONTOH siap. Semua angka rekaan, disusun dari angka yang telah diumumkan."))


def _publish_examples(chosen: OwnerSettings) -> None:
    """Two releases, so that there is an earlier one to look at: all dates but the last, then the last."""
    shelved = shelf.listed(chosen.releases, ring(chosen.keys, "manifest"))
    held = {f"{s.dataset}-{s.reference_date}" for release in shelved.sound for s in release.snapshots}
    with output.progress() as moved:
        drop = private_folder(chosen.drop)
        writers = (write_deliveries, write_movements, write_posts, write_assessments)
        written = [write(drop, progress=moved) for write in writers]
        earlier, latest = [w[:-1] for w in written], [w[-1:] for w in written]
        for batch in ([one for w in earlier for one in w], [one for w in latest for one in w]):
            missing = [folder for folder in batch if folder.name not in held]
            if missing:
                publishing.publish(
                    missing, by=operator(), settings=chosen, accept_warnings=_("data contoh"), progress=moved
                )


def _make_team(chosen: OwnerSettings) -> None:
    """The example's accounts of the technical team are members by a decree that says it is an example (Pasal 4)."""
    registers = book(chosen)
    if registers.entries("tim"):
        return
    signatory = Actor(TEAM_BY, "kedua", "decide", event("register-open"))
    for name, full_name, role, party, _places in ACCOUNTS:
        if role_named(role).member:
            facts = {"person": full_name, "account": name, "party": party, "decree": _("CONTOH – bukan dokumen nyata")}
            paper = Attachment("keputusan-contoh.pdf", example_paper.paper())
            registers.open(signatory, "tim", facts | DECREE, paper)


def _make_accounts(chosen: OwnerSettings) -> None:
    known = {account.name for account in accounts.all_accounts(engine(chosen.state))}
    missing = [row for row in ACCOUNTS if row[0] not in known]
    if not missing:
        return
    if known:
        template = _("Sudah ada akun lain di {var}; akun contoh tidak dicampur dengan akun sungguhan.")
        raise Rejected("demo-mixed", template, var=chosen.var)
    lines = []
    for name, full_name, role, party, provinces in missing:
        role_named(role)
        password = random_password()
        accounts.add(
            engine(chosen.state),
            key(chosen.keys, "audit"),
            event("account-add"),
            name=name,
            full_name=full_name,
            role=role,
            party=party,
            password=password,
            provinces=provinces,
        )
        lines.append(f"{name:<16} {password}")
    file = chosen.var / "demo-accounts.txt"
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
        handle.write("\n".join(lines) + "\n")
    output.say(_("Akun contoh (tersimpan di {file}):"), file=file)
    for line in lines:
        output.say("  {line}", line=line)
