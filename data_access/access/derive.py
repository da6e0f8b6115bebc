"""Answers made of answers: shares, changes, differences, means and rates, cell by cell, from displayed values and nothing else.

Every function takes what `ask` returned and gives a `Protected` of another measure. A value is blank where a part of it is
not shown, or where its base is smaller than the disclosure policy wants.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

import polars as pl

from data_access.access.measures import LEFT_OUT
from data_access.access.result import Kind, Measure, Protected, State
from data_access.contract import Label, contract
from data_access.release.policy import POLICY

SHARE = Measure(Kind.SHARE, Label(id="Pangsa", en="Share"))
CHANGE = Measure(Kind.CHANGE, Label(id="Perubahan", en="Change"))
GROWTH = Measure(Kind.GROWTH, Label(id="Pertumbuhan", en="Growth"))
NET = Measure(Kind.CHANGE, Label(id="Selisih", en="Net"))
MEAN = Measure(Kind.YEARS, Label(id="Rata-rata", en="Mean"))
SCORE = Measure(Kind.SCORE, Label(id="Nilai rata-rata", en="Mean score"))
RATE = Measure(Kind.RATE, Label(id="Per 1.000 penduduk", en="Per 1,000 inhabitants"))
VALUE, STATE, BASE = "nilai", "keadaan", "dasar"
SHOWN_VALUE = pl.when(pl.col(STATE) == State.SHOWN).then(pl.col(VALUE))


def share_of(parts: Protected, whole: Protected, *, label: Label = SHARE.label) -> Protected:
    """Each cell of `parts` as a share (0..1) of the cell of `whole` that it lies in.

    The axes of `whole` are some of those of `parts` (none: the total), each with its own protected cell.
    """
    joined = _beside(parts, whole)
    # Rounding to fives may lift a part above its whole.
    share = (pl.col(VALUE) / pl.col("other")).clip(0.0, 1.0)
    usable = _both_shown() & (pl.col("other") > 0)
    return _made(parts, joined, value=share, base=pl.col("other"), usable=usable, measure=replace(SHARE, label=label))


def part_share(result: Protected, level: str, codes: Collection[str], *, label: Label = SHARE.label) -> Protected:
    """The share (0..1) of `codes` among all members of the axis `level`, which goes: the women among all, for instance."""
    part = SHOWN_VALUE.filter(pl.col(level).is_in(list(codes))).sum()
    grouped = _grouped(result, level, part=part, base=SHOWN_VALUE.sum())
    usable = (pl.col(STATE) == State.SHOWN) & (pl.col(BASE) > 0)
    share = (pl.col("part") / pl.col(BASE)).clip(0.0, 1.0)
    return _dropped(result, level, grouped, value=share, usable=usable, measure=replace(SHARE, label=label))


def mean(result: Protected, level: str, *, label: Label = MEAN.label) -> Protected:
    """The mean of the banded axis `level` by band mid-points, in years; the axis goes.

    Suppressed bands are left out as long as all of them together can hold at most a hundredth of those shown.
    """
    bands = contract().datasets[result.source.dataset].levels[level].codes
    midpoints = {band.code: band.midpoint for band in bands if band.midpoint is not None}
    middle = pl.col(level).replace_strict(midpoints, return_dtype=pl.Float64)
    hidden = (pl.col(STATE) == State.SUPPRESSED).sum() * (POLICY.threshold - 1)
    grouped = _grouped(result, level, part=(SHOWN_VALUE * middle).sum(), base=SHOWN_VALUE.sum(), hidden=hidden)
    usable = (pl.col(BASE) >= POLICY.mean_base) & (pl.col("hidden") <= pl.col(BASE) * LEFT_OUT)
    value = pl.col("part") / pl.col(BASE)
    return _dropped(result, level, grouped, value=value, usable=usable, measure=replace(MEAN, label=label))


def change(result: Protected, now: date, before: date, *, label: Label = CHANGE.label) -> Protected:
    """The difference of each cell between two reference dates, in persons, as one period: `now`."""
    joined = _against(result, now, before)
    value = pl.col(VALUE) - pl.col("other")
    measure = replace(CHANGE, label=label)
    return _made(result, joined, value=value, base=pl.col("other"), usable=_both_shown(), measure=measure)


def growth(result: Protected, now: date, before: date, *, label: Label = GROWTH.label) -> Protected:
    """As `change`, as a share of the earlier value; not available below the smallest base of the policy."""
    joined = _against(result, now, before)
    usable = _both_shown() & (pl.col("other") >= POLICY.growth_base)
    value = pl.col(VALUE) / pl.col("other") - 1
    measure = replace(GROWTH, label=label)
    return _made(result, joined, value=value, base=pl.col("other"), usable=usable, measure=measure)


def net(
    result: Protected, level: str, plus: Collection[str], minus: Collection[str], *, label: Label = NET.label
) -> Protected:
    """Persons or events of `plus` less those of `minus` on the axis `level`, which goes: what came in less what went out."""
    code = pl.col(level)
    some = replace(result, frame=result.frame.filter(code.is_in([*plus, *minus])))
    difference = SHOWN_VALUE.filter(code.is_in(list(plus))).sum() - SHOWN_VALUE.filter(code.is_in(list(minus))).sum()
    grouped = _grouped(some, level, part=difference, base=pl.lit(None))
    usable = pl.col(STATE) == State.SHOWN
    made = _dropped(some, level, grouped, value=pl.col("part"), usable=usable, measure=replace(NET, label=label))
    return replace(made, cells=result.cells * (len(plus) + len(minus)))


def quotient(
    result: Protected,
    level: str,
    top: str,
    bottom: str,
    *,
    measure: Measure,
    scale: float = 1.0,
    unit: Label | None = None,
) -> Protected:
    """The cell of `top` over that of `bottom` (times `scale`) on the axis `level`, which goes; its base is `bottom`, in `unit`.

    Not available where `bottom` is zero: a mean over no agency, a rate of no post.
    """
    some = replace(result, frame=result.frame.filter(pl.col(level).is_in([top, bottom])))
    value, base = (SHOWN_VALUE.filter(pl.col(level) == code).sum() for code in (top, bottom))
    grouped = _grouped(some, level, part=value, base=base)
    usable = (pl.col(STATE) == State.SHOWN) & (pl.col(BASE) > 0)
    divided = pl.col("part") / (pl.col(BASE) * scale)
    made = _dropped(some, level, grouped, value=divided, usable=usable, measure=measure)
    return replace(made, source=replace(made.source, unit=unit)) if unit else made


def less(result: Protected, level: str, whole: str, part: str, *, label: Label) -> Protected:
    """What is left of the cell of `whole` on the axis `level`, which goes, without that of `part`, which lies in it."""
    some = replace(result, frame=result.frame.filter(pl.col(level).is_in([whole, part])))
    first, second = (SHOWN_VALUE.filter(pl.col(level) == code).sum() for code in (whole, part))
    grouped = _grouped(some, level, part=first - second, base=first)
    usable = pl.col(STATE) == State.SHOWN
    measure = Measure(Kind.PERSONS, label)
    made = _dropped(some, level, grouped, value=pl.col("part"), usable=usable, measure=measure)
    return replace(made, cells=2 * result.cells)


def in_units(result: Protected, unit: Label) -> Protected:
    """The same answer with another word for what it counts, where its question names one of several things."""
    return replace(result, source=replace(result.source, unit=unit))


def only(result: Protected, level: str, codes: Collection[str]) -> Protected:
    """The cells of some members of an axis, as they are: a figure of its own for a part of an answer."""
    axes = tuple(
        replace(axis, members=tuple(m for m in axis.members if axis.level != level or m[0] in codes))
        for axis in result.axes
    )
    return replace(result, frame=result.frame.filter(pl.col(level).is_in(list(codes))), axes=axes)


def per_thousand(
    result: Protected, population: Mapping[str, int], level: str, *, label: Label = RATE.label
) -> Protected:
    """Persons per 1,000 inhabitants of the places of the axis `level`; not available where the population is not known."""
    known = {code: people for code, people in population.items() if people > 0}
    people = pl.col(level).replace_strict(known, default=None, return_dtype=pl.Int64)
    frame = result.frame.with_columns(people.alias("other"), pl.lit(State.SHOWN).alias("other_state"))
    usable = _both_shown() & pl.col("other").is_not_null()
    value = pl.col(VALUE) * 1_000 / pl.col("other")
    return _made(result, frame, value=value, base=pl.col("other"), usable=usable, measure=replace(RATE, label=label))


def _beside(parts: Protected, whole: Protected) -> pl.DataFrame:
    """The cells of `parts` with `other` and `other_state`: the cell of `whole` on the same date and with the same codes."""
    on = ["periode", *(axis.level for axis in whole.axes)]
    other = whole.frame.select(*on, pl.col(VALUE).alias("other"), pl.col(STATE).alias("other_state"))
    return parts.frame.join(other, on=on, how="left", maintain_order="left")


def _against(result: Protected, now: date, before: date) -> pl.DataFrame:
    """As `_beside`, the other cell being the same one at an earlier date."""
    levels = [axis.level for axis in result.axes]
    then = result.frame.filter(pl.col("periode") == before)
    other = then.select(
        pl.lit(now).alias("periode"), *levels, pl.col(VALUE).alias("other"), pl.col(STATE).alias("other_state")
    )
    today = result.frame.filter(pl.col("periode") == now)
    return today.join(other, on=["periode", *levels], how="left", maintain_order="left")


def _both_shown() -> pl.Expr:
    return (pl.col(STATE) == State.SHOWN) & (pl.col("other_state") == State.SHOWN)


def _grouped(
    result: Protected, level: str, *, part: pl.Expr, base: pl.Expr, hidden: pl.Expr | None = None
) -> pl.DataFrame:
    """The cells without the axis `level`, in order: sums of displayed values, and the state of the whole group."""
    states = pl.col(STATE)
    keys = ["periode", *(axis.level for axis in result.axes if axis.level != level)]
    return result.frame.group_by(keys, maintain_order=True).agg(
        part.cast(pl.Float64).alias("part"),
        base.cast(pl.Int64).alias(BASE),
        (pl.lit(0) if hidden is None else hidden).alias("hidden"),
        pl.when((states == State.SUPPRESSED).any())
        .then(pl.lit(State.SUPPRESSED))
        .when((states == State.UNAVAILABLE).all())
        .then(pl.lit(State.UNAVAILABLE))
        .otherwise(pl.lit(State.SHOWN))
        .alias(STATE),
    )


def _dropped(
    result: Protected, level: str, grouped: pl.DataFrame, *, value: pl.Expr, usable: pl.Expr, measure: Measure
) -> Protected:
    keys = ["periode", *(axis.level for axis in result.axes if axis.level != level)]
    frame = grouped.with_columns(pl.lit(State.SHOWN).alias("other_state"))
    axes = tuple(axis for axis in result.axes if axis.level != level)
    columns = _columns(value=value, base=pl.col(BASE), usable=usable)
    return replace(result, frame=frame.select(*keys, *columns), axes=axes, measure=measure)


def _made(
    result: Protected, frame: pl.DataFrame, *, value: pl.Expr, base: pl.Expr, usable: pl.Expr, measure: Measure
) -> Protected:
    keys = ["periode", *(axis.level for axis in result.axes)]
    columns = _columns(value=value, base=base, usable=usable)
    return replace(result, frame=frame.select(*keys, *columns), measure=measure)


def _columns(*, value: pl.Expr, base: pl.Expr, usable: pl.Expr) -> list[pl.Expr]:
    """`nilai`, `keadaan` and `dasar`. A blank is suppressed where a part of it is, else not available."""
    hidden = (pl.col(STATE) == State.SUPPRESSED) | (pl.col("other_state") == State.SUPPRESSED).fill_null(value=False)
    state = pl.when(usable).then(pl.lit(State.SHOWN.value)).when(hidden).then(pl.lit(State.SUPPRESSED.value))
    return [
        pl.when(usable).then(value).cast(pl.Float64).alias(VALUE),
        state.otherwise(pl.lit(State.UNAVAILABLE.value)).alias(STATE),
        pl.when(usable).then(base).cast(pl.Int64).alias(BASE),
    ]
