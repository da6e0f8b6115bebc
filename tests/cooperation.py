"""Matters of the agreement as people of both parties open them, through the door that the pages use, in a served world."""

from datetime import date, timedelta
from typing import Any

from data_access.access.registering import open_matter, take_step
from data_access.commands.example_paper import paper
from data_access.governance.agreement import today
from data_access.governance.documents import Attachment
from data_access.governance.registers.book import entries_of
from data_access.governance.registers.catalogue import REGISTERS
from data_access.governance.registers.model import Entry
from data_access.state import engine, utc_now
from tests.world import World

LEADS = {"kesatu": "pimpinan", "kedua": "pimpinan-bkn"}
HOSTILE = (
    "**a** <script>alert(1)</script> :material/verified: [b](https://jahat.example) www.jahat.example {{ 7*7 }} {% x %}"
)


PAPER = paper()


def letter(name: str = "surat.pdf") -> Attachment:
    return Attachment(name, PAPER)


def half_year_over(day: date) -> dict[str, Any]:
    """The latest half-year that is over on the day."""
    return {"year": day.year - 1, "half": "2"} if day.month <= 6 else {"year": day.year, "half": "1"}


def examples(words: str = "Hal yang wajar saja") -> dict[str, tuple[str, dict[str, Any]]]:
    """For each register an account that may open a matter of it, and facts that are taken; `words` where words are typed."""
    day, now = today(), utc_now()
    early = now - timedelta(hours=2)
    return {
        "perpanjangan": ("pimpinan", {"document": words, "first": day, "last": day, "note": words}),
        "penghentian": ("pimpinan", {"number": words, "sent": day, "wished": day + timedelta(200), "note": words}),
        "adendum": ("pimpinan-bkn", _opens() | {"number": words, "first": day, "party": "kesatu", "version": "1.1"}),
        "tim": ("pimpinan-bkn", {"person": words, "party": "kesatu", "decree": words, "first": day, "last": day}),
        "perselisihan": ("tim-teknis", {"subject": words, "article": words, "position": words}),
        "permintaan": ("analis", _opens() | {"number": words, "dated": day, "purpose": words}),
        "pengungkapan": ("analis", {"recipient": words, "what": words, "ground": "a", "purpose": words}),
        "pendampingan": ("analis", {"subject": words, "question": words}),
        "evaluasi": ("tim-teknis", half_year_over(day)),
        "koordinasi": ("tim-teknis", {"subject": words, "held": day, "present": words, "minutes": words}),
        "keputusan": ("tim-teknis", {"what": words, "party": "kedua", "person": words, "by": day}),
        "surat": ("tim-teknis", {"number": words, "subject": words, "dated": day, "way": "surel"}),
        "alamat": ("teknis-bkn", {"address": words, "email": words, "notified": day, "effective": day + timedelta(60)}),
        "insiden": ("tim-teknis", {"subject": words, "discovered": now, "since": early, "what": words}),
        "kahar": (
            "pimpinan-bkn",
            {"kind": "banjir", "occurred": day, "notified": day, "duties": words, "grants": "tetap"},
        ),
    }


def _opens() -> dict[str, Any]:
    return {"dataset": "pegawai", "levels": ["kelompok_masa_kerja"]}


def opened(world: World, register: str, *, words: str = "Hal yang wajar saja", **changes: Any) -> int:
    """The number of a new matter of the register, its document attached where there may be one."""
    account, facts = examples(words)[register]
    attached = None if REGISTERS[register].opening.document == "none" else letter()
    return open_matter(world.viewer(account), register, facts | changes, attached)


def taken(world: World, account: str, number: int, action: str, **facts: Any) -> Entry:
    """The matter after the step of that account, its document attached where one must be."""
    viewer = world.viewer(account)
    register = REGISTERS[next(e.register for e in entries_of(engine(viewer.state), tuple(REGISTERS)) if e.id == number)]
    attached = letter() if register.every(action).document == "must" else None
    return take_step(viewer, number, action, facts, attached)
