"""The six judgements of the quality page in one figure and one sentence each. Pure: what is told follows from the figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from charts.quality_words import UNAVAILABLE, share_text, signed_rate
from data_access.access.quality import Quality, Share
from data_access.access.reconciliation import Match, largest
from data_access.access.result import State
from data_access.access.timeliness import Expected, Timing
from data_access.access.volatility import GONE, NEW, Move
from data_access.contract import Label
from data_access.release.indicators import Indicator, Limits, indicators
from data_access.release.policy import POLICY
from data_access.words import inside, number, percent, short_day, text
from data_access.words import mark as _
from reports.origin import next_delivery


class Verdict(StrEnum):
    """What a card says at a glance. The three differ in word, sign and colour."""

    GOOD = "baik"
    ATTENTION = "perhatian"
    NONE = "kosong"


@dataclass(frozen=True)
class Card:
    """`figure` is the one number to remember, `told` the sentence below it."""

    title: str
    figure: str
    told: str
    verdict: Verdict


@dataclass(frozen=True)
class Presence:
    """How many agencies the contract knows on the date, and how many of them are in the snapshot."""

    valid: int
    present: int

    @property
    def missing(self) -> int:
        return self.valid - self.present


TITLES = {
    "kelengkapan": _("Kelengkapan"),
    "validitas": _("Validitas"),
    "konsistensi": _("Konsistensi"),
}


def judged(share: Share, indicator: Indicator) -> Verdict:
    """The verdict on one indicator: fewer records than the threshold never need attention."""
    if share.state == State.UNAVAILABLE:
        return Verdict.NONE
    return Verdict.ATTENTION if (share.value or 0.0) >= indicator.attention else Verdict.GOOD


def records(quality: Quality, dimension: str, period: date, *, language: str, presence: Presence | None = None) -> Card:
    """One of the three dimensions that are counted over records: its largest national share, and the agencies that miss."""
    title = text(TITLES[dimension], language)
    found = [(one, quality.on(one.key, period)) for one in indicators().of(dimension)]
    measured = [(one, share) for one, share in found if share.state != State.UNAVAILABLE]
    absent = _absent(presence, language)
    if not measured:
        figure = f"{presence.present}/{presence.valid}" if presence else UNAVAILABLE
        told = unmeasured(quality, [one.key for one, _share in found], period, language=language)
        verdict = Verdict.ATTENTION if presence and presence.missing else Verdict.NONE
        return Card(title, figure, " ".join([told, *absent]), verdict)
    worst, share = max(measured, key=lambda pair: pair[1].value or 0.0)
    alarming = [one for one, found_share in measured if judged(found_share, one) == Verdict.ATTENTION]
    attention = bool(alarming) or (presence is not None and presence.missing > 0)
    words = [_worst(worst, share, len(alarming), len(measured), language)]
    if len(measured) < len(found):
        words.append(text(_("{count} pemeriksaan lain tidak diukur."), language, count=len(found) - len(measured)))
    figure = share_text(share, language)
    return Card(title, figure, " ".join([*words, *absent]), Verdict.ATTENTION if attention else Verdict.GOOD)


def unmeasured(quality: Quality, keys: Sequence[str], period: date, *, language: str) -> str:
    """Why a date has no shares of these indicators, and the date nearest to it that has."""
    told = text(_("Pemilik data tidak menyertakan temuan per catatan untuk tanggal ini."), language)
    nearest = min(quality.measured(keys), key=lambda day: abs(day - period), default=None)
    if nearest is None:
        return told
    return f"{told} {text(_('Temuan terdekat: {day}.'), language, day=short_day(nearest, language))}"


def _worst(worst: Indicator, share: Share, alarming: int, measured: int, language: str) -> str:
    facts = {"count": measured, "threshold": POLICY.threshold, "name": inside(worst.label.text(language))}
    if share.value is None:
        return text(
            _("Kurang dari {threshold} catatan pada masing-masing dari {count} pemeriksaan."), language, **facts
        )
    first = text(_("Temuan terbanyak: {name}."), language, **facts)
    if not alarming:
        return f"{first} {text(_('Semua {count} pemeriksaan dalam batas.'), language, **facts)}"
    told = _("{alarming} dari {count} pemeriksaan melewati batas.")
    return f"{first} {text(told, language, alarming=alarming, **facts)}"


def _absent(presence: Presence | None, language: str) -> list[str]:
    if presence is None:
        return []
    facts = {"valid": presence.valid, "missing": presence.missing}
    if not presence.missing:
        return [text(_("Semua {valid} instansi ada."), language, **facts)]
    return [text(_("{missing} dari {valid} instansi tidak ada."), language, **facts)]


def timeliness(timing: Timing, coming: Expected, *, delivery_days: int, language: str) -> Card:
    """How soon this snapshot was published, and whether the next one is overdue."""
    late = timing.days is not None and timing.days > delivery_days
    if timing.days is not None:
        figure = text(_("{days} hari"), language, days=number(timing.days, language))
        told = text(_("Dari tanggal acuan sampai terbit; batasnya {limit} hari."), language, limit=delivery_days)
    else:
        figure = UNAVAILABLE
        told = text(_("Termasuk muatan awal, jadi lamanya tidak diketahui."), language)
    verdict = Verdict.ATTENTION if late or coming.late else Verdict.NONE if timing.days is None else Verdict.GOOD
    return Card(
        text(_("Ketepatan waktu"), language),
        figure,
        f"{told} {next_delivery(coming, language)}",
        verdict,
    )


def volatility(
    total: Move | None, moves: Sequence[Move], *, before: date | None, limits: Limits, language: str
) -> Card:
    """The change of the total, and how many agencies moved beyond the limit."""
    title = text(_("Perubahan"), language)
    if before is None or total is None or total.share is None:
        return Card(
            title, UNAVAILABLE, text(_("Tidak ada snapshot sebelumnya untuk dibandingkan."), language), Verdict.NONE
        )
    new, gone = (sum(move.kind == kind for move in moves) for kind in (NEW, GONE))
    changed = sum(move.beyond(limits.change_agency) and not move.kind for move in moves)
    facts = {"changed": changed, "new": new, "gone": gone}
    told = text(
        _("Jumlah ASN sejak {before}. {changed} instansi berubah lebih dari {limit}; {new} baru, {gone} hilang."),
        language,
        before=short_day(before, language),
        limit=percent(limits.change_agency, language, decimals=0),
        **facts,
    )
    attention = abs(total.share) > limits.change_nation or any(facts.values())
    return Card(title, signed_rate(total.share, language), told, Verdict.ATTENTION if attention else Verdict.GOOD)


def reconciliation(matches: Sequence[Match], *, limits: Limits, language: str) -> Card:
    """The largest difference to what was published for the date, over the headline figures."""
    title = text(_("Kecocokan"), language)
    found = largest(matches)
    if found is None or found.share is None:
        return Card(title, UNAVAILABLE, text(_("Tidak ada angka terbit untuk tanggal ini."), language), Verdict.NONE)
    compared = [match for match in matches if match.difference is not None]
    agreeing = sum(bool(match.agrees(limits.reconciliation)) for match in compared)
    facts = {"agreeing": agreeing, "count": len(compared)}
    if agreeing == len(compared):
        told = text(_("Selisih terbesar; semua {count} angka pokok BKN cocok."), language, **facts)
    else:
        told = text(_("Selisih terbesar; {agreeing} dari {count} angka pokok BKN cocok."), language, **facts)
    verdict = Verdict.GOOD if agreeing == len(compared) else Verdict.ATTENTION
    return Card(title, signed_rate(found.share, language), told, verdict)


def total_move(label: Label, totals: Mapping[date, int | None], before: date | None, now: date) -> Move | None:
    """The change of a national total, in the shape of a move of one code; None where one of the two is not known."""
    was, is_now = (totals.get(before) if before else None), totals.get(now)
    return None if was is None or is_now is None else Move("", label, was, is_now)
