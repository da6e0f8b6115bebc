"""What a server process does once before its first visitor: checks contract and roles, migrates the state, opens the release."""

import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import Route
from streamlit.runtime import backend_operation_handler, get_instance

from data_access.access.gateway import gateway
from data_access.access.roles import roles
from data_access.contract import contract
from data_access.errors import Damaged, Refused
from data_access.keys import checked
from data_access.settings import settings
from data_access.state import engine, upgrade
from ui import maps
from ui.gate.resuming import keep_own_pages
from ui.gate.told import Told

ICON = Path(__file__).parent / "icon.png"
log = logging.getLogger(__name__)


@asynccontextmanager
async def made_ready(told: Told, _app: st.App) -> AsyncIterator[None]:
    """A mistake in contract, roles, settings or state stops the start; a missing release or an unsound map is only told."""
    contract()
    roles()
    checked(settings().keys)
    upgrade(engine(settings().state))
    maps.known()
    keep_own_pages(get_instance(), told)
    logging.getLogger(backend_operation_handler.__name__).addFilter(_worth_a_trace)
    try:
        gateway(settings()).warm()
    except Damaged as error:
        log.warning("no release is served: %s", error)
    gc.freeze()  # what lives as long as the process need not be looked through again and again
    yield


def _worth_a_trace(record: logging.LogRecord) -> bool:
    """A file that is refused at the click is no fault of the program: the audit has it, and the page says that there is none."""
    error = record.exc_info and record.exc_info[1]
    return not (error and isinstance(error.__cause__, Refused))


async def icon(_request: Request) -> FileResponse:
    """The icon of the empty shell, in place of Streamlit's own."""
    return FileResponse(ICON)


ICON_ROUTE = Route("/favicon.png", icon, methods=["GET"])
