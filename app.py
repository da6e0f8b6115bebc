"""The server that `streamlit run app.py` starts: made ready before its first visitor, then every run is `ui/main.py`.

The script lies outside this folder on purpose: Streamlit serves files of a `pages` folder beside its script by itself.
"""

from functools import partial
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from ui import entering, health, receiving
from ui.forwarded import Forwarded, believe_settings_alone
from ui.gate.middleware import Gate
from ui.gate.told import Told
from ui.headers import Headers
from ui.server import ICON_ROUTE, made_ready

believe_settings_alone()
told = Told()
app = st.App(
    Path(__file__).parent / "ui" / "main.py",
    lifespan=partial(made_ready, told),
    routes=[*entering.ROUTES, *health.ROUTES, receiving.ROUTE, ICON_ROUTE],
    middleware=[Middleware(Forwarded), Middleware(Headers), Middleware(Gate, told)],
)
