"""Who has an account, for the administrator: the list, new accounts, and every change of one."""

import streamlit as st

from data_access.access.administering import all_listed
from data_access.words import mark as _
from ui.accounts_admin import acting, adding, listing, panel
from ui.session import t, viewer

me = viewer("admin/akun")

st.title(t(_("Siapa punya akun, dan dengan hak apa?")), anchor=False)
st.markdown(t(_("Setiap perubahan di sini berlaku seketika dan dicatat dalam audit atas nama Anda.")))
accounts = all_listed(me)
acting.remind(me)
listing.counts(accounts)
listing.show(accounts)
adding.offer(me)
panel.show(me, accounts)
