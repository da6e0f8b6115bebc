"""Where an answer comes from, in words: filters, protection, source. One wording for the panel on the screen and every file."""

import json
from typing import Any

from data_access.access.export import Export
from data_access.access.quality import QualityExport
from data_access.access.result import PERSONS, Protected
from data_access.contract import contract
from data_access.words import day, moment, number, short_day, text
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


def facts(result: Protected, language: str) -> tuple[tuple[str, str], ...]:
    """(what, value) of the source: dataset, owner, reference dates, what is counted, protection, release."""
    origin = result.source
    named = f"{origin.label.text(language)} ({origin.dataset}, {text(_('kontrak'), language)} {origin.contract})"
    found = (
        (_("Himpunan data"), named),
        (_("Pemilik data"), PARTIES[origin.owner]),
        (_("Tanggal acuan"), ", ".join(day(period, language) for period in origin.periods)),
        (_("Yang dihitung"), origin.active.text(language)),
        (_("Perlindungan"), protection(result, language)),
        (_("Rilis"), origin.release),
    )
    return tuple((text(name, language), value) for name, value in found)


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
    return (*facts(first, language), *chosen, *taken(export, language, example=first.source.example), *told)


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
