"""What the server writes into its log of files that were not made at a click."""

import logging

import pytest

from data_access.errors import AsnError, Damaged, Misconfigured, Refused
from ui.server import _worth_a_trace


def record(cause: Exception | None) -> logging.LogRecord:
    """As Streamlit writes it: an error of its own, from the one of ours."""
    error = RuntimeError("Callable execution failed")
    error.__cause__ = cause
    return logging.LogRecord("streamlit", logging.ERROR, __file__, 1, "deferred", (), (RuntimeError, error, None))


@pytest.mark.parametrize(
    ("cause", "written"),
    [
        (Refused("session-ended", "Sesi Anda telah berakhir."), False),
        (Damaged("document-damaged", "Dokumen rusak."), True),
        (Misconfigured("audit", "Catatan tidak dapat ditulis."), True),
        (ValueError("x"), True),
        (None, True),
    ],
)
def test_only_what_is_no_fault_leaves_no_trace(cause: AsnError | None, written: bool) -> None:
    assert _worth_a_trace(record(cause)) is written


def test_other_lines_are_written() -> None:
    assert _worth_a_trace(logging.LogRecord("streamlit", logging.WARNING, __file__, 1, "x", (), None))
