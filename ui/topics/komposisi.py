"""What the page on the make-up of ASN says: titles from displayed values, each naming its base."""

from datetime import date

from data_access.access import measures
from data_access.access.result import Protected, State
from data_access.access.written import written
from data_access.contract import Label, contract
from data_access.words import inside, number, short_day, text
from data_access.words import mark as _
from ui.topics.extremes import extremes
from ui.topics.headlines import contracts_by_title
from ui.topics.levels import POST_AND_PERSON

LEVELS = POST_AND_PERSON
WITHIN = ("pendidikan", "umur_5")  # what the heat map crosses with the kind of position
AGE, KIND = "umur_5", "jenis_jabatan"
MEAN_AGE = Label(id="Umur rata-rata", en="Mean age")


def aged_level(level: str) -> str:
    """The level whose mean ages are compared: the chosen one, or the status where that is itself of age."""
    dimension_of = contract().datasets["pegawai"].dimension_of
    return "status" if dimension_of[level] == dimension_of[AGE] else level


def status_title(parts: Protected, language: str) -> str:
    """Where PPPK are the largest part; `parts` crosses one level by status."""
    [level] = [axis for axis in parts.axes if axis.level != "status"]
    noun = text(_("Status ASN menurut {level}"), language, level=inside(level.label.text(language)))
    return contracts_by_title(parts, noun, language)


def age_title(ages: Protected, period: date, before: date | None, language: str) -> str:
    """The mean age now and, if known, a year before."""
    now = measures.mean(ages, AGE, period)
    then = measures.mean(ages, AGE, before) if before else None
    if now is None:
        return text(_("Umur dan jenis kelamin"), language)
    told = number(now, language, decimals=1)
    if then is None or before is None:
        return text(_("Umur rata-rata ASN {now} tahun"), language, now=told)
    facts = {"now": told, "then": number(then, language, decimals=1), "before": short_day(before, language)}
    return text(_("Umur rata-rata ASN {now} tahun; {then} tahun pada {before}"), language, **facts)


def group_title(shares: Protected, total: int | None, language: str) -> str:
    """The largest group of positions as a share of all; `total` is the displayed number of all."""
    found = extremes(shares, language)
    if found is None or total is None:
        return text(_("Kelompok jabatan"), language)
    facts = {"name": found[1].name, "share": found[1].told, "total": number(total, language)}
    return text(_("Kelompok terbesar: {name}, {share} dari {total} ASN"), language, **facts)


def within_title(level: str, language: str) -> str:
    """What the heat map holds: every share is of the persons in one kind of position."""
    name = contract().datasets["pegawai"].levels[level].label.text(language)
    return text(_("{level} dalam tiap jenis jabatan, pangsa dari jenis jabatan"), language, level=name)


def cell_title(shares: Protected, level: str, language: str) -> str:
    """The largest share within a kind of position; `shares` crosses the level by it."""
    shown = shares.frame.filter(shares.frame["keadaan"] == State.SHOWN)
    if shown.is_empty():
        return within_title(level, language)
    row = max(shown.iter_rows(named=True), key=lambda one: (one["nilai"], one[level], one[KIND]))
    names = {axis.level: axis.labels(language) for axis in shares.axes}
    facts = {"kind": inside(names[KIND][row[KIND]]), "name": names[level][row[level]]}
    told = written(row["nilai"], State.SHOWN, shares.measure, language, base=row["dasar"])
    return text(_("Paling terpusat: {share} {kind} pada {name}"), language, share=told, **facts)


def mean_title(means: Protected, language: str) -> str:
    """Who is oldest and youngest on average."""
    found = extremes(means, language)
    if found is None:
        level = inside(means.axes[0].label.text(language))
        return text(_("Umur rata-rata menurut {level}"), language, level=level)
    youngest, oldest = found
    template = _("Rata-rata tertua: {oldest}, {high}; termuda: {youngest}, {low}")
    facts = {"oldest": oldest.name, "high": oldest.told, "youngest": youngest.name, "low": youngest.told}
    return text(template, language, **facts)
