"""The form that serves another release: what would change is told first, and a reason is needed."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.world import World

GONE = "Tidak lagi tampil: 30 Jun 2025 (pegawai ASN)."


def rollback_script() -> None:
    """The form alone, over releases of the tests; what it confirms is written on the page."""
    import streamlit as st

    from tests.ui.releases import EVERY
    from ui.history import rollback_form

    held = EVERY[: st.session_state.get("count", 4)]

    def confirmed(release: str, reason: str) -> None:
        st.success(f"{release}: {reason}")

    rollback_form(held, held[-1].id, confirmed)


def form(count: int = 4) -> AppTest:
    at = AppTest.from_function(rollback_script, default_timeout=30)
    at.session_state["count"] = count
    return at.run()


@pytest.mark.parametrize(
    ("count", "release", "lines"),
    [
        (
            4,
            "0003",
            [
                GONE,
                "Tampil kembali: 30 Jun 2023 (pegawai ASN).",
                "Berganti revisi: 30 Jun 2022 (pegawai ASN) dari asli ke revisi 1.",
            ],
        ),
        (4, "0001", [GONE]),
        (2, "0001", ["Tidak lagi tampil: 30 Jun 2023 (pegawai ASN)."]),
    ],
)
def test_the_form_says_what_would_change(stage: World, count: int, release: str, lines: list[str]) -> None:
    at = form(count)
    at.selectbox[0].set_value(release).run()
    assert [str(one.value).removeprefix("- ") for one in at.markdown if str(one.value).startswith("- ")] == lines


@pytest.mark.parametrize("reason", ["", "   ", "keliru", "a        b", "123456789"])
def test_a_short_reason_is_not_enough(stage: World, reason: str) -> None:
    at = form()
    at.text_area[0].set_value(reason)
    at.button[0].click().run()
    assert len(at.warning) == 1
    assert not at.success


def test_a_reason_is_handed_on_with_the_release(stage: World) -> None:
    at = form()
    at.selectbox[0].set_value("0002").run()
    at.text_area[0].set_value("  Data ganda dua kementerian  ")
    at.button[0].click().run()
    assert [one.value for one in at.success] == ["0002: Data ganda dua kementerian"]


def test_with_one_release_there_is_none_to_go_back_to(stage: World) -> None:
    at = form(1)
    assert [info.value for info in at.info] == ["Belum ada rilis lain untuk disajikan."]
    assert not at.button
