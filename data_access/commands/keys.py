"""keys, keys rotate: makes the secret keys that are missing, finishes what a kill left open, replaces a key by a new one."""

from typing import Annotated

import typer

from data_access.commands import output
from data_access.commands.users import event
from data_access.governance import key_rotation
from data_access.keys import EVERYWHERE, OWNERS, make_keys
from data_access.owner import OwnerSettings, owner
from data_access.state import engine, upgrade
from data_access.words import mark as _

app = typer.Typer(help="Buat kunci rahasia yang belum ada; ganti kunci.", invoke_without_command=True)


@app.callback()
def keys(context: typer.Context) -> None:
    """Buat kunci rahasia yang belum ada; selesaikan penggantian yang terputus."""
    if context.invoked_subcommand is None:
        made = all_keys(owner())
        output.say(_("Kunci dibuat: {names}."), names=", ".join(made) or "–")
        if left := key_rotation.unfinished(owner().keys):
            key_rotation.finish(engine(owner().state), owner().keys)
            output.say(_("Penggantian kunci yang terputus telah dibereskan: {names}."), names=", ".join(left))


@app.command("rotate")
def rotate(name: Annotated[str, typer.Argument(help="cookie, audit, atau manifest")]) -> None:
    """Ganti sebuah kunci; yang lama tetap disimpan bila tanda tangannya masih harus dapat diperiksa."""
    state = engine(owner().state)
    upgrade(state)
    mark = key_rotation.rotate(state, owner().keys, name, event("key-rotate"))
    output.say(_("Kunci {name} telah diganti; sidik kunci baru {mark}."), name=name, mark=mark)


def all_keys(chosen: OwnerSettings) -> list[str]:
    """Makes what is missing; the record key lies on the owner's side alone."""
    return [*make_keys(chosen.owner_keys, OWNERS), *make_keys(chosen.keys, EVERYWHERE)]
