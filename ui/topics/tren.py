"""What the page on change over time says and compares: titles from displayed values, each naming its base."""

from datetime import date

from data_access.access import derive, measures
from data_access.access.result import Protected
from data_access.contract import contract
from data_access.words import inside, short_day, text
from data_access.words import mark as _
from ui.topics.extremes import extremes
from ui.topics.levels import POST_AND_PERSON

LEVELS = ("status", "jenis_kelamin", "jenis_instansi", *POST_AND_PERSON, "kanreg", "provinsi")
PLACES = ("jenis_instansi", "kanreg")  # one small chart for each member
PERSONS, SHARE = "jumlah", "pangsa"
PLACE = "provinsi"


def compared(level: str, *, one_province: bool) -> tuple[str, ...]:
    """The levels whose members two dates can be compared for: provinces, unless there is only one, and the chosen level."""
    return tuple(dict.fromkeys([*([] if one_province else [PLACE]), level]))


def course_title(counts: Protected, language: str) -> str:
    """Which member grew most over the dates held, as a share of its first value."""
    level = inside(counts.axes[0].label.text(language))
    days = counts.source.periods
    plain = text(_("Jumlah ASN menurut {level}"), language, level=level)
    return plain if len(days) < 2 else growth_title(derive.growth(counts, days[-1], days[0]), days[0], plain, language)


def growth_title(growth: Protected, before: date, plain: str, language: str) -> str:
    """The fastest growth, blank below the smallest base of the policy; `plain` where that is not known."""
    found = extremes(growth, language)
    if found is None:
        return plain
    facts = {"name": found[1].name, "growth": found[1].told, "before": short_day(before, language)}
    if found[1].value < 0:
        return text(_("Semua berkurang; paling sedikit {name}: {growth} sejak {before}"), language, **facts)
    return text(_("Tumbuh tercepat: {name}, {growth} sejak {before}"), language, **facts)


def pair_title(pair: Protected, language: str) -> str:
    """Which member gained most persons between the two dates."""
    before, now = pair.source.periods
    changed = derive.change(pair, now, before)
    found = extremes(changed, language)
    if found is None:
        level = inside(pair.axes[0].label.text(language))
        return text(_("Jumlah ASN menurut {level}"), language, level=level)
    facts = {"name": found[1].name, "change": found[1].told, "before": short_day(before, language)}
    if found[1].value <= 0:
        return text(_("Tidak ada yang bertambah sejak {before}"), language, before=facts["before"])
    return text(_("Bertambah terbanyak: {name}, {change} orang sejak {before}"), language, **facts)


def share_title(shares: Protected, language: str) -> str:
    """The member with the largest share of all at the last date."""
    found = extremes(shares, language)
    if found is None:
        level = inside(shares.axes[0].label.text(language))
        return text(_("Pangsa dari seluruh ASN menurut {level}"), language, level=level)
    facts = {"name": found[1].name, "share": found[1].told, "day": short_day(shares.source.periods[-1], language)}
    return text(_("Terbesar: {name}, {share} dari seluruh ASN pada {day}"), language, **facts)


def loss_title(growth: Protected, before: date, language: str) -> str:
    """The fastest growth and the deepest loss (or slowest growth) among agencies."""
    found = extremes(growth, language)
    if found is None:
        return text(_("Pertumbuhan menurut instansi"), language)
    low, high = found
    facts = {"low": low.name, "less": low.told, "high": high.name, "more": high.told}
    template = _("Sejak {before}: {high} {more}, {low} {less}")
    return text(template, language, before=short_day(before, language), **facts)


def status_title(level: str, language: str) -> str:
    name = contract().datasets["pegawai"].levels[level].label.text(language)
    return text(_("Status ASN dari waktu ke waktu menurut {level}"), language, level=inside(name))


def whole_growth(total: Protected, now: date, before: date, language: str) -> tuple[float, str] | None:
    """The growth of all together as a line of reference; `total` has no axis."""
    change = measures.change(measures.total(total, now), measures.total(total, before))
    if change is None or change.share is None:
        return None
    return change.share, text(_("Seluruhnya"), language)
