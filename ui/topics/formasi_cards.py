"""The numbers of a year of recruitment side by side: need, approval, fill rate, applicants per post."""

from datetime import date
from functools import partial

import streamlit as st

from data_access.access.result import Protected
from data_access.access.written import UNAVAILABLE
from data_access.words import mark as _
from data_access.words import number as written_number
from ui.session import language, t
from ui.topics import formasi as topic


def show(stages: Protected, period: date, before: date | None) -> None:
    """Need, approval, fill rate and applicants per post of the year, with the change since the year before."""
    approved, applicants = topic.stage(stages, topic.APPROVED, period), topic.stage(stages, topic.APPLICANTS, period)
    per_post = UNAVAILABLE
    if approved and applicants is not None:
        per_post = written_number(applicants / approved, language(), decimals=1)
    cards = (
        (
            _("Kebutuhan"),
            topic.count(stages, topic.NEEDED, period),
            _("Menurut analisis jabatan dan beban kerja instansi."),
        ),
        (_("Ditetapkan"), topic.count(stages, topic.APPROVED, period), _("Formasi yang ditetapkan Menteri PANRB.")),
        (
            _("Keterisian"),
            topic.told_rate(stages, period, language()),
            _("Formasi yang terisi dari formasi yang ditetapkan."),
        ),
        (_("Pelamar per formasi"), per_post, _("Pelamar yang memenuhi syarat dibagi formasi yang ditetapkan.")),
    )
    for place, (column, (label, value, why)) in enumerate(zip(st.columns(len(cards)), cards, strict=True)):
        with column.container(border=True, height="stretch"):
            st.metric(t(label), value, help=t(why))
            st.caption(_before(stages, place, before) or "\N{NO-BREAK SPACE}")


def _before(stages: Protected, place: int, before: date | None) -> str:
    """The same number a year before, for the first three cards."""
    if before is None or place > 2:
        return ""
    values = (
        partial(topic.count, stages, topic.NEEDED),
        partial(topic.count, stages, topic.APPROVED),
        partial(topic.told_rate, stages, language=language()),
    )
    value = values[place](period=before)
    return f"{before.year}: {value}"
