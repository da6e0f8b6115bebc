"""Made-up movements between two snapshots of a world: who joined, who left, and some who changed the agency."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from data_access.contract import contract
from data_access.release.publish import publish
from tests.world import World, deliver

LEAVING = ("pensiun_bup", "pensiun_dini", "meninggal", "berhenti", "pemberhentian")
MOVING = 20  # one in so many of those who stay


def moves(before: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """One row for each event, with the person's properties: appointments of CPNS and PPPK, departures, transfers."""
    joined = now.join(before, on="nomor", how="anti").filter(pl.col("status").is_in(["CPNS", "PPPK"]))
    left = before.join(now, on="nomor", how="anti").filter(pl.col("status") == "PNS")
    stayed = now.join(before, on="nomor", how="semi").filter(pl.col("nomor") % MOVING == 0, pl.col("status") == "PNS")
    way = pl.col("nomor") % len(LEAVING)
    return pl.concat(
        [
            joined.with_columns(pl.col("status").str.to_lowercase().alias("peristiwa")),
            left.with_columns(way.replace_strict(dict(enumerate(LEAVING)), return_dtype=pl.String).alias("peristiwa")),
            stayed.with_columns(pl.lit("mutasi_keluar").alias("peristiwa")),
            stayed.with_columns(pl.lit("mutasi_masuk").alias("peristiwa")),
        ]
    )


def publish_moves(world: World, folder: Path, since: date, day: date) -> pl.DataFrame:
    """Publishes the movements of the period as a further snapshot of the world; the events that were delivered."""
    events = moves(world.people[since], world.people[day])
    publish([lay_down(folder, events, since, day)], by="uji", settings=world.settings)
    return events


def lay_down(folder: Path, events: pl.DataFrame, since: date | None, day: date, **claims: Any) -> Path:
    """A delivery of these events with its manifest, in which claims may be replaced."""
    described = contract().datasets["arus"]
    levels = [level.name for level in described.delivered]
    cells = events.group_by(levels, maintain_order=True).agg(
        pl.len().cast(pl.Int64).alias("jumlah"), pl.col("kunci").sum()
    )
    named = {"file": "arus.parquet", "dataset": "arus", "contract": described.version, "active": "arus buatan"}
    return deliver(folder, cells, day, **(named | {"since": since} | claims))
