"""Where an answer comes from, in words: filters, protection, source. One wording for the panel on the screen and every file."""

import json
from collections.abc import Sequence
from typing import Any

from charts.breaks import Break, between
from data_access.access.export import Export
from data_access.access.provenance import Provenance, Publication
from data_access.access.quality import QualityExport
from data_access.access.result import PERSONS, Protected
from data_access.access.timeliness import Expected
from data_access.contract import contract
from data_access.words import JAKARTA, day, moment, number, short_day, span, text
from data_access.words import mark as _

PARTIES = {"kesatu": "KemenPANRB", "kedua": "BKN"}


def filters(result: Protected, language: str) -> tuple[str, ...]:
    """ "Jenis kelamin: Perempuan" for each filter of the question, members in the order of the question."""
    levels = contract().datasets[result.source.dataset].levels
    asked: dict[str, Any] = json.loads(result.query).get("where", {})
    return tuple(
        f"{levels[name].label.text(language)}: {', '.join(levels[name].by_code[c].label.text(language) for c in codes)}"
        for name, codes in asked.items()
    )


def protection(result: Protected, language: str) -> str:
    """How exact the numbers are, and what is hidden among them."""
    if contract().datasets[result.source.dataset].exact:
        exact = text(_("Angka tepat: datanya tentang formasi dan instansi, bukan orang."), language)
        counted = result.measure == PERSONS
        return exact if counted else f"{exact} {text(_('Ukuran ini dihitung dari angka yang ditampilkan.'), language)}"
    if result.official:
        return text(_("Angka resmi: tepat sampai orang terakhir."), language)
    margin = number(round(result.margin), language)
    sentences = [
        text(
            _("Angka terlindung: dibulatkan ke kelipatan 5, ketelitian sekitar ±{margin} orang."),
            language,
            margin=margin,
        )
    ]
    if result.suppressed and result.measure == PERSONS:
        hidden = _("{count} sel di bawah 10 (termasuk nol) ditampilkan sebagai <10.")
        sentences.append(text(hidden, language, count=result.suppressed))
    if result.measure == PERSONS:
        sentences.append(text(_("Penjumlahan rincian dapat berbeda dari totalnya."), language))
    else:
        sentences.append(text(_("Ukuran ini dihitung dari angka yang ditampilkan."), language))
    return " ".join(sentences)


def facts(result: Protected, known: Provenance, language: str) -> tuple[tuple[str, str], ...]:
    """(what, value) of the source: dataset, dates, what is counted and what not, breaks, protection, revisions, calendar.

    Breaks and revisions stand on a line each.
    """
    origin = result.source
    named = f"{origin.label.text(language)} ({origin.dataset}, {text(_('kontrak'), language)} {origin.contract})"
    dataset = contract().datasets[origin.dataset]
    found = (
        (_("Himpunan data"), named),
        (_("Pemilik data"), PARTIES[origin.owner]),
        (_("Tanggal acuan"), ", ".join(day(period, language) for period in origin.periods)),
        (_("Periode"), "; ".join(span(since, last, language) for last, since in known.since if since)),
        (_("Yang dihitung"), origin.active.text(language)),
        (_("Tidak dihitung"), dataset.excluded.text(language) if dataset.excluded else ""),
        (_("Yang memutus deret"), "\n".join(_breaks(result, known, language))),
        (_("Perlindungan"), protection(result, language)),
        (_("Rilis"), origin.release),
        (_("Revisi"), "\n".join(_revisions(known, language))),
        (_("Jadwal rilis"), " ".join(_calendar(known, language))),
    )
    return tuple((text(name, language), value) for name, value in found if value)


def _breaks(result: Protected, known: Provenance, language: str) -> list[str]:
    """What happened within the time shown after which figures are not comparable with those before."""
    days = sorted(result.source.periods)
    first = min([*(since for _last, since in known.since if since), *days])
    found: dict[str, list[Break]] = {}
    for one in between(result, first, days[-1], language):
        found.setdefault(one.words, []).append(one)
    return [_break(of_it, language) for of_it in found.values()]


def _break(of_it: Sequence[Break], language: str) -> str:
    first, days = of_it[0], ", ".join(short_day(one.day, language) for one in of_it)
    return " ".join(filter(None, [f"{days}: {first.words}", f"({first.source})", first.note]))


def _revisions(known: Provenance, language: str) -> list[str]:
    """For each date that was published more than once: the releases, when, and why."""
    if not known.published:
        return []
    if not known.revised:
        return [text(_("Setiap tanggal baru satu kali terbit."), language)]
    return [
        f"{short_day(date_of, language)}: {'; '.join(_publication(one, language) for one in times)}."
        for date_of, times in known.revised
    ]


def _publication(one: Publication, language: str) -> str:
    facts = {"release": one.release, "day": short_day(one.at.astimezone(JAKARTA).date(), language)}
    if not one.revision:
        return text(_("terbit di rilis {release} ({day})"), language, **facts)
    if not one.reason:
        return text(_("diganti di rilis {release} ({day}), tanpa alasan tertulis"), language, **facts)
    return text(_("diganti di rilis {release} ({day}), alasan: {reason}"), language, **facts, reason=one.reason)


def _calendar(known: Provenance, language: str) -> list[str]:
    """The last release, and the snapshot that comes next."""
    if known.at is None:
        return []
    facts = {"release": known.release, "day": short_day(known.at.astimezone(JAKARTA).date(), language)}
    last = text(_("Terakhir: rilis {release}, {day}."), language, **facts)
    return [last, next_delivery(known.coming, language)] if known.coming else [last]


def next_delivery(coming: Expected, language: str) -> str:
    """When the next snapshot is expected, and how late it is."""
    facts = {
        "reference": short_day(coming.reference_date, language),
        "due": short_day(coming.due, language),
        "days": number(coming.late, language),
    }
    if coming.late:
        return text(_("Snapshot {reference} terlambat {days} hari (ditunggu {due})."), language, **facts)
    return text(_("Berikutnya: {reference}, paling lambat {due}."), language, **facts)


def description(export: Export, language: str) -> tuple[tuple[str, str], ...]:
    """What goes with every file: the source, then who took it along, when, for what purpose, and the questions asked."""
    first = export.results[0]
    asked = {result.query: result.query_sha256 for result in export.results}
    questions = (
        (name, value) for pair in asked.items() for name, value in zip((_("Kueri"), "SHA-256"), pair, strict=True)
    )
    told = tuple((text(name, language), value) for name, value in questions)
    kept = filters(first, language)
    chosen = ((text(_("Saringan"), language), "; ".join(kept)),) if kept else ()
    return (
        *facts(first, export.known, language),
        *chosen,
        *taken(export, language, example=first.source.example),
        *told,
    )


def taken(export: Export | QualityExport, language: str, *, example: bool) -> tuple[tuple[str, str], ...]:
    """Who took a file along, when, for what purpose, and of made-up data the mark of it."""
    marked = ((_("Sifat data"), text(_("DATA CONTOH: semua angka rekaan."), language)),) if example else ()
    found = (
        *marked,
        (_("Peran"), export.role.text(language)),
        (_("Akun"), export.account),
        (_("Waktu"), moment(export.at, language)),
        (_("Tujuan"), export.purpose),
        (_("Nomor catatan audit"), str(export.number)),
    )
    return tuple((text(name, language), value) for name, value in found)


def source_line(export: Export, language: str) -> str:
    """Dataset, reference dates, release and, of made-up data, the mark of it, in one line."""
    source = export.results[0].source
    days = sorted({period for result in export.results for period in result.source.periods})
    first, last = short_day(days[0], language), short_day(days[-1], language)
    release = text(_("Rilis {release}"), language, release=source.release)
    example = [text(_("DATA CONTOH"), language)] if source.example else []
    return " · ".join([source.label.text(language), first if first == last else f"{first} – {last}", release, *example])
