"""How far a term is, in words: a running clock for hours, days otherwise."""

from datetime import date, timedelta

from data_access.governance.registers.model import Due
from data_access.state import utc_now
from data_access.words import mark as _
from data_access.words import moment
from ui.frame import long_day
from ui.session import language, t


def remaining(one: Due, today: date) -> str:
    """By when, and how long that still is: "paling lambat 3 Maret 2026 (12 hari lagi)"."""
    if one.at is not None:
        return _clock(one)
    if one.day is None:
        return t(_("tanpa tenggat"))
    words = _left(one.day, today)
    return words + t(_("; cuti bersama {year} belum diketahui"), year=str(one.day.year)) if one.unsure else words


def _left(day: date, today: date) -> str:
    left = (day - today).days
    if left < 0:
        return t(_("lewat {days} hari ({day})"), days=-left, day=day)
    if left == 0:
        return t(_("hari ini"))
    return t(_("paling lambat {day} ({days} hari lagi)"), day=long_day(day), days=left)


def _clock(one: Due) -> str:
    assert one.at is not None  # noqa: S101 - the caller has looked
    left = one.at - utc_now()
    until = moment(one.at, language())
    hours, minutes = divmod(int(abs(left) / timedelta(minutes=1)), 60)
    if left > timedelta(0):
        words = _("sisa {hours} jam {minutes} menit (sampai {until})")
    else:
        words = _("lewat {hours} jam {minutes} menit (sejak {until})")
    return t(words, hours=hours, minutes=minutes, until=until)
