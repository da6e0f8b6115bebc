"""users list|add|reset|second-factor-reset|sign-on|change-rights|disable|enable: accounts, each change with its audit record."""

from dataclasses import replace
from typing import Annotated, Literal

import typer

from data_access.access.account_rights import check_rights
from data_access.commands import output
from data_access.commands.operator import operator
from data_access.governance import accounts, second_factor
from data_access.governance import sign_on as sign_ons
from data_access.governance.audit import Event
from data_access.governance.passwords import random_password
from data_access.keys import key
from data_access.settings import settings
from data_access.state import engine, upgrade
from data_access.words import mark as _

app = typer.Typer(help="Kelola akun.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="nama akun")]


@app.command("list")
def list_accounts() -> None:
    """Daftar akun."""
    upgrade(engine(settings().state))
    rows = [
        (
            a.name,
            a.full_name,
            a.role,
            a.party,
            ",".join(a.provinces or ()),
            output.word(_("aktif") if a.active else _("nonaktif")),
        )
        for a in accounts.all_accounts(engine(settings().state))
    ]
    output.table((_("Akun"), _("Nama"), _("Peran"), _("Pihak"), _("Provinsi"), _("Keadaan")), rows)


@app.command("add")
def add(
    name: Name,
    role: Annotated[str, typer.Option(help="peran, lihat README")],
    party: Annotated[Literal["kesatu", "kedua"], typer.Option(help="pihak perjanjian")],
    full_name: Annotated[str, typer.Option("--full-name", help="nama lengkap")] = "",
    provinces: Annotated[str, typer.Option(help="kode provinsi dipisah koma, untuk peran wilayah")] = "",
) -> None:
    """Buat akun dan cetak kata sandi sekali pakainya."""
    upgrade(engine(settings().state))
    owner, places = check_rights(role, party, codes(provinces))
    password = random_password()
    accounts.add(
        engine(settings().state),
        key(settings().keys, "audit"),
        event("account-add"),
        name=name,
        full_name=full_name or name,
        role=role,
        party=owner,
        password=password,
        provinces=places,
    )
    output.say(_("Akun {name} dibuat. Kata sandi: {password}"), name=name, password=password)


@app.command("reset")
def reset(name: Name) -> None:
    """Ganti kata sandi akun dengan yang acak."""
    upgrade(engine(settings().state))
    password = random_password()
    accounts.reset_password(
        engine(settings().state), key(settings().keys, "audit"), event("account-reset"), name=name, password=password
    )
    output.say(_("Kata sandi baru {name}: {password}"), name=name, password=password)


@app.command("second-factor-reset")
def reset_second_factor(name: Name) -> None:
    """Hapus faktor kedua akun, misalnya karena ponselnya hilang."""
    upgrade(engine(settings().state))
    change = replace(event("second-factor-reset"), detail=name)
    second_factor.reset(engine(settings().state), key(settings().keys, "audit"), change, name=name)
    output.say(
        _("Faktor kedua {name} dihapus; bila perannya memerlukannya, ia menyiapkan yang baru saat masuk."), name=name
    )


@app.command("sign-on")
def sign_on(
    name: Name,
    service_name: Annotated[
        str, typer.Argument(help="nama orang itu pada layanan masuk tunggal; kosong: putuskan")
    ] = "",
) -> None:
    """Hubungkan akun dengan nama pada layanan masuk tunggal (OpenID Connect), atau putuskan."""
    upgrade(engine(settings().state))
    state, secret = engine(settings().state), key(settings().keys, "audit")
    if service_name:
        change = replace(event("sign-on-connect"), detail=name)
        sign_ons.connect(state, secret, change, account=name, name=service_name)
        output.say(_("Akun {name} terhubung dengan layanan masuk tunggal."), name=name)
    else:
        sign_ons.disconnect(state, secret, replace(event("sign-on-disconnect"), detail=name), account=name)
        output.say(_("Akun {name} tidak lagi terhubung dengan layanan masuk tunggal."), name=name)


@app.command("change-rights")
def change_rights(
    name: Name,
    role: Annotated[str, typer.Option(help="peran, lihat README")],
    party: Annotated[Literal["kesatu", "kedua"], typer.Option(help="pihak perjanjian")],
    provinces: Annotated[str, typer.Option(help="kode provinsi dipisah koma, untuk peran wilayah")] = "",
) -> None:
    """Ganti peran, pihak, atau provinsi akun; sesinya berakhir."""
    upgrade(engine(settings().state))
    owner, places = check_rights(role, party, codes(provinces))
    state, secret = engine(settings().state), key(settings().keys, "audit")
    accounts.change_rights(state, secret, event("account-rights"), name=name, role=role, party=owner, provinces=places)
    output.say(_("Hak akses akun {name} diganti; sesinya berakhir."), name=name)


@app.command("disable")
def disable(name: Name) -> None:
    """Nonaktifkan akun; sesinya berakhir."""
    upgrade(engine(settings().state))
    accounts.disable(engine(settings().state), key(settings().keys, "audit"), event("account-disable"), name=name)
    output.say(_("Akun {name} dinonaktifkan."), name=name)


@app.command("enable")
def enable(name: Name) -> None:
    """Aktifkan kembali akun."""
    upgrade(engine(settings().state))
    accounts.enable(engine(settings().state), key(settings().keys, "audit"), event("account-enable"), name=name)
    output.say(_("Akun {name} aktif kembali."), name=name)


def event(action: str) -> Event:
    return Event(action=action, decision="allowed", account=operator(), address="cli")


def codes(text: str) -> list[str]:
    """Province codes from a comma-separated text."""
    return [code.strip() for code in text.split(",") if code.strip()]
