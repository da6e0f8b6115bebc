"""Builds made-up deliveries and a whole made-up world: keys, state, agreement, accounts and published snapshots.

Persons are drawn one by one, so that every cell can be counted again from them; all data goes through the production intake.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl
from sqlalchemy import update

from data_access.access import registering
from data_access.access.gateway import Gateway
from data_access.access.viewer import Viewer, viewer_named
from data_access.commands.example_paper import paper
from data_access.contract import Dataset, Party, contract
from data_access.folders import private_folder
from data_access.governance import accounts, statements
from data_access.governance.agreement import EXAMPLE
from data_access.governance.audit import Event
from data_access.governance.documents import Attachment
from data_access.governance.registers.book import Actor
from data_access.governance.registers.model import Right
from data_access.intake.manifest import Manifest, sha256, write_manifest
from data_access.keys import key, make_keys
from data_access.owner import OwnerSettings
from data_access.release.publish import publish
from data_access.settings import Settings
from data_access.state import engine, upgrade, utc_now, writing
from data_access.state.tables import account

FILE = "pegawai.parquet"
STATE, UNASKED = "state.db", "kiriman/state.db"
PASSWORD = "tujuh gajah ungu"
CHEAP = 4
EARLY, MIDDLE, LATE = date(2022, 6, 30), date(2023, 6, 30), date(2025, 6, 30)
ASKING = ("pimpinan", "analis", "tim_data", "tim_teknis")
OWN, FOREIGN = ("33", "34"), "12"

# name -> role, party, provinces
ACCOUNTS: dict[str, tuple[str, str, tuple[str, ...] | None]] = {
    "pimpinan": ("pimpinan", "kesatu", None),
    "analis": ("analis", "kesatu", None),
    "wilayah": ("analis_wilayah", "kesatu", OWN),
    "tim-data": ("tim_data", "kedua", None),
    "tim-teknis": ("tim_teknis", "kesatu", None),
    "pemilik": ("analis", "kedua", None),
    "pimpinan-bkn": ("pimpinan", "kedua", None),
    "teknis-bkn": ("tim_teknis", "kedua", None),
    "pengelola": ("admin", "kedua", None),
    "tanpa-wilayah": ("analis_wilayah", "kesatu", None),
    "salah-wilayah": ("analis_wilayah", "kesatu", ("00", "Jawa Tengah")),
}
NATIONWIDE = ("pimpinan", "analis", "tim-data", "tim-teknis", "pemilik")

DECREE = {"first": date(2022, 2, 9), "last": date(2099, 12, 31)}

Indices = npt.NDArray[np.int64]


def dataset() -> Dataset:
    return contract().datasets["pegawai"]


def delivered() -> list[str]:
    return [level.name for level in dataset().delivered]


def persons(size: int, *, day: date, seed: int = 1, first: int = 0) -> pl.DataFrame:
    """`size` made-up persons numbered from `first`: `nomor`, their secret record key `kunci`, and every delivered level."""
    draw = np.random.default_rng([seed, first])
    status = draw.choice(["PNS", "CPNS", "PPPK", "PPPK-PW"], size, p=[0.62, 0.06, 0.27, 0.05])
    jenjang = _jenjang(draw, status)
    age = np.clip(draw.normal(42, 10, size).astype(int), 18, 67)
    columns = {
        "nomor": np.arange(first, first + size),
        "kunci": record_keys(size, seed=seed, first=first),
        "status": status,
        **_place(draw, size, day),
        "jenis_kelamin": draw.choice(["L", "P"], size, p=[0.44, 0.56]),
        "umur_5": _banded(age, [20, 25, 30, 35, 40, 45, 50, 55, 60, 65], "umur_5"),
        "generasi": _banded(-(2025 - age), [-1995, -1977, -1965], "generasi", backwards=True),
        "masa_kerja": _banded(
            np.clip(age - 22 - draw.integers(0, 8, size), 0, 40), [5, 10, 15, 20, 25, 30], "masa_kerja"
        ),
        "pendidikan": draw.choice(list(dataset().levels["pendidikan"].by_code), size, p=_falling(13, 1.5)[::-1]),
        "golongan_ruang": _golongan(draw, status),
        "jenjang": jenjang,
        "kelompok_jabatan": _kelompok(draw, jenjang),
        "tahun_bup": np.clip(2025 + 58 - age, 2022, 2070).astype(str),
    }
    return pl.DataFrame(columns).select("nomor", "kunci", *delivered())


def record_keys(size: int, *, seed: int = 1, first: int = 0) -> Indices:
    """Uniform on [0, 2**32), always the same for the same person, as the data holder would compute them."""
    drawn = np.random.default_rng([seed, 7]).integers(0, 1 << 32, first + size, dtype=np.int64)
    return drawn[first:]


def cube(people: pl.DataFrame, *, keys: bool = True) -> pl.DataFrame:
    """One row per cell: delivered levels, `jumlah`, and the sum of record keys if wanted."""
    sums = [pl.len().cast(pl.Int64).alias("jumlah"), *([pl.col("kunci").sum()] if keys else [])]
    return people.group_by(delivered(), maintain_order=True).agg(sums)


def deliver(
    folder: Path, frame: pl.DataFrame, day: date, *, file: str = FILE, total: int | None = None, **claims: object
) -> Path:
    """A canonical delivery of `frame` in `folder`; `claims` replace what the manifest should say."""
    private_folder(folder)
    if file.endswith(".csv"):
        frame.write_csv(folder / file)
    else:
        frame.write_parquet(folder / file)
    honest: dict[str, object] = {
        "dataset": "pegawai",
        "reference_date": day,
        "owner": "kedua",
        "contract": dataset().version,
        "active": "ASN aktif (data buatan untuk pengujian)",
        "rows": frame.height,
        "total": int(frame["jumlah"].sum()) if total is None else total,
        "example": True,
        "files": {file: sha256(folder / file)},
    }
    write_manifest(folder, Manifest.model_validate(honest | claims))
    return folder


@dataclass(frozen=True)
class World:
    """A made-up installation. `people` holds the persons behind each published snapshot: the truth nobody may see."""

    settings: OwnerSettings
    people: Mapping[date, pl.DataFrame]

    def viewer(self, name: str) -> Viewer:
        return viewer_named(name, self.settings)

    def gateway(self, **changes: object) -> Gateway:
        """A gateway as after a restart: no reader, no cached answer."""
        return Gateway(self.settings.model_copy(update=changes))

    @property
    def audit_key(self) -> bytes:
        return key(self.settings.keys, "audit")


def empty_world(folder: Path) -> World:
    """Keys, state, agreement and an account for every role, with a password of its own; nothing is published yet.

    No role must have a second factor here: tests of it say so.
    """
    settings = OwnerSettings(var=private_folder(folder), second_factor="off")
    make_keys(settings.keys)
    upgrade(engine(settings.state))
    shutil.copy(EXAMPLE, settings.agreement)
    for name, (role, party, provinces) in ACCOUNTS.items():
        accounts.add(
            engine(settings.state),
            key(settings.keys, "audit"),
            Event(action="account-add", decision="allowed", account="uji"),
            name=name,
            full_name=name.title(),
            role=role,
            party="kesatu" if party == "kesatu" else "kedua",
            provinces=provinces,
            password=PASSWORD,
            cost=CHEAP,
        )
        pledge(settings, name)
    own_passwords(settings)
    _team(settings)
    return World(settings, {})


def own_passwords(settings: Settings) -> None:
    """Every account has replaced its one-time password (by the same words, so that tests need not know which)."""
    with writing(engine(settings.state)) as connection:
        connection.execute(update(account).values(password_changed_at=utc_now()))


def pledge(settings: Settings, name: str) -> None:
    """The account accepts the confidentiality statement, without which nobody sees data."""
    event = Event(action="statement-accept", decision="allowed", account=name)
    statements.accept(engine(settings.state), key(settings.keys, "audit"), event, statements.statement())


def _team(settings: OwnerSettings) -> None:
    """Whoever has the role of the technical team is a member by decree."""
    member = registering.book(settings)
    for name, (role, party, _provinces) in ACCOUNTS.items():
        if role == "tim_teknis":
            facts = {"person": name, "account": name, "party": party, "decree": "1/TIM/2022"} | DECREE
            member.open(lead("kedua"), "tim", facts, Attachment("keputusan.pdf", paper()))


def lead(party: Party, right: Right = "decide") -> Actor:
    """Somebody who decides in the name of a party, behind the application's back."""
    account = f"pimpinan-{party}"
    return Actor(account, party, right, Event(action="register-step", decision="allowed", account=account, party=party))


def published_world(folder: Path, people: Mapping[date, pl.DataFrame]) -> World:
    """An `empty_world` with one snapshot published for each date, in the order given."""
    made = World(empty_world(folder).settings, people)
    for day, rows in people.items():
        publish([deliver(folder / "kiriman" / day.isoformat(), cube(rows), day)], by="uji", settings=made.settings)
    engine(made.settings.state).dispose()
    shutil.copy(folder / STATE, folder / UNASKED)
    return made


def copied(world: World, folder: Path) -> World:
    """A copy that a test may damage. Of a `published_world` it knows nothing of what other tests have asked since."""
    engine(world.settings.state).dispose()
    shutil.copytree(world.settings.var, folder, ignore=shutil.ignore_patterns("kiriman"))
    if (unasked := world.settings.var / UNASKED).exists():
        for written in folder.glob(f"{STATE}*"):
            written.unlink()
        shutil.copy(unasked, folder / STATE)
    return World(OwnerSettings(var=folder, second_factor="off"), world.people)


def moved_on(
    people: pl.DataFrame, *, day: date, leave: float = 0.03, join: float = 0.04, seed: int = 1
) -> pl.DataFrame:
    """The persons of a later snapshot: some left, some joined, all others are unchanged."""
    draw = np.random.default_rng([seed, day.toordinal()])
    stay = people.filter(pl.Series(draw.random(people.height) >= leave))
    first = int(people["nomor"].to_numpy().max()) + 1
    return pl.concat([stay, persons(int(people.height * join), day=day, seed=seed, first=first)])


def _place(draw: np.random.Generator, size: int, day: date) -> dict[str, npt.NDArray[np.str_]]:
    """An agency for each person and its province; central agencies work in every province."""
    codes, places, weights = _agencies(day)
    agency = draw.choice(len(codes), size, p=weights)
    valid = [code.code for code in dataset().levels["provinsi"].codes if code.valid_on(day)]
    anywhere = draw.choice(valid, size, p=_falling(len(valid), 1.08))
    own = np.array(places)[agency]
    return {"instansi": np.array(codes)[agency], "provinsi": np.where(own == "", anywhere, own)}


@lru_cache(maxsize=4)
def _agencies(day: date) -> tuple[list[str], list[str], npt.NDArray[np.float64]]:
    """Every third agency valid on the day, its province ("" for central ones) and how likely a person is in it."""
    late = [code.code for code in dataset().levels["provinsi"].codes if not code.valid_on(day)]
    valid = [
        c for c in dataset().levels["instansi"].codes if c.valid_on(day) and c.attributes.get("provinsi") not in late
    ]
    chosen = [c for i, c in enumerate(valid) if i % 3 == 0 or c.attributes.get("provinsi") in (*OWN, "93", "96")]
    places = [c.attributes.get("provinsi", "") for c in chosen]
    weights = np.array([4.0 if not place else 2.0 if place in OWN else 1.0 for place in places])
    return [c.code for c in chosen], places, weights / weights.sum()


def _jenjang(draw: np.random.Generator, status: npt.NDArray[np.str_]) -> npt.NDArray[np.str_]:
    every = list(dataset().levels["jenjang"].by_code)
    lowly = [c for c, kind in dataset().mapping("jenjang", "sifat_jabatan").items() if kind == "non-manajerial"]
    any_of = draw.choice(every, len(status), p=_rising(every))
    none_of = draw.choice(lowly, len(status), p=_rising(lowly))
    return np.where(np.isin(status, ["CPNS", "PPPK-PW"]), none_of, any_of)


def _rising(jenjang: list[str]) -> npt.NDArray[np.float64]:
    common = {"pelaksana": 9.0, "ahli_pertama": 6.0, "ahli_muda": 5.0, "pengawas": 2.0, "terampil": 2.0}
    weights = np.array([common.get(name, 0.6 if not name.startswith("jpt") else 0.1) for name in jenjang])
    return np.asarray(weights / weights.sum())


def _kelompok(draw: np.random.Generator, jenjang: npt.NDArray[np.str_]) -> npt.NDArray[np.str_]:
    kinds = dataset().mapping("jenjang", "jenis_jabatan")
    functional = np.array([kinds[name] == "fungsional" for name in jenjang])
    lecturers = np.isin(jenjang, ["asisten_ahli", "lektor", "lektor_kepala", "guru_besar"])
    others = draw.choice(["guru", "nakes", "teknis", "penyuluh"], len(jenjang), p=[0.5, 0.2, 0.25, 0.05])
    return np.where(lecturers, "dosen", np.where(functional, others, "lainnya"))


def _golongan(draw: np.random.Generator, status: npt.NDArray[np.str_]) -> npt.NDArray[np.str_]:
    above = dataset().mapping("golongan_ruang", "golongan")
    civil = [code for code, group in above.items() if group != "PPPK"]
    contracted = [code for code, group in above.items() if group == "PPPK"]
    weights = np.array([1, 1, 1, 1, 3, 3, 5, 6, 12, 12, 10, 9, 7, 4, 2, 1, 0.2])
    ranks = draw.choice(civil, len(status), p=weights / weights.sum())
    grades = draw.choice(contracted, len(status), p=np.roll(_falling(17, 1.4), 6))
    return np.where(np.isin(status, ["PNS", "CPNS"]), ranks, grades)


def _falling(size: int, ratio: float) -> npt.NDArray[np.float64]:
    weights = ratio ** -np.arange(size, dtype=np.float64)
    return np.asarray(weights / weights.sum())


def _banded(values: Indices, edges: list[int], level: str, *, backwards: bool = False) -> npt.NDArray[np.str_]:
    codes = list(dataset().levels[level].by_code)
    place = np.searchsorted(edges, values)
    return np.array(codes[::-1] if backwards else codes)[place]
