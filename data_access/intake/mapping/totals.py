"""Total and subtotal rows, and columns of totals: recognised by their words, held against what they add up, and not loaded."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import polars as pl

from data_access.intake.findings import LISTED, ROW, VALUE, Finding, more
from data_access.intake.labels import normal
from data_access.words import mark as _

LIKELY = r"(?i)jumlah|total"
TOTAL = re.compile(r"(?:sub[ -]?)?(?:grand )?(?:jumlah|total)\b.*")


def total_rows(cells: pl.DataFrame, columns: Sequence[str]) -> pl.Series:
    """Which rows have a word for a total in one of the columns that hold labels."""
    found = pl.repeat(False, cells.height, eager=True)
    for column in columns:
        likely = cells[column].filter(cells[column].str.contains(LIKELY)).unique()
        words = [text for text in likely.to_list() if TOTAL.fullmatch(normal(text))]
        if words:
            found |= cells[column].is_in(words).fill_null(value=False)
    return found


def differing(cells: pl.DataFrame, totals: pl.Series, numbers: pl.Series, texts: pl.Series) -> Iterator[Finding]:
    """Total rows whose number is neither the sum of all rows above nor that of the rows since an earlier total."""
    loaded = numbers.set(totals, 0).fill_null(0).cum_sum()
    seen = {0}
    marked = pl.DataFrame({ROW: cells[ROW], "found": loaded, "claimed": numbers, VALUE: texts}).filter(totals)
    wrong = []
    for above, claimed, text in marked.select("found", "claimed", VALUE).iter_rows():
        wrong.append(text is not None and (claimed is None or above - claimed not in seen))
        seen.add(above)
    odd = marked.filter(pl.Series(wrong, dtype=pl.Boolean))
    template = _("Baris jumlah menyebut {claimed}, baris di atasnya berjumlah {found}. Periksa baris yang hilang.")
    yield from _told(odd, Finding("error", "total-row-differs", template))


def differing_across(cells: pl.DataFrame, added: pl.Series, claimed: pl.Series, texts: pl.Series) -> Iterator[Finding]:
    """Rows whose total is not the sum of the columns that it stands for; an empty total claims nothing."""
    marked = pl.DataFrame({ROW: cells[ROW], "found": added, "claimed": claimed, VALUE: texts})
    odd = marked.filter(
        pl.col(VALUE).str.strip_chars().fill_null("").is_in(["", "-"]).not_()
        & pl.col("claimed").ne_missing(pl.col("found"))
    )
    template = _("Kolom jumlah menyebut {claimed}, rinciannya berjumlah {found}. Periksa baris ini.")
    yield from _told(odd, Finding("error", "total-column-differs", template))


def _told(odd: pl.DataFrame, alike: Finding) -> Iterator[Finding]:
    """A finding for each row of `baris`, `found`, `claimed` (null where `nilai` is no number) and `nilai`."""
    for row, above, claimed, text in odd.head(LISTED).select(ROW, "found", "claimed", VALUE).iter_rows():
        facts: dict[str, object] = {"claimed": text if claimed is None else claimed, "found": above}
        yield replace(alike, facts=facts, row=row, value=text)
    beyond = odd.with_columns(pl.coalesce(pl.col("claimed").cast(pl.String), VALUE).alias("claimed"))
    yield from more(beyond, replace(alike, facts={"claimed": "", "found": 0}))


def counted(count: int, first: int) -> Finding:
    """A note on total rows that were left out."""
    template = _("{count} baris jumlah dikenali, dicocokkan, dan tidak dimuat.")
    return Finding("info", "total-row", template, {"count": count}, row=first)
