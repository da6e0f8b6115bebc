"""A draft of a rule or a plan as numbers, checked against the base before anything is computed. Nothing is cut to fit."""

from typing import Annotated, Literal

from pydantic import Field, field_validator

from data_access.contract import contract
from data_access.contract.model import Value
from data_access.contract.retirement import OLDEST, YOUNGEST, ages_of
from data_access.errors import InvalidQuery
from data_access.projection.base import LONGEST, Base
from data_access.words import mark as _

GROUP = "kelompok_jabatan"
FIRST_AGE = 40  # who is younger leaves after the years of the base, so their number by age is not known
LONGEST_NAME = 80
MOST_HIRED = 2_000_000  # persons of one group, or of all, in one year: 1.3 million posts were approved in 2024
# What can be typed at all; `check` tells in words what can be computed with.
Share = Annotated[float, Field(ge=-10_000, le=10_000, allow_inf_nan=False)]
Inflow = Literal["tanpa", "penggantian", "tetap", "rencana"]


class Shift(Value):
    """The BUP of some occupational groups (none named: all) moves by whole years for everybody due from a year on."""

    years: int
    since: int
    groups: tuple[str, ...] = ()


class EarlyRetirement(Value):
    """A share (0..1) of those aged `ages[0]` to `ages[1]`, in completed years, leaves at the end of one year."""

    share: Share
    ages: tuple[int, int]
    year: int
    groups: tuple[str, ...] = ()


class PlanSource(Value):
    """What a plan was filled from: posts approved in one year times the fill rate of one, and the persons by group so made."""

    approved: int
    rated: int
    persons: dict[str, int]


class Scenario(Value):
    """Assumptions for the years after the reference date.

    `inflow`: nobody ("tanpa"); a share of each group's leavers ("penggantian", shares 0..1 by group, "" for those not
    named); as many as leave in all, spread over the groups by their size of today ("tetap"); or persons by group and year,
    from the year after the reference date ("rencana"; none after the last one typed), perhaps filled from posts
    (`plan_source`). `attrition` are yearly shares by group
    in place of the estimated ones, `pppk_share` that of PPPK among those hired (None: as observed), `contract_ends` the
    yearly share of PPPK whose contract is not renewed.
    """

    name: str
    inflow: Inflow = "tanpa"
    replacement: dict[str, Share] = Field(default_factory=dict)
    plan: dict[str, tuple[int, ...]] = Field(default_factory=dict)
    plan_source: PlanSource | None = None
    pppk_share: Share | None = None
    contract_ends: Share = 0.0
    attrition: dict[str, Share] = Field(default_factory=dict)
    shifts: tuple[Shift, ...] = ()
    early: tuple[EarlyRetirement, ...] = ()

    @property
    def plan_from(self) -> PlanSource | None:
        """The source of the plan as long as nobody has typed other numbers over it."""
        source = self.plan_source
        if source is None or self.plan != {group: (persons,) * LONGEST for group, persons in source.persons.items()}:
            return None
        return source

    @field_validator("shifts")
    @classmethod
    def _in_order(cls, shifts: tuple[Shift, ...]) -> tuple[Shift, ...]:
        """A later shift moves those whom an earlier one has moved."""
        return tuple(sorted(shifts, key=lambda shift: shift.since))


def check_horizon(years: int) -> None:
    """InvalidQuery unless the horizon is 1 to 20 years."""
    if not 1 <= years <= LONGEST:
        template = _("Horizon {years} tahun tidak dapat dihitung: pilih 1 sampai {most} tahun.")
        raise InvalidQuery("horizon", template, years=years, most=LONGEST)


def check(scenario: Scenario, start: Base, horizon: int) -> None:
    """InvalidQuery with a sentence for the first assumption that cannot be computed with."""
    check_horizon(horizon)
    _check_name(scenario.name)
    shares = [
        *((_("Tingkat penggantian harus antara 0% dan 100%."), share) for share in scenario.replacement.values()),
        *(
            (_("Bagian yang keluar sebelum BUP harus antara 0% dan 100%."), share)
            for share in scenario.attrition.values()
        ),
        (_("Bagian kontrak PPPK yang tidak diperpanjang harus antara 0% dan 100%."), scenario.contract_ends),
        (_("Bagian PPPK dalam pengadaan harus antara 0% dan 100%."), scenario.pppk_share or 0.0),
        *((_("Bagian yang pensiun dini harus antara 0% dan 100%."), early.share) for early in scenario.early),
    ]
    for template, share in shares:
        if not 0 <= share <= 1:
            raise InvalidQuery("share-range", template)
    if scenario.inflow == "rencana":
        _check_plan(scenario)
    _check_groups(scenario, start)
    _check_shifts(scenario, start, horizon)
    for early in scenario.early:
        _check_early(early, start, horizon)


def _check_name(name: str) -> None:
    if not name.strip():
        raise InvalidQuery("scenario-name", _("Beri nama skenario ini terlebih dahulu."))
    if len(name) > LONGEST_NAME:
        template = _("Nama skenario terlalu panjang: paling banyak {most} huruf.")
        raise InvalidQuery("scenario-name", template, most=LONGEST_NAME)


def _check_plan(scenario: Scenario) -> None:
    numbers = [number for persons in scenario.plan.values() for number in persons]
    if not any(numbers):
        template = _("Rencana pengadaan masih kosong: isi paling sedikit satu angka atau pilih cara pengisian lain.")
        raise InvalidQuery("plan-empty", template)
    if any(number < 0 for number in numbers):
        template = _("Rencana pengadaan harus berisi bilangan bulat, misalnya 10000 atau 10.000.")
        raise InvalidQuery("plan-range", template)
    for number in numbers:
        if number > MOST_HIRED:
            template = _("Rencana pengadaan {number} orang tidak dapat dihitung: isi 0 sampai {most} orang per tahun.")
            raise InvalidQuery("plan-range", template, number=number, most=MOST_HIRED)


def _check_shifts(scenario: Scenario, start: Base, horizon: int) -> None:
    """After each shift, in the order in which they take effect, every BUP of the group lies within the range."""
    groups = contract().datasets["pegawai"].levels[GROUP].by_code
    moved_by = dict.fromkeys(groups, 0)
    for shift in scenario.shifts:
        _check_year(shift.since, start, horizon)
        for group in shift.groups or groups:
            moved_by[group] += shift.years
            for age in ages_of(group, _ranks(group), start.day):
                if not YOUNGEST <= age + moved_by[group] <= OLDEST:
                    template = _(
                        "Geseran {years} tahun membawa BUP {group} dari {age} ke {new}: harus {least}–{most} tahun."
                    )
                    facts = {"years": moved_by[group], "group": groups[group].label, "age": age}
                    new = age + moved_by[group]
                    raise InvalidQuery("bup-range", template, new=new, least=YOUNGEST, most=OLDEST, **facts)


def _check_groups(scenario: Scenario, start: Base) -> None:
    """Groups that are named are groups of the contract and, where they matter to a number, of the base."""
    names = contract().datasets["pegawai"].levels[GROUP].by_code
    parts: list[Shift | EarlyRetirement] = [*scenario.shifts, *scenario.early]
    always = {*scenario.attrition, *(group for part in parts for group in part.groups)} - {""}
    if strange := sorted((always | {*scenario.replacement, *scenario.plan}) - {"", *names}):
        raise InvalidQuery("group-unknown", _("Kelompok jabatan {group} tidak dikenal."), group=strange[0])
    hired = {"penggantian": set(scenario.replacement), "rencana": set(scenario.plan)}.get(scenario.inflow, set()) - {""}
    if (always | hired) and all(axis.level != GROUP for axis in start.axes):
        template = _(
            "Skenario ini menyebut kelompok jabatan, padahal angka pilihan ini tidak dirinci menurut kelompok jabatan."
        )
        raise InvalidQuery("groups-apart", template)
    planned = set(scenario.plan) - {""} if scenario.inflow == "rencana" else set()
    if missing := sorted(planned - set(start.codes(GROUP))) if planned else []:
        template = _("Rencana untuk kelompok {group} tidak dapat dihitung: jumlahnya di tempat ini tidak ditampilkan.")
        raise InvalidQuery("plan-group", template, group=names[missing[0]].label)


def _ranks(group: str) -> tuple[str, ...]:
    """The ranks that the contract lets stand in a group."""
    dataset = contract().datasets["pegawai"]
    never = [rule.when for rule in dataset.impossible if set(rule.when) <= {"jenjang", "jenis_jabatan", GROUP}]
    return tuple(
        code.code
        for code in dataset.levels["jenjang"].codes
        if not any(
            group in when[GROUP]
            and (code.code in when.get("jenjang", ()) or code.parent in when.get("jenis_jabatan", ()))
            for when in never
        )
    )


def _check_early(early: EarlyRetirement, start: Base, horizon: int) -> None:
    _check_year(early.year, start, horizon)
    low, high = early.ages
    if not FIRST_AGE <= low <= high <= OLDEST:
        template = _("Umur program pensiun dini harus {least}–{most} tahun, dari yang muda ke yang tua.")
        raise InvalidQuery("early-ages", template, least=FIRST_AGE, most=OLDEST)


def _check_year(year: int, start: Base, horizon: int) -> None:
    first, last = start.day.year + 1, start.day.year + horizon
    if not first <= year <= last:
        template = _("Tahun {year} di luar horizon {first}–{last}.")
        raise InvalidQuery("year-range", template, year=str(year), first=str(first), last=str(last))


def moved(shifts: tuple[Shift, ...], group: str, due: int) -> int:
    """The year in which somebody of a group who is due in `due` leaves under the shifts, in the order they are given.

    Who is already past a lowered BUP in the year it takes effect leaves in that year.
    """
    for shift in shifts:
        if due >= shift.since and (not shift.groups or group in shift.groups):
            due = max(due + shift.years, shift.since)
    return due
