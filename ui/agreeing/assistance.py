"""What only technical assistance has: how long the answer took, and the page that it is about."""

import streamlit as st

from data_access.governance.registers.assistance import answer_time
from data_access.governance.registers.model import Entry
from data_access.words import mark as _
from ui.navigation import PAGES, page_of
from ui.session import signed_in, t

HOUR = 3_600


def more(entry: Entry) -> None:
    """Below the facts of a request for help."""
    taken = answer_time(entry)
    if taken is not None:
        hours, rest = divmod(int(taken.total_seconds()), HOUR)
        st.caption(t(_("Dijawab setelah {hours} jam {minutes} menit."), hours=hours, minutes=rest // 60))
    about = entry.facts.about
    if about in {page.path for page in PAGES} and signed_in().may_open(about):
        st.page_link(page_of(about), icon=":material/arrow_forward:")
