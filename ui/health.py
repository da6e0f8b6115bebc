"""Two addresses for whoever watches the server: `/healthz` (it runs) and `/readyz` (it can answer). They tell nothing else."""

import logging
import time

from anyio import to_thread
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from data_access.access.gateway import gateway
from data_access.errors import AsnError
from data_access.governance.agreement import register
from data_access.settings import settings
from data_access.state import engine, reading
from data_access.state.tables import session

ALIVE, READY = "/healthz", "/readyz"
KEPT = 2.0  # seconds; anybody may ask, as often as they like
log = logging.getLogger(__name__)


class Readiness:
    """What the last look found, so that asking often costs nothing."""

    def __init__(self) -> None:
        self._until, self._ready = 0.0, False

    def now(self) -> bool:
        if time.monotonic() >= self._until:
            self._ready, self._until = ready(), time.monotonic() + KEPT
        return self._ready


READINESS = Readiness()


def ready() -> bool:
    """Whether state, agreement and release can be read; what is wrong stands in the log."""
    try:
        with reading(engine(settings().state)) as connection:
            connection.execute(select(session.c.id).limit(1)).first()
        register(settings().agreement)
        gateway(settings()).reader()
    except (AsnError, OSError, SQLAlchemyError) as error:
        log.warning("not ready: %s", error)
        return False
    return True


async def alive(_request: Request) -> Response:
    return Response(status_code=204)


async def readiness(_request: Request) -> Response:
    """204, or 503 while a question could not be answered."""
    return Response(status_code=204 if await to_thread.run_sync(READINESS.now) else 503)


ROUTES = [Route(ALIVE, alive, methods=["GET"]), Route(READY, readiness, methods=["GET"])]
