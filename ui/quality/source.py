"""Where quality figures come from, what each one means, and how they are protected."""

from collections.abc import Sequence

import streamlit as st

from data_access.access.quality import Quality
from data_access.release.policy import POLICY
from data_access.release.ptable import DESIGN
from data_access.words import mark as _
from ui.frame import example_badge, long_day
from ui.session import t


def source(found: Quality, definitions: Sequence[tuple[str, str]]) -> None:
    """A panel on demand: the definitions, then release, dates and protection."""
    with st.popover(t(_("Sumber dan definisi")), icon=":material/menu_book:", type="tertiary"):
        example_badge(example=found.example)
        for name, meaning in definitions:
            st.markdown(f"**{name}**  \n{meaning}")
        told = t(PROTECTION, threshold=POLICY.threshold, base=POLICY.rounding, largest=DESIGN.largest)
        st.markdown(f"**{t(_('Perlindungan'))}**  \n{told}")
        dates = ", ".join(long_day(day) for day in found.periods)
        st.markdown(f"**{t(_('Rilis'))}**  \n{found.release}: {dates}")


PROTECTION = _(
    "Setiap jumlah catatan yang gagal digeser acak paling banyak {largest} sebelum menjadi bagian, jadi selisih dua angka tidak "
    "menunjuk orang. Kurang dari {threshold} tampil sebagai <{threshold}, mungkin nol; yang lebih besar dibulatkan ke kelipatan "
    "{base}. 100% berarti kurang dari {threshold} yang lolos."
)
