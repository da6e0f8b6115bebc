"""From a delivery to a release: bring it in, see what the check found and what would change, publish or give it up."""

import streamlit as st

from data_access.access.refreshing import check_may_refresh_any
from data_access.words import mark as _
from ui.frame import served, speaks_of
from ui.refreshing import bringing, detail, following
from ui.session import t, viewer

me = viewer("data/penyegaran")
datasets = check_may_refresh_any(me)

st.title(t(_("Penyegaran data")), anchor=False)
st.markdown(t(_("Apakah kiriman ini layak terbit, dan apa yang berubah bila diterbitkan?")))
shown = served()
if shown is None:
    st.info(t(_("Belum ada rilis yang disajikan. Terbitkan snapshot pertama.")), icon=":material/info:")
else:
    speaks_of(shown)
found = following.listed()
looked_at = following.chosen(found)
opened = looked_at is None or bringing.pending()
with st.expander(t(_("Kiriman baru")), expanded=opened, icon=":material/add_circle:"):
    bringing.new_delivery(me, datasets)
if looked_at is not None:
    detail.show(me, looked_at)
    st.subheader(t(_("Semua penyegaran")), anchor=False)
    following.table(found)
