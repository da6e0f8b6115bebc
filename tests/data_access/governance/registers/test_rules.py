"""Bad input, one by one: refused with the rule and its article, and nothing is written."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from data_access.errors import AsnError, Refused, Rejected
from data_access.governance.documents import Attachment
from data_access.governance.registers.catalogue import REGISTERS
from data_access.state import reading
from data_access.state.tables import audit, document, register_entry, register_step
from tests.data_access.governance.registers.conftest import LIMIT, Desk, actor, at

TODAY = date(2025, 6, 2)
EXTENSION: dict[str, Any] = {"document": "1/PKS/2024", "first": date(2024, 2, 9), "last": date(2026, 2, 8)}
NOTICE: dict[str, Any] = {"number": "7/2025", "sent": date(2025, 6, 2), "wished": date(2025, 12, 31)}
LETTER: dict[str, Any] = {"number": "1/2025", "subject": "Undangan", "dated": date(2025, 6, 1), "way": "surel"}
ADDRESS: dict[str, Any] = {
    "address": "Jalan Baru 1",
    "email": "a@bkn.go.id",
    "notified": date(2025, 6, 2),
    "effective": date(2025, 6, 20),
}
MEMBER: dict[str, Any] = {
    "person": "Budi",
    "party": "kesatu",
    "decree": "1/2025",
    "first": date(2025, 1, 1),
    "last": date(2026, 1, 1),
}
KAHAR: dict[str, Any] = {
    "kind": "banjir",
    "occurred": date(2025, 5, 19),
    "notified": date(2025, 6, 2),
    "duties": "Pusat data terendam.",
    "grants": "tetap",
}
INCIDENT: dict[str, Any] = {
    "subject": "Berkas terkirim keliru",
    "discovered": datetime(2025, 6, 2, 1, tzinfo=UTC),
    "since": datetime(2025, 6, 1, 1, tzinfo=UTC),
    "what": "Berkas terkirim ke alamat yang salah.",
}
ADDENDUM: dict[str, Any] = {
    "number": "A-1",
    "dataset": "pegawai",
    "levels": ["kelompok_masa_kerja"],
    "version": "1.1",
    "party": "kesatu",
    "first": date(2025, 7, 1),
}
REQUEST: dict[str, Any] = {
    "number": "P-1",
    "dated": date(2025, 6, 1),
    "dataset": "pegawai",
    "levels": ["provinsi"],
    "purpose": "Kajian kebijakan.",
}
DISCLOSURE: dict[str, Any] = {
    "recipient": "BPS",
    "what": "Ringkasan per provinsi.",
    "ground": "a",
    "purpose": "Publikasi bersama.",
}

UNFIT: list[tuple[str, str, dict[str, Any], dict[str, Any], str, str]] = [
    # party, register, facts, what is changed in them, reason, words of the sentence
    ("kesatu", "perpanjangan", EXTENSION, {"last": date(2024, 2, 8)}, "days-order", "Pasal 6 ayat (1)"),
    ("kesatu", "perpanjangan", EXTENSION, {"first": date(2022, 2, 8)}, "before-signing", "mendahului penandatanganan"),
    ("kesatu", "perpanjangan", EXTENSION, {"document": " "}, "fact-missing", "Nomor dokumen perpanjangan"),
    ("kesatu", "perpanjangan", EXTENSION, {"document": "x"}, "fact-short", "paling sedikit 2"),
    ("kesatu", "perpanjangan", EXTENSION, {"document": "x" * 201}, "fact-long", "paling banyak 200"),
    ("kesatu", "perpanjangan", EXTENSION, {"first": None}, "fact-missing", "Berlaku mulai"),
    ("kesatu", "perpanjangan", EXTENSION, {"first": "kemarin"}, "fact-missing", "Berlaku mulai"),
    ("kesatu", "perpanjangan", EXTENSION, {"sum": 1}, "fact-unfit", "tidak dapat dipakai"),
    ("kesatu", "penghentian", NOTICE, {"wished": date(2025, 9, 1)}, "notice-short", "2 September 2025"),
    ("kesatu", "penghentian", NOTICE, {"sent": date(2025, 6, 3)}, "not-yet", "belum terjadi"),
    ("kesatu", "penghentian", NOTICE, {"sent": date(2022, 1, 3)}, "before-signing", "9 Februari 2022"),
    ("kesatu", "surat", LETTER, {"way": "merpati"}, "fact-unfit", "Cara penyampaian"),
    ("kesatu", "surat", LETTER, {"dated": date(2025, 6, 3)}, "not-yet", "Tanggal surat"),
    # 12 June is the 7th working day before 25 June? No: 6 June (Idul Adha) and 9 June (cuti bersama) do not count.
    ("kedua", "alamat", ADDRESS, {"effective": date(2025, 6, 12)}, "address-late", "Pasal 8 ayat (3)"),
    ("kedua", "tim", MEMBER, {"last": date(2025, 6, 1)}, "decree-ended", "Pasal 4 ayat (2)"),
    ("kedua", "tim", MEMBER, {"last": date(2024, 6, 1)}, "days-order", "Pasal 4 ayat (2)"),
    ("kesatu", "tim", MEMBER, {}, "step-party", "PIHAK KEDUA"),
    ("kedua", "kahar", KAHAR, {"occurred": date(2025, 5, 18)}, "kahar-late", "1 Juni 2025"),
    ("kedua", "kahar", KAHAR, {"notified": date(2025, 5, 1)}, "kahar-order", "Pasal 10 ayat (2)"),
    ("kedua", "insiden", INCIDENT, {"since": datetime(2025, 6, 2, 2, tzinfo=UTC)}, "incident-order", "sebelum terjadi"),
    ("kedua", "insiden", INCIDENT, {"discovered": datetime(2025, 6, 2, 9, tzinfo=UTC)}, "not-yet", "Ditemukan pada"),
    ("kedua", "adendum", ADDENDUM, {"party": "kedua"}, "addendum-party", "Pasal 12 ayat (2)"),
    ("kedua", "adendum", ADDENDUM, {"version": "9"}, "version-unknown", "Versi"),
    ("kedua", "adendum", ADDENDUM, {"version": "1.0"}, "levels-unknown", "kelompok_masa_kerja"),
    ("kedua", "adendum", ADDENDUM, {"levels": []}, "fact-missing", "Kolom yang dibuka"),
    ("kedua", "adendum", ADDENDUM, {"request": 99}, "request-open", "Pasal 12 ayat (3)"),
    ("kedua", "permintaan", REQUEST, {}, "request-own", "Pasal 12 ayat (3)"),
    ("kesatu", "permintaan", REQUEST, {"dataset": "gaji"}, "request-own", "Pasal 12 ayat (3)"),
    ("kesatu", "permintaan", REQUEST, {"levels": ["agama"]}, "levels-unknown", "agama"),
    ("kesatu", "pengungkapan", DISCLOSURE, {"ground": "e"}, "fact-unfit", "Dasar"),
    ("kesatu", "evaluasi", {"year": 2025, "half": "1"}, {}, "half-year-open", "Pasal 7"),
    ("kesatu", "evaluasi", {"year": 2021, "half": "1"}, {}, "fact-unfit", "Tahun"),
    (
        "kesatu",
        "keputusan",
        {"what": "Sepakati", "party": "kesatu", "person": "Budi", "by": TODAY},
        {"meeting": 7},
        "meeting-unknown",
        "7",
    ),
]


def written(desk: Desk) -> list[int]:
    with reading(desk.engine) as connection:
        return [
            connection.scalar(select(func.count()).select_from(table)) or 0
            for table in (register_entry, register_step, document, audit)
        ]


@pytest.mark.parametrize(
    ("party", "register", "facts", "change", "reason", "words"),
    UNFIT,
    ids=[f"{r[1]}-{r[4]}-{i}" for i, r in enumerate(UNFIT)],
)
def test_unfit_facts_are_refused_with_their_rule(
    desk: Desk, party: Any, register: str, facts: dict[str, Any], change: dict[str, Any], reason: str, words: str
) -> None:
    with pytest.raises(AsnError) as refused:
        desk.open(party, register, TODAY, **(facts | change))
    assert refused.value.reason == reason
    assert words in refused.value.sentence("id")
    assert refused.value.sentence("en")
    assert written(desk) == [0, 0, 0, 0]


@pytest.mark.parametrize("register", sorted({row[1] for row in UNFIT} - {"evaluasi"}))
def test_the_same_facts_unchanged_are_taken(desk: Desk, register: str) -> None:
    """The table above refuses for its changes and for nothing else."""
    party, facts = next(
        (row[0], row[2]) for row in UNFIT if row[1] == register and row[4] not in ("step-party", "request-own")
    )
    assert desk.open(party, register, TODAY, **facts) == 1  # type: ignore[arg-type]


def test_one_evaluation_for_each_half_year(desk: Desk) -> None:
    desk.open("kesatu", "evaluasi", TODAY, year=2024, half="2")
    with pytest.raises(Rejected, match=r"untuk 2024-2 sudah ada \(Pasal 7\)"):
        desk.open("kedua", "evaluasi", TODAY, year=2024, half="2")
    desk.open("kedua", "evaluasi", TODAY, year=2024, half="1")


def test_a_letter_cannot_be_received_before_it_was_sent(desk: Desk) -> None:
    number = desk.open("kesatu", "surat", TODAY, **LETTER)
    with pytest.raises(Rejected, match="sebelum dikirim"):
        desk.take("kedua", number, "terima", TODAY, received=date(2025, 5, 30), by="Tata usaha", how="lisan")


def test_steps_out_of_order_are_refused_and_leave_the_matter_as_it_was(desk: Desk) -> None:
    number = desk.open("kesatu", "permintaan", TODAY, right="ask", **REQUEST)
    before = written(desk)
    for action in ("setuju", "tolak", "tuangkan", "tidak-ada"):
        with pytest.raises(Rejected, match=r"diajukan, menunggu telaah"):
            desk.book.take(actor("kedua"), number, action, {"note": "Sudah dipertimbangkan."}, now=at(TODAY))
    assert written(desk) == before
    assert desk.book.entry(number).state == "diajukan"


def test_the_owner_decides_and_nobody_else(desk: Desk) -> None:
    number = desk.open("kesatu", "permintaan", TODAY, right="ask", **REQUEST)
    desk.take("kesatu", number, "telaah", TODAY, right="act", advice="dapat", note="Dapat dipenuhi.")
    with pytest.raises(Refused, match="milik PIHAK KEDUA"):
        desk.take("kesatu", number, "setuju", TODAY)
    with pytest.raises(Refused, match="peran Anda tidak mengambil langkah ini"):
        desk.take("kedua", number, "setuju", TODAY, right="act")
    assert desk.take("kedua", number, "setuju", TODAY).state == "disetujui"


@pytest.mark.parametrize("right", ["none", "read"])
def test_who_may_only_read_opens_nothing(desk: Desk, right: Any) -> None:
    for register in REGISTERS:
        with pytest.raises(Refused):
            desk.open("kedua", register, TODAY, right=right)
    assert written(desk) == [0, 0, 0, 0]


def test_consent_of_both_means_two_parties_not_one_twice(desk: Desk) -> None:
    number = desk.open("kesatu", "pengungkapan", TODAY, right="ask", **DISCLOSURE)
    assert desk.take("kesatu", number, "setuju", TODAY).state == "diajukan"
    with pytest.raises(Rejected, match="pihak Anda sudah mengambil langkah ini"):
        desk.take("kesatu", number, "setuju", TODAY)
    assert desk.take("kedua", number, "setuju", TODAY).state == "disetujui"


def test_only_ground_a_asks_the_other_party(desk: Desk) -> None:
    number = desk.open("kesatu", "pengungkapan", TODAY, right="ask", **(DISCLOSURE | {"ground": "c"}))
    with pytest.raises(Refused):
        desk.take("kedua", number, "setuju", TODAY)
    with pytest.raises(Refused):
        desk.take("kedua", number, "sahkan", TODAY)
    assert desk.take("kesatu", number, "sahkan", TODAY).state == "disetujui"


@pytest.mark.parametrize(
    ("attachment", "reason"),
    [
        (None, "document-missing"),
        (Attachment("surat.pdf", b"bukan PDF sama sekali"), "attachment-mismatch"),
        (Attachment("surat.pdf", b"%PDF-1.7\n" + b"0" * 50_000_000), "attachment-large"),
        (Attachment("surat.exe", b"MZ"), "attachment-kind"),
        (Attachment("surat.pdf", b""), "attachment-empty"),
    ],
    ids=["none", "no-pdf", "50-MB", "program", "empty"],
)
def test_a_step_that_needs_a_document_takes_no_other_thing(
    desk: Desk, attachment: Attachment | None, reason: str
) -> None:
    with pytest.raises(Rejected) as refused:
        desk.book.open(actor("kesatu"), "perpanjangan", EXTENSION, attachment, now=at(TODAY))
    assert refused.value.reason == reason
    assert written(desk) == [0, 0, 0, 0]
    assert LIMIT < 50_000_000


def test_a_step_without_documents_takes_none(desk: Desk) -> None:
    with pytest.raises(Rejected, match="tanpa lampiran"):
        desk.book.open(
            actor("kesatu"), "evaluasi", {"year": 2024, "half": "2"}, Attachment("a.pdf", b"x"), now=at(TODAY)
        )


def test_an_incident_is_not_contained_before_it_was_found(desk: Desk) -> None:
    number = desk.open("kedua", "insiden", TODAY, **INCIDENT)
    with pytest.raises(Rejected, match="mendahului penemuan"):
        desk.take("kedua", number, "tahan", TODAY, contained=datetime(2025, 6, 2, 0, tzinfo=UTC), note="Akun ditutup.")


def test_no_audit_no_step(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The record that cannot be written takes the step with it."""

    def broken(*_args: object, **_more: object) -> int:
        raise Rejected("audit-broken", "Catatan rusak.")

    monkeypatch.setattr("data_access.governance.registers.book.append", broken)
    with pytest.raises(Rejected):
        desk.open("kesatu", "surat", TODAY, **LETTER)
    assert written(desk) == [0, 0, 0, 0]


def test_a_yes_to_what_was_said_before_is_no_yes_to_what_is_said_now(desk: Desk) -> None:
    facts: dict[str, Any] = {"subject": "Arti akses terbatas", "article": "Pasal 2", "position": "Mencakup unduhan."}
    number = desk.open("kesatu", "perselisihan", TODAY, **facts)
    desk.take("kesatu", number, "musyawarah", TODAY, held=TODAY, result="Sepakat mencakup unduhan.")
    desk.take("kesatu", number, "mufakat", TODAY, note="Setuju dengan hasil ini.")
    desk.take("kedua", number, "musyawarah", TODAY, held=TODAY, result="Tidak mencakup unduhan.")
    assert desk.take("kedua", number, "mufakat", TODAY, note="Setuju dengan hasil ini.").state == "musyawarah"
    assert desk.take("kesatu", number, "mufakat", TODAY, note="Setuju dengan hasil ini.").state == "selesai"


def test_an_approved_request_may_be_given_up_by_both(desk: Desk) -> None:
    number = desk.open("kesatu", "permintaan", TODAY, right="ask", **REQUEST)
    desk.take("kesatu", number, "telaah", TODAY, right="act", advice="dapat", note="Dapat dipenuhi.")
    desk.take("kedua", number, "setuju", TODAY)
    with pytest.raises(Rejected, match="tidak membuka apa yang disetujui"):
        desk.open("kedua", "adendum", TODAY, **(ADDENDUM | {"request": number}))
    desk.take("kesatu", number, "batal", TODAY, note="Tidak diperlukan lagi.")
    assert desk.take("kedua", number, "batal", TODAY, note="Tidak diperlukan lagi.").state == "ditolak"


def test_nothing_is_handed_over_before_it_was_allowed(desk: Desk) -> None:
    number = desk.open("kesatu", "pengungkapan", TODAY, right="ask", **(DISCLOSURE | {"ground": "d"}))
    desk.take("kesatu", number, "sahkan", TODAY)
    with pytest.raises(Rejected, match=r"sebelum disetujui"):
        desk.take("kesatu", number, "serahkan", TODAY, handed=date(2025, 6, 1), to="BPS")
    assert desk.take("kesatu", number, "serahkan", TODAY, handed=TODAY, to="BPS").state == "diserahkan"
