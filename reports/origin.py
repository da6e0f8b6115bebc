"""Where an answer comes from, in words: filters, protection, source. One wording for the panel on the screen and every file."""

import json
from typing import Any

from data_access.access.result import PERSONS, Protected
from data_access.contract import contract
from data_access.words import day, number, text
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
