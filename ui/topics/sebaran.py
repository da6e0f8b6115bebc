"""What the page on places says and compares with: the national values, and titles from displayed values."""

from collections.abc import Mapping
from datetime import date

from data_access.access import derive, measures
from data_access.access.benchmarks import benchmarks
from data_access.access.result import Protected
from data_access.contract import Label, contract
from data_access.words import inside, number, percent, text
from data_access.words import mark as _
from ui.topics import terms
from ui.topics.extremes import extremes

WOMEN, AGE, SIZE = "perempuan", "umur", "ukuran"
BANDS = "umur_5"
MEAN_AGE = Label(id="Umur rata-rata", en="Mean age")
CROSSED = {WOMEN: terms.SEX, AGE: BANDS}  # what a level is crossed with to know it
KIND, AGENCY = "jenis_instansi", "instansi"

Line = tuple[float, str]


def national_rate(total: int | None, population: Mapping[str, int]) -> float | None:
    """All ASN per 1,000 inhabitants of all provinces; the few abroad are counted too."""
    people = sum(population.values())
    return None if total is None or not people else total * 1_000 / people


def provisional(names: Mapping[str, str]) -> list[str]:
    """The provinces among these (code -> name) whose rate rests on a provisional number of inhabitants."""
    return [names[code] for code in benchmarks().provisional if code in names]


def derived(crossed: Protected, what: str) -> Protected:
    """The share of women or the mean age of a result that is crossed with sex or age."""
    if what == WOMEN:
        return terms.women(crossed)
    return derive.mean(crossed, BANDS, label=MEAN_AGE)


def national(nation: Protected, what: str, period: date) -> float | None:
    """The same of the whole country, from its official figures by sex or age."""
    if what == WOMEN:
        return terms.women_among(nation, period)
    return measures.mean(nation, BANDS, period)


def agencies(names: Mapping[str, str], kind: str) -> dict[str, str]:
    """Those of the agencies (code -> name) that are of one kind."""
    kind_of = contract().datasets["pegawai"].mapping(AGENCY, KIND)
    return {code: name for code, name in names.items() if kind_of[code] == kind}


def persons_title(persons: Protected, total: int | None, language: str) -> str:
    """Where most ASN work, and how much of all shown that is."""
    found = extremes(persons, language)
    if found is None:
        return text(_("Jumlah ASN menurut provinsi tempat kerja"), language)
    share = measures.share(int(found[1].value), total)
    if share is None:
        return text(_("Terbanyak di {name}: {persons} ASN"), language, name=found[1].name, persons=found[1].told)
    facts = {"name": found[1].name, "persons": found[1].told, "share": percent(share, language)}
    return text(_("Terbanyak di {name}: {persons} ASN, {share} dari seluruh Indonesia"), language, **facts)


def rate_title(rates: Protected, nation: float | None, language: str) -> str:
    """The province with most ASN for its inhabitants, against the country."""
    found = extremes(rates, language)
    if found is None or nation is None:
        return text(_("ASN per 1.000 penduduk"), language)
    facts = {"name": found[1].name, "rate": found[1].told, "nation": number(nation, language, decimals=1)}
    return text(_("{name}: {rate} ASN per 1.000 penduduk; nasional {nation}"), language, **facts)


def spread_title(rates: Protected, language: str) -> str:
    """The lowest and the highest rate."""
    found = extremes(rates, language)
    if found is None:
        return text(_("Peringkat ASN per 1.000 penduduk"), language)
    low, high = found
    facts = {"low": low.name, "least": low.told, "high": high.name, "most": high.told}
    return text(_("Dari {least} per 1.000 penduduk di {low} sampai {most} di {high}"), language, **facts)


def compared_title(result: Protected, what: str, language: str) -> str:
    """The lowest and the highest province for the share of women or the mean age."""
    name = text({WOMEN: _("Perempuan"), AGE: _("Umur rata-rata")}[what], language)
    found = extremes(result, language)
    if found is None:
        return text(_("{measure} menurut provinsi"), language, measure=name)
    low, high = found
    facts = {"low": low.name, "least": low.told, "high": high.name, "most": high.told}
    return text(_("{measure}: dari {least} di {low} sampai {most} di {high}"), language, measure=name, **facts)


def agencies_title(result: Protected, chosen: str, kind: str, language: str) -> str:
    """How many agencies of the kind are shown, and whether the chosen one lies above half of them."""
    rows = result.frame.filter(result.frame["keadaan"] == "shown")
    place = rows.filter(rows[AGENCY] == chosen)["nilai"]
    if place.is_empty() or rows.height < 2:
        return text(_("Sebaran instansi: {kind}"), language, kind=inside(kind))
    above = int((rows["nilai"] < place[0]).sum())
    name = result.axes[0].labels(language)[chosen]
    facts = {"name": name, "above": number(above, language), "others": number(rows.height - 1, language)}
    return text(_("{name} berada di atas {above} dari {others} instansi sejenis"), language, **facts)
