"""What waits for whom: the most urgent first, for the party whose turn it is, and for what the account may do."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from data_access.contract import Party
from data_access.governance.registers.due import due
from data_access.governance.registers.model import Due, Right
from tests.data_access.governance.registers.conftest import Desk

TODAY = date(2022, 6, 1)


def told(desk: Desk, party: Party, *, right: Right = "decide", day: date = TODAY) -> list[Due]:
    return due(desk.standing(day), desk.book.entries(), party=party, right=right, day=day)


def names(found: list[Due]) -> list[str]:
    return [one.register for one in found]


def test_a_letter_waits_for_the_party_that_gets_it_until_it_is_confirmed(desk: Desk) -> None:
    number = desk.open("kesatu", "surat", TODAY, number="1/2022", subject="Undangan", dated=TODAY, way="pos")
    assert names(told(desk, "kedua")) == ["surat"]
    assert names(told(desk, "kesatu")) == []
    desk.take("kedua", number, "terima", TODAY, received=TODAY, by="Tata usaha", how="tertulis")
    assert told(desk, "kedua") == []


def test_the_most_urgent_comes_first_and_what_has_no_term_last(desk: Desk) -> None:
    desk.open("kesatu", "surat", TODAY, number="1/2022", subject="Undangan", dated=TODAY, way="pos")
    decision: dict[str, Any] = {"what": "Susun kamus", "party": "kedua", "person": "Siti"}
    desk.open("kesatu", "keputusan", TODAY, by=date(2022, 8, 1), **decision)
    found: dict[str, Any] = {
        "subject": "Berkas",
        "what": "Berkas terkirim keliru.",
        "since": datetime(2022, 5, 31, tzinfo=UTC),
    }
    desk.open("kedua", "insiden", TODAY, discovered=datetime(2022, 6, 1, 2, tzinfo=UTC), **found)
    assert names(told(desk, "kedua")) == ["insiden", "keputusan", "surat", "insiden"]
    [clock] = [one for one in told(desk, "kedua") if one.at]
    assert clock.at == datetime(2022, 6, 4, 2, tzinfo=UTC)


def test_who_only_asks_hears_only_of_steps_that_are_theirs(desk: Desk) -> None:
    desk.open("kesatu", "surat", TODAY, number="1/2022", subject="Undangan", dated=TODAY, way="pos")
    asked: dict[str, Any] = {"subject": "Filter provinsi", "question": "Mengapa Papua kosong?"}
    number = desk.open("kesatu", "pendampingan", TODAY, right="ask", **asked)
    assert names(told(desk, "kedua", right="ask")) == []
    assert set(names(told(desk, "kedua", right="act"))) == {"surat", "pendampingan"}
    desk.take("kedua", number, "jawab", TODAY, note="Belum ada provinsinya.")
    assert names(told(desk, "kesatu", right="ask")) == ["pendampingan"]


def test_half_years_without_a_report_wait_for_both(desk: Desk) -> None:
    day = date(2022, 8, 1)
    for party in ("kesatu", "kedua"):
        [missing] = told(desk, party, day=day)
        assert (missing.register, missing.day, missing.facts["half"]) == ("evaluasi", date(2022, 7, 31), "I")
    number = desk.open("kesatu", "evaluasi", day, year=2022, half="1")
    assert [one.entry for one in told(desk, "kedua", day=day)] == [number]
    desk.take("kedua", number, "tutup", day)
    assert told(desk, "kedua", day=day) == []
    assert [one.entry for one in told(desk, "kesatu", day=day)] == [number]
    assert desk.take("kesatu", number, "tutup", day).state == "ditutup"
    assert told(desk, "kesatu", day=day) == []


def test_a_membership_is_told_before_its_decree_ends(desk: Desk) -> None:
    last = TODAY + timedelta(days=30)
    facts: dict[str, Any] = {"person": "Budi", "account": "budi", "party": "kesatu", "decree": "1/2022"}
    desk.open("kedua", "tim", TODAY, first=TODAY, last=last, **facts)
    assert names(told(desk, "kedua")) == ["tim"]
    assert "tim" not in names(told(desk, "kedua", day=last + timedelta(days=1)))
