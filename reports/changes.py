"""The comparison of two official results in words and as a table of text."""

from collections.abc import Sequence

import polars as pl

from charts.change_rows import GONE, NEW, ChangeRow
from charts.changes import signed
from data_access.access import measures
from data_access.access.result import Protected
from data_access.words import inside, number, short_day, text
from data_access.words import mark as _

MISSING = "–"
REMARKS = {NEW: _("baru"), GONE: _("hilang"), "": ""}


def summary(before: Protected, after: Protected, rows: Sequence[ChangeRow], language: str) -> str:
    """One or two sentences: how the total changed, and how many codes with it."""
    was, now = (measures.total(result, result.source.periods[0]) or 0 for result in (before, after))
    changed = [row for row in rows if row.persons]
    axis, unit = inside(after.axes[0].label.text(language)), after.source.unit.text(language)
    facts = {"was": number(was, language), "now": number(now, language), "unit": unit}
    if not changed:
        template = _("Tidak ada perbedaan pada angka resmi: {now} {unit} pada kedua rilis, juga menurut {axis}.")
        return text(template, language, axis=axis, **facts)
    counts = {"changed": len(changed), "all": len(rows), "axis": axis}
    if was == now:
        template = _("Total tetap {now} {unit}, tetapi {changed} dari {all} kode {axis} berubah.")
        return text(template, language, **facts, **counts)
    first = text(
        _("Total berubah dari {was} menjadi {now} {unit} ({difference})."),
        language,
        difference=_difference(was, now, language),
        **facts,
    )
    return f"{first} {text(_('{changed} dari {all} kode {axis} berubah.'), language, **counts)}"


def table(before: Protected, after: Protected, rows: Sequence[ChangeRow], language: str) -> pl.DataFrame:
    """One row per code in the order of `rows`: name, the change in persons and per cent, both values, a remark, the code."""
    columns = {
        after.axes[0].label.text(language): [row.name for row in rows],
        text(_("Perubahan"), language): [signed(row.persons, language) for row in rows],
        text(_("Perubahan (%)"), language): [_percent(row.share, language) for row in rows],
        _head(before, language): [_value(row.before, language) for row in rows],
        _head(after, language): [_value(row.after, language) for row in rows],
        text(_("Keterangan"), language): [text(REMARKS[row.kind], language) if row.kind else "" for row in rows],
        text(_("Kode"), language): [row.code for row in rows],
    }
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))


def _difference(was: int, now: int, language: str) -> str:
    change = measures.change(now, was)
    persons = signed(now - was, language)
    return f"{persons}, {_percent(change.share, language)}%" if change and change.share is not None else persons


def _head(result: Protected, language: str) -> str:
    day = short_day(result.source.periods[0], language)
    return text(_("Rilis {release}, {day}"), language, release=result.source.release, day=day)


def _value(value: int | None, language: str) -> str:
    return MISSING if value is None else number(value, language)


def _percent(share: float | None, language: str) -> str:
    """A signed share with two decimals, for corrections are small; "–" where the base is too small."""
    if share is None:
        return MISSING
    sign = "+" if share > 0 else "−" if share < 0 else ""
    return sign + number(abs(share) * 100, language, decimals=2)
