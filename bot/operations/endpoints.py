"""`/livez`, `/readyz` and `/metrics`, for whatever watches over processes. Answers nothing else."""

from __future__ import annotations

import math
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.operations.errors import OperationError
from bot.operations.metrics import CONTENT_TYPE
from bot.operations.vitals import reasons_not_alive, reasons_not_ready

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.operations.vitals import Vitals
    from bot.operations.watch import Watch

_GOODBYE_SECONDS = 0.5
_UNAVAILABLE = 503


@asynccontextmanager
async def listening(address: tuple[str, int], watch: Watch) -> AsyncIterator[None]:
    """Answer on a host and port for as long as the block lasts.

    Raises OperationError where that address cannot be had.
    """
    runner = web.AppRunner(_application(watch), access_log=None, shutdown_timeout=_GOODBYE_SECONDS)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, *address).start()
        except OSError as error:
            host, port = address
            raise OperationError(
                f"Health cannot be told on {host}:{port} ({error.strerror or error}); choose "
                "another PULLQUOTE_HEALTH_ADDRESS."
            ) from error
        yield
    finally:
        await runner.cleanup()


def _application(watch: Watch) -> web.Application:
    async def livez(_request: web.Request) -> web.Response:
        vitals = watch.vitals()
        return _told(vitals, reasons_not_alive(vitals))

    async def readyz(_request: web.Request) -> web.Response:
        vitals = watch.vitals()
        return _told(vitals, reasons_not_ready(vitals))

    async def metrics(_request: web.Request) -> web.Response:
        body = watch.metrics.text(watch.vitals())
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE})

    application = web.Application()
    application.router.add_get("/livez", livez)
    application.router.add_get("/readyz", readyz)
    application.router.add_get("/metrics", metrics)
    return application


def _told(vitals: Vitals, reasons: list[str]) -> web.Response:
    value = {"ok": not reasons, "reasons": reasons, **_state(vitals)}
    return web.json_response(value, status=_UNAVAILABLE if reasons else 200)


def _state(vitals: Vitals) -> dict[str, Any]:
    standing, index = vitals.standing, vitals.index
    return {
        "latency_seconds": _finite(standing.latency_seconds if standing else None),
        "last_event_age_seconds": _finite(standing.silence_seconds if standing else None),
        "servers": standing.server_count if standing else 0,
        "passages": index.passage_count if index else 0,
        "index_age_seconds": _finite(index.age_seconds if index else None),
        "event_loop_lag_seconds": _finite(vitals.loop_lag_seconds),
    }


def _finite(seconds: float | None) -> float | None:
    return round(seconds, 3) if seconds is not None and math.isfinite(seconds) else None
