"""The words of scenarios side by side: hover texts and sentences for those who do not see the figure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from charts import labels
from charts.projected import between, held, persons
from data_access.projection.band import Course
from data_access.words import mark as _
from data_access.words import number, short_day, text


@dataclass(frozen=True, eq=False)
class Named:
    """What a scenario makes of the base, with the name its author gave it."""

    name: str
    course: Course


def start_hover(one: Named, day: date | None, language: str) -> str:
    when = short_day(day, language) if day else _end_of(one.course.years[0] - 1, language)
    return "<br>".join([_head(one), when, _persons(one.course.start, language)])


def stock_hover(one: Named, step: int, language: str) -> str:
    """All that the scenario says on a year: stock and band at its end, and who left and joined in it."""
    course = one.course
    band = between(course.stock_low[step], course.stock_high[step], language)
    return "<br>".join(
        [
            _head(one),
            _end_of(course.years[step], language),
            _persons(course.stock[step], language),
            text(_("rentang 95%: {band}"), language, band=band),
            *_moves(course, step, language),
        ]
    )


def leavers_hover(one: Named, step: int, language: str) -> str:
    return "<br>".join([_head(one), str(one.course.years[step]), *_moves(one.course, step, language)])


def alt_text(courses: Sequence[Named], language: str) -> str:
    """Where all begin, and where each ends."""
    if not courses:
        return text(_("Tidak ada skenario yang ditampilkan."), language)
    first = courses[0].course
    template = _("Jumlah pegawai menurut {count} skenario sampai akhir {last}, mulai dari {start} orang.")
    facts = {"count": len(courses), "last": str(first.years[-1]), "start": held(first.start)}
    return " ".join([text(template, language, **facts), *(_ending(one, language) for one in courses)])


def outflow_alt(courses: Sequence[Named], language: str) -> str:
    """How many leave in all, and in which year most do."""
    if not courses:
        return text(_("Tidak ada skenario yang ditampilkan."), language)
    return " ".join(_leaving(one, language) for one in courses)


def _ending(one: Named, language: str) -> str:
    course = one.course
    band = between(course.stock_low[-1], course.stock_high[-1], language)
    sentence = _("{name}: {stock} orang, rentang 95% {band}.")
    return text(sentence, language, name=one.name, stock=held(course.stock[-1]), band=band)


def _leaving(one: Named, language: str) -> str:
    course = one.course
    most = int(course.left.argmax())
    facts = {
        "name": one.name,
        "total": held(course.left.sum()),
        "first": str(course.years[0]),
        "last": str(course.years[-1]),
        "year": str(course.years[most]),
        "most": held(course.left[most]),
    }
    if len(course.years) == 1:
        return text(_("{name}: {total} orang keluar pada {first}."), language, **facts)
    sentence = _("{name}: {total} orang keluar pada {first} sampai {last}, terbanyak pada {year} ({most} orang).")
    return text(sentence, language, **facts)


def _moves(course: Course, step: int, language: str) -> list[str]:
    retired = {
        "retired": number(held(course.retired[step]), language),
        "band": between(course.retired_low[step], course.retired_high[step], language),
    }
    return [
        text(_("keluar: {left}"), language, left=number(held(course.left[step]), language)),
        text(_("di antaranya mencapai BUP: {retired} (rentang 95%: {band})"), language, **retired),
        text(_("masuk: {hired}"), language, hired=number(held(course.hired[step]), language)),
    ]


def _head(one: Named) -> str:
    return f"<b>{labels.safe(one.name)}</b>"


def _end_of(year: int, language: str) -> str:
    return text(_("akhir {year}"), language, year=str(year))


def _persons(value: float, language: str) -> str:
    return persons(number(held(value), language), language)
