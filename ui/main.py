"""The script of every run: who is this, and which page may they open. Everything else is in `pages` and the modules beside."""

import streamlit as st

from ui import seeing
from ui.frame import ICON, PRODUCT, guarded, side_bar, styled
from ui.navigation import choose
from ui.session import at_the_door, current, t, watch
from ui.sign_in_cookie import without_cookie_component

without_cookie_component()
st.set_page_config(page_title=t(PRODUCT), page_icon=ICON, layout="wide")


def run() -> None:

    styled()
    viewer = current()
    page = choose(viewer)
    if viewer is not None:
        side_bar(viewer)
        seeing.banner(viewer)
        watch()
    if not at_the_door():
        guarded(page.run)


guarded(run)
