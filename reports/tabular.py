"""A protected result as a table of text, as it stands on the screen: labels, locale numbers, "<10" and "–"."""

import polars as pl

from data_access.access.result import Axis, Protected, State
from data_access.words import mark as _
from data_access.words import number, short_day, text

SIGNS = {State.SUPPRESSED.value: "<10", State.UNAVAILABLE.value: "–"}


def shown(value: int | None, state: str, language: str) -> str:
    """One cell as text. The three states look different: a number, "<10", "–". The state decides, not the value."""
    return SIGNS[state] if value is None or state in SIGNS else number(value, language)


def tidy(result: Protected, language: str) -> pl.DataFrame:
    """One row per period and combination: labels of the axes and the value as text."""
    frame = _labelled(result, language)
    heads = [_date_head(language), *(axis.label.text(language) for axis in result.axes)]
    value = text(_("Jumlah"), language)
    return frame.rename(dict(zip(frame.columns, [*heads, value], strict=True)))


def crossed(result: Protected, columns: str, language: str) -> pl.DataFrame:
    """A pivot: the members of the axis `columns` (or the periods, for "periode") side by side, the rest as rows."""
    frame = _labelled(result, language)
    rest = [name for name in frame.columns[:-1] if name != columns]
    wide = (
        frame.pivot(on=columns, index=rest or None, values="nilai", maintain_order=True)
        if rest
        else _flat(frame, columns)
    )
    labels = {axis.level: axis.label.text(language) for axis in result.axes} | {"periode": _date_head(language)}
    heads = {name: labels[name] for name in rest}
    return wide.rename(heads | _apart(wide.columns[len(rest) :], heads, labels[columns]))


def _apart(members: list[str], heads: dict[str, str], axis: str) -> dict[str, str]:
    """New names for members called like a heading beside them: the agency kind "Province" in a table by province."""
    return {name: f"{name} ({axis})" for name in members if name in heads.values()}


def _labelled(result: Protected, language: str) -> pl.DataFrame:
    """The frame with labels for codes and one text column `nilai`."""
    days = {day: short_day(day, language) for day in result.source.periods}
    cells = [shown(value, state, language) for value, state in result.frame.select("nilai", "keadaan").iter_rows()]
    return result.frame.select(
        pl.col("periode").replace_strict(days, return_dtype=pl.String),
        *(pl.col(axis.level).replace_strict(_unique(axis, language), return_dtype=pl.String) for axis in result.axes),
        pl.Series("nilai", cells, dtype=pl.String),
    )


def _unique(axis: Axis, language: str) -> dict[str, str]:
    """Labels of an axis; two members of one name are told apart by their code, so that no column is lost in a pivot."""
    labels = axis.labels(language)
    names = list(labels.values())
    return {code: f"{name} ({code})" if names.count(name) > 1 else name for code, name in labels.items()}


def _flat(frame: pl.DataFrame, columns: str) -> pl.DataFrame:
    return pl.DataFrame({name: [value] for name, value in frame.select(columns, "nilai").iter_rows()})


def _date_head(language: str) -> str:
    return text(_("Tanggal acuan"), language)
