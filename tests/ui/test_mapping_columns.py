"""The tables of the mapping write their numbers as the language does."""

import pytest
from streamlit.testing.v1 import AppTest


def _labels(language: str) -> None:
    import streamlit as st

    from data_access.intake.mapping.model import Mapping
    from ui.refreshing import mapping_columns

    st.session_state["asn_language"] = language
    known = Mapping(name="rekap", dataset="pegawai", columns={"Gender": "jenis_kelamin"})
    proposal = {"level": "jenis_kelamin", "source": "Lelaki", "rows": 30_246, "candidates": []}
    mapping_columns.labels(known, {"proposals": [proposal]}, "k")


@pytest.mark.parametrize(("language", "told"), [("id", "30.246"), ("en", "30,246")])
def test_how_often_a_label_occurs_is_grouped(language: str, told: str) -> None:
    page = AppTest.from_function(_labels, args=(language,)).run()
    assert not page.exception
    assert list(page.dataframe[0].value["rows"]) == [told]
