"""Keeps other sites out of a page on this machine.

A site elsewhere can make a browser send requests here. It cannot choose the Host header, which
stays its own name even if that name now leads here (DNS rebinding), and a browser says where a
request comes from.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from aiohttp import web

Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]

_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})
_OWN_SITES = frozenset({None, "same-origin", "none"})
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": _POLICY,
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse strangers with 403; put the protecting headers on every answer."""
    refusal = reason_to_refuse(request.method, request.headers)
    if refusal:
        response: web.StreamResponse = web.Response(status=403, text=refusal)
    else:
        try:
            response = await handler(request)
        except web.HTTPException as error:
            response = web.Response(status=error.status, text=error.reason)
    response.headers.update(HEADERS)
    return response


def reason_to_refuse(method: str, headers: Mapping[str, str]) -> str | None:
    """Say why a request is a stranger's; None where it is the page's own."""
    host = headers.get("Host", "")
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    if name.lower() not in _NAMES:
        return f"This page is served to this machine only, not to {name!r}."
    if headers.get("Sec-Fetch-Site") not in _OWN_SITES:
        return "This page does not answer other sites."
    if method == "GET":
        return None
    if headers.get("Origin") not in {None, f"http://{host}"}:
        return "This page does not take orders from other sites."
    if headers.get("Content-Type", "").partition(";")[0] != "application/json":
        return "Orders are sent as application/json."
    return None
