"""The whole aggregation: reads every export, drops persons that come twice, sums cells, writes the delivery, or refuses."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data_access.errors import AsnError, Rejected
from data_access.intake.microdata import summing
from data_access.intake.microdata.codes import dataset, source_codes
from data_access.intake.microdata.derive import derive
from data_access.intake.microdata.export import Export, blocks, opened
from data_access.intake.microdata.persons import INDICATORS, RULES, Outcome, Persons
from data_access.intake.microdata.places import read_reference
from data_access.intake.microdata.reference import Reference, reference
from data_access.intake.microdata.writing import free, sweep, write_delivery, write_listing
from data_access.words import mark as _

READ_SHARE = 0.95  # of the time goes into reading
Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Task:
    """What to aggregate. `active` are codes of kedudukan hukum, `places` the owner's CSV of ids, `most_aside` a share."""

    files: tuple[Path, ...]
    day: date
    out: Path
    active: tuple[str, ...] = ()
    places: Path | None = None
    most_aside: float = 0.001
    example: bool = False

    @property
    def listing(self) -> Path:
        """The list of rows that were set aside lies beside the delivery, so that it is never sent along."""
        return self.out.with_name(f"{self.out.name}.disisihkan.csv")


def aggregate(task: Task, secret: bytes, progress: Progress = lambda _step, _share: None) -> Outcome:
    """Writes the delivery `task.out`, or raises Rejected and writes nothing but the list of rows that were set aside.

    `secret` is the record key. No error of the libraries below leaves this function: their texts may quote what they
    stumbled over.
    """
    try:
        return _aggregate(task, secret, progress)
    except AsnError:
        raise
    except Exception as error:
        template = _("Agregasi berhenti karena kesalahan tak terduga ({kind}); tidak ada yang ditulis.")
        raise Rejected("aggregate-failed", template, kind=type(error).__name__) from None


def _aggregate(task: Task, secret: bytes, progress: Progress) -> Outcome:
    active = task.active or source_codes().default_active
    unknown = [code for code in active if code not in source_codes().legal_positions]
    if unknown:
        raise Rejected("active-unknown", _("Kode kedudukan hukum tidak dikenal: {codes}."), codes=", ".join(unknown))
    free(task.out)
    sweep(task.out.parent)
    known = reference(task.day, active, read_reference(task.places) if task.places else {})
    parts = list(_read([opened(file) for file in task.files], known, secret, progress))
    if not any(part.active for part in parts):
        raise _nobody()
    progress(_("Mencari NIP ganda"), READ_SHARE)
    first = summing.first_seen(parts)
    listing = summing.listing(parts, first)
    write_listing(task.listing, listing)
    people, counted = int(first.sum()), sum(part.active for part in parts)
    _check(task, people=people, aside=listing.height, active=counted)
    progress(_("Menulis kiriman"), READ_SHARE)
    cube, found = summing.cube(parts, first), summing.counted(parts, first)
    claims = {"reference_date": task.day, "active": sentence(active), "total": people, "example": task.example}
    write_delivery(task.out, cube, summing.quality(found), claims)
    rules = dict(listing["aturan"].value_counts().iter_rows())
    return Outcome(
        folder=task.out,
        listing=task.listing,
        rows=sum(part.rows for part in parts),
        active=counted,
        aside={key: rules[key] for key, _words in RULES.values() if key in rules},
        persons=people,
        cells=cube.height,
        findings=dict(zip(INDICATORS, found.national, strict=True)),
    )


def sentence(active: tuple[str, ...]) -> str:
    """What counts as active, for the manifest: the contract's own sentence, or the codes that were chosen instead."""
    if set(active) == set(source_codes().default_active):
        return dataset().active.id
    names = source_codes().legal_positions
    chosen = ", ".join(f"{code} {names[code]}" for code in names if code in active)
    return f"ASN dengan kedudukan hukum {chosen} pada tanggal acuan."


def _read(exports: list[Export], known: Reference, secret: bytes, progress: Progress) -> Iterator[Persons]:
    """The persons of every export, block by block."""
    whole, done = sum(export.size for export in exports), 0
    for export in exports:
        for block in blocks(export):
            yield derive(block, known, secret)
            done += block.size
            progress(_("Membaca ekspor"), READ_SHARE * done / whole)


def _check(task: Task, *, people: int, aside: int, active: int) -> None:
    """Too many rows that cannot be placed are refused: the cube would be short of them without anybody knowing."""
    if aside > task.most_aside * active:
        template = _(
            "Terlalu banyak baris yang tidak dapat digolongkan: {aside} dari {active} ({share:.2%}), batasnya {limit:.2%}."
            " Lihat {listing}."
        )
        facts = {"share": aside / active, "limit": task.most_aside, "listing": task.listing.name}
        raise Rejected("too-many-aside", template, aside=aside, active=active, **facts)
    if not people:
        raise _nobody()


def _nobody() -> Rejected:
    return Rejected("nobody", _("Tidak ada ASN aktif di berkas ini; tidak ada kiriman yang ditulis."))
