"""Tells this machine's own requests from those that a site elsewhere makes a browser send here.

Such a site cannot choose the Host header, which stays its own name even if that name now leads
here (DNS rebinding), nor the Origin header, which a browser sends with every WebSocket and with
every request that could change something. The client of a bot sends no Origin.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from aiohttp import web

Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]

_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})


def reason_to_refuse(headers: Mapping[str, str]) -> str | None:
    """Say why a request is a stranger's; None where it comes from this machine's own address."""
    host = headers.get("Host", "")
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    if name.lower() not in _NAMES:
        return f"This is served to this machine only, not to {name!r}."
    if headers.get("Origin") not in {None, f"http://{host}"}:
        return "This takes no orders from other sites."
    return None


@web.middleware
async def refuse_strangers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer a stranger's request with 403, before anything is read or upgraded."""
    refusal = reason_to_refuse(request.headers)
    if refusal:
        return web.Response(status=403, text=refusal)
    return await handler(request)
