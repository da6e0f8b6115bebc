"""The whole life of the 2022 agreement under a frozen clock: what is open to whom follows the day, nothing is switched."""

from datetime import date, timedelta
from typing import Any

import pytest

from data_access.errors import Refused, Rejected
from data_access.governance.agreement import grants_for
from data_access.governance.registers.due import due, stage
from data_access.governance.registers.life import answer_by
from tests.data_access.governance.registers.conftest import SIGNED, Desk

DAY = timedelta(days=1)
LAST = date(2024, 2, 8)
PROLONGED = date(2026, 2, 8)


def opened(desk: Desk, day: date, dataset: str = "pegawai") -> bool:
    """Whether BKN's dataset is open to KemenPANRB on the day."""
    try:
        grants_for(desk.standing(day), dataset=dataset, party="kesatu", day=day)
    except Refused:
        return False
    return True


def extended(desk: Desk, day: date = date(2024, 1, 15)) -> int:
    number = desk.open("kesatu", "perpanjangan", day, document="1/PKS/2024", first=LAST + DAY, last=PROLONGED)
    desk.take("kedua", number, "setuju", day + DAY)
    return number


def test_from_signing_to_the_last_day_and_not_a_day_longer(desk: Desk) -> None:
    days = {
        SIGNED - DAY: "upcoming",
        SIGNED: "in-force",
        date(2023, 12, 10): "in-force",
        LAST: "expiring",
        LAST + DAY: "ended",
    }
    assert {day: stage(desk.standing(day), day) for day in days} == days
    assert [opened(desk, day) for day in days] == [False, True, True, True, False]


def test_sixty_days_before_its_end_both_are_asked_to_prolong_it(desk: Desk) -> None:
    for day, waits in ((LAST - timedelta(days=60), False), (LAST - timedelta(days=59), True)):
        assert (stage(desk.standing(day), day) == "expiring") is waits
        told = [one.what for one in due(desk.standing(day), [], party="kedua", right="decide", day=day)]
        assert any("perpanjangan" in what for what in told) is waits


def test_an_extension_opens_only_once_the_other_party_agreed(desk: Desk) -> None:
    number = desk.open(
        "kesatu", "perpanjangan", date(2024, 1, 15), document="1/PKS/2024", first=LAST + DAY, last=PROLONGED
    )
    assert not opened(desk, LAST + DAY)
    with pytest.raises(Refused, match=r"langkah ini milik PIHAK KEDUA"):
        desk.take("kesatu", number, "setuju", date(2024, 1, 16))
    desk.take("kedua", number, "setuju", date(2024, 1, 16))
    assert opened(desk, LAST + DAY)
    assert opened(desk, PROLONGED)
    assert not opened(desk, PROLONGED + DAY)


def test_a_declined_extension_changes_nothing(desk: Desk) -> None:
    number = desk.open(
        "kesatu", "perpanjangan", date(2024, 1, 15), document="1/PKS/2024", first=LAST + DAY, last=PROLONGED
    )
    desk.take("kedua", number, "tolak", date(2024, 1, 20), note="Belum dapat disepakati.")
    assert not opened(desk, LAST + DAY)


def noticed(desk: Desk) -> int:
    """A notice of 1 March 2025, received on 24 March, for the end of June; Lebaran lies within the 14 working days."""
    number = desk.open(
        "kedua", "penghentian", date(2025, 3, 3), number="7/BKN/2025", sent=date(2025, 3, 1), wished=date(2025, 6, 30)
    )
    desk.take("kesatu", number, "terima", date(2025, 3, 24), received=date(2025, 3, 24), by="Sekretariat", how="lisan")
    return number


def test_silence_of_fourteen_working_days_ends_it_on_the_day_of_the_notice(desk: Desk) -> None:
    extended(desk)
    number = noticed(desk)
    # 25-27 March (3); 28 March to 7 April is Nyepi, Lebaran and cuti bersama; 8-11 (4), 14-17 (4), Good Friday, 21-23 (3).
    assert answer_by(desk.book.entry(number)) == date(2025, 4, 23)
    assert opened(desk, date(2025, 7, 1)) is False  # looked at from July, nobody ever answered
    assert desk.standing(date(2025, 4, 23)).agreement.ended_early is None
    assert desk.standing(date(2025, 4, 24)).agreement.ended_early == date(2025, 6, 30)
    assert opened(desk, date(2025, 6, 30))
    with pytest.raises(Rejected, match="dianggap berakhir karena tidak dijawab"):
        desk.take("kesatu", number, "tolak", date(2025, 4, 24), note="Kami keberatan dengan ini.")


def test_an_answer_in_time_keeps_it(desk: Desk) -> None:
    extended(desk)
    number = noticed(desk)
    desk.take("kesatu", number, "tolak", date(2025, 4, 23), note="Kami keberatan dengan ini.")
    assert opened(desk, date(2025, 7, 1))


def test_consent_ends_it_on_the_day_of_the_notice(desk: Desk) -> None:
    extended(desk)
    number = noticed(desk)
    desk.take("kesatu", number, "setuju", date(2025, 4, 2))
    assert opened(desk, date(2025, 6, 30))
    assert not opened(desk, date(2025, 7, 1))


def test_an_unconfirmed_notice_starts_no_clock(desk: Desk) -> None:
    extended(desk)
    desk.open(
        "kedua", "penghentian", date(2025, 3, 3), number="7/BKN/2025", sent=date(2025, 3, 1), wished=date(2025, 6, 30)
    )
    assert opened(desk, date(2025, 7, 1))


def test_force_majeure_suspends_what_the_party_gives_until_it_ends(desk: Desk) -> None:
    extended(desk)
    facts: dict[str, Any] = {"kind": "banjir", "occurred": date(2025, 1, 6), "notified": date(2025, 1, 10)}
    number = desk.open(
        "kedua", "kahar", date(2025, 1, 10), duties="Pusat data terendam.", grants="ditangguhkan", **facts
    )
    today = date(2025, 1, 11)
    with pytest.raises(Refused, match="keadaan kahar pada pihak pemilik data"):
        grants_for(desk.standing(today), dataset="pegawai", party="kesatu", day=today)
    desk.take("kesatu", number, "akui", date(2025, 1, 13))
    assert not opened(desk, date(2025, 1, 14))
    desk.take("kedua", number, "akhiri", date(2025, 2, 3), ended=date(2025, 2, 3))
    assert opened(desk, date(2025, 2, 3))


def test_force_majeure_may_leave_access_open(desk: Desk) -> None:
    facts: dict[str, Any] = {"kind": "banjir", "occurred": date(2023, 1, 6), "notified": date(2023, 1, 10)}
    desk.open("kedua", "kahar", date(2023, 1, 10), duties="Rapat koordinasi tertunda.", grants="tetap", **facts)
    assert opened(desk, date(2023, 1, 11))


def test_a_request_becomes_an_addendum_that_opens_its_column_from_its_day_on(desk: Desk) -> None:
    asked = desk.open(
        "kesatu",
        "permintaan",
        date(2023, 3, 1),
        right="ask",
        number="12/PANRB/2023",
        dated=date(2023, 2, 28),
        dataset="pegawai",
        levels=["kelompok_masa_kerja"],
        purpose="Kajian regenerasi jabatan.",
    )
    desk.take("kedua", asked, "telaah", date(2023, 3, 6), right="act", advice="dapat", note="Kolom turunan, aman.")
    desk.take("kedua", asked, "setuju", date(2023, 3, 8))
    made = desk.open(
        "kedua",
        "adendum",
        date(2023, 3, 9),
        number="ADD-1/2023",
        dataset="pegawai",
        levels=["kelompok_masa_kerja"],
        version="1.1",
        party="kesatu",
        first=date(2023, 4, 1),
        request=asked,
    )
    before, after = date(2023, 3, 31), date(2023, 4, 1)
    assert "kelompok_masa_kerja" not in levels(desk, after)
    desk.take("kesatu", made, "setuju", date(2023, 3, 20))
    assert "kelompok_masa_kerja" not in levels(desk, before)
    assert "kelompok_masa_kerja" in levels(desk, after)
    assert "masa_kerja" in levels(desk, after)
    done = desk.take("kesatu", asked, "tuangkan", date(2023, 3, 21), right="act", addendum=made)
    assert done.state == "dituangkan"


def levels(desk: Desk, day: date) -> frozenset[str]:
    grants = grants_for(desk.standing(day), dataset="pegawai", party="kesatu", day=day)
    return frozenset().union(*(grant.opened for grant in grants))


def test_a_receipt_typed_in_late_counts_from_its_confirmation(desk: Desk) -> None:
    extended(desk)
    number = desk.open(
        "kedua", "penghentian", date(2025, 6, 2), number="7/BKN/2025", sent=date(2025, 3, 3), wished=date(2025, 6, 30)
    )
    today = date(2025, 6, 3)
    desk.take("kesatu", number, "terima", today, received=date(2025, 3, 4), by="Sekretariat", how="lisan")
    assert answer_by(desk.book.entry(number)) == date(2025, 6, 25)  # Idul Adha and its cuti bersama lie between
    assert opened(desk, today)


def test_a_terminated_agreement_is_not_prolonged(desk: Desk) -> None:
    extended(desk)
    number = noticed(desk)
    desk.take("kesatu", number, "setuju", date(2025, 4, 2))
    with pytest.raises(Rejected, match="buatlah perjanjian baru"):
        desk.open(
            "kesatu",
            "perpanjangan",
            date(2025, 4, 3),
            document="2/PKS/2025",
            first=date(2026, 2, 9),
            last=date(2028, 2, 8),
        )


def test_both_may_end_an_addendum_and_its_column_closes(desk: Desk) -> None:
    facts: dict[str, Any] = {"number": "ADD-1/2023", "dataset": "pegawai", "version": "1.1", "party": "kesatu"}
    made = desk.open(
        "kedua", "adendum", date(2023, 3, 9), levels=["kelompok_masa_kerja"], first=date(2023, 4, 1), **facts
    )
    desk.take("kesatu", made, "setuju", date(2023, 3, 20))
    last = date(2023, 5, 31)
    assert desk.take("kesatu", made, "akhiri", date(2023, 6, 1), ended=last).state == "berlaku"
    assert desk.take("kedua", made, "akhiri", date(2023, 6, 1), ended=last).state == "diakhiri"
    assert "kelompok_masa_kerja" in levels(desk, last)
    assert "kelompok_masa_kerja" not in levels(desk, last + DAY)
