"""The questions behind a projection, all through the one door: stock, years of BUP, what the past says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np

from data_access.access.result import Protected
from data_access.errors import InvalidQuery, Refused
from data_access.projection import posts as approved_posts
from data_access.projection import rates as estimates
from data_access.projection.base import KINDS, SPAN, YEAR, Base, Floats, base
from data_access.projection.rates import CPNS, EVENT, PPPK, Rates
from data_access.projection.scenario import GROUP
from ui.frame import release
from ui.topics.door import Door
from ui.topics.figures import Asking, tried

FLOWS, JOINING = "arus", (CPNS, PPPK)


@dataclass(frozen=True)
class Start:
    """What projections of one place start from."""

    base: Base
    rates: Rates


def start(door: Door, day: date) -> Start:
    """The base at a date and the rates up to it: by occupational group where the role and the place are admitted to that, else
    of all groups together (a single agency, say). Raises what `ask` and `base` raise.
    """
    by_group = tried(lambda: door(GROUP, YEAR, periods=(day,), status=KINDS["PNS"]))
    return Start(of(door, () if by_group is None else (GROUP,), day), known_rates(door, day))


def posts(door: Door) -> Protected | None:
    """Approved and filled posts by group of all years, for a plan; None where the role, the place or the release has none."""
    held = release().periods(approved_posts.DATASET)
    if not held or approved_posts.DATASET not in door.viewer.role.datasets:
        return None
    stages = (approved_posts.APPROVED, approved_posts.TAKEN)
    try:
        return door(approved_posts.STAGE, GROUP, periods=held, dataset=approved_posts.DATASET, tahap=stages)
    except (InvalidQuery, Refused):
        return None


def of(door: Door, by: tuple[str, ...], day: date) -> Base:
    """The base by the given levels at a date, one pair of questions for each kind of contract."""
    stock = {kind: door(*by, periods=(day,), status=codes) for kind, codes in KINDS.items()}
    leaving = {kind: door(*by, YEAR, periods=(day,), status=codes) for kind, codes in KINDS.items()}
    return base(stock, leaving, day)


def known_rates(door: Door, day: date) -> Rates:
    """What the movements up to the date say of the place, where it is not shown of all groups, and else of the country."""
    since = _spans(day)
    country = Door(door.viewer, {})  # official national figures are open to every role
    sources = [_source(door, (GROUP,), since), _source(door, (), since), _source(country, (), since)]
    joined = tried(lambda: door(EVENT, periods=tuple(since), dataset=FLOWS, peristiwa=JOINING)) if since else None
    entry = {kind: _entry(door, codes, day) for kind, codes in KINDS.items()}
    aged = _first(
        lambda: door(GROUP, YEAR, estimates.AGE, periods=(day,)), lambda: door(YEAR, estimates.AGE, periods=(day,))
    )
    return Rates(
        attrition=estimates.attrition(sources, since),
        pppk_share=estimates.pppk_share(joined) if joined else None,
        entry=entry,
        ages=estimates.ages(aged, day) if aged else {},
        since=min(since.values(), default=None),
        until=max(since, default=None),
    )


def _entry(door: Door, codes: tuple[str, ...], day: date) -> Floats:
    """Years until BUP of the newest of a kind; of all kinds where that is not admitted; nobody due where nothing is."""
    newest = partial(door, YEAR, periods=(day,), masa_kerja=(estimates.NEWEST,))
    answer = _first(partial(newest, status=codes), newest)
    return np.zeros(SPAN + 1) if answer is None else estimates.entry(answer, day)


def _first(*asking: Asking) -> Protected | None:
    """The first question that is admitted, answered."""
    return next((answer for answer in map(tried, asking) if answer is not None), None)


def _source(door: Door, by: tuple[str, ...], since: Mapping[date, date]) -> estimates.Source | None:
    """Events and stock by kind; None where there are no movements or the questions are not admitted."""
    if not since:
        return None
    events, stock = {}, {}
    for kind, codes in KINDS.items():
        ask = partial(door, *by, periods=tuple(since), dataset=FLOWS, status=codes, peristiwa=estimates.EVENTS)
        happened = tried(ask)
        if happened is None:
            return None
        events[kind] = happened
        stock[kind] = door(*by, periods=tuple(since.values()), status=codes)
    return events, stock


def _spans(day: date) -> Mapping[date, date]:
    """The periods of movements up to a date whose beginning is a reference date of the stock: end -> beginning."""
    held = set(release().periods("pegawai"))
    spans = {one.reference_date: one.since for one in release().of(FLOWS)}
    return {end: since for end, since in sorted(spans.items()) if since in held and end <= day}
