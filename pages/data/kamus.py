"""The data dictionary: what each dimension and code means, who owns it, and what may be used."""

import streamlit as st

from data_access.words import mark as _
from ui import dictionary, reading_guide
from ui.session import t, viewer

me = viewer("data/kamus")

st.title(t(_("Kamus data")), anchor=False)
st.markdown(t(_("Apa arti setiap dimensi dan kode, dari mana asalnya, dan mana yang dapat Anda gunakan?")))
dataset = dictionary.choose()
words, guide, changes = st.tabs([t(_("Dimensi dan kode")), t(_("Cara membaca angka")), t(_("Perubahan kontrak"))])
with words:
    mine = dictionary.usable(me, dataset.name)
    dictionary.look_up(dataset, mine)
    dictionary.every_level(dataset, mine)
with guide:
    reading_guide.signs()
    reading_guide.about(dataset)
with changes:
    reading_guide.versions(dataset)
