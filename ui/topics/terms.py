"""What more than one page means by the same words: who is PNS or PPPK, the women, the years ahead."""

from datetime import date

from data_access.access import derive, measures
from data_access.access.result import Protected
from data_access.contract import Label

PNS, PPPK = ("PNS", "CPNS"), ("PPPK", "PPPK-PW")
SEX, FEMALE = "jenis_kelamin", ("P",)
BUP = "tahun_bup"
SOON, LATER = 5, 10  # full calendar years after that of the reference date
WOMEN = Label(id="Perempuan (%)", en="Women (%)")


def years_ahead(period: date, years: int = SOON) -> tuple[str, ...]:
    """The calendar years after that of the reference date, as codes."""
    return tuple(str(period.year + 1 + i) for i in range(years))


def leaving_soon(by_year: Protected, period: date) -> int | None:
    """The persons who reach the retirement age in the years just ahead, of an answer by year of BUP."""
    return measures.total(by_year, period, {BUP: years_ahead(period)})


def contracts(status: Protected, period: date) -> float | None:
    """The share of PPPK, part-time included, of an answer by status."""
    return measures.share(measures.total(status, period, {"status": PPPK}), measures.total(status, period))


def women_among(sex: Protected, period: date) -> float | None:
    """The share of women of an answer by sex alone."""
    return measures.share(measures.total(sex, period, {SEX: FEMALE}), measures.total(sex, period))


def women(crossed: Protected) -> Protected:
    """The share of women of each cell of an answer that is crossed with sex; that axis goes."""
    return derive.part_share(crossed, SEX, FEMALE, label=WOMEN)
