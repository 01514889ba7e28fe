"""Keeps other sites out of a page on this machine, more strictly than out of the API.

What makes a request a stranger's anywhere is `strangers`' business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from bot.sandbox import strangers

if TYPE_CHECKING:
    from collections.abc import Mapping

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
async def guard(request: web.Request, handler: strangers.Handler) -> web.StreamResponse:
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
    refusal = strangers.reason_to_refuse(headers)
    if refusal:
        return refusal
    if headers.get("Sec-Fetch-Site") not in _OWN_SITES:
        return "This page does not answer other sites."
    if method == "GET":
        return None
    if headers.get("Content-Type", "").partition(";")[0] != "application/json":
        return "Orders are sent as application/json."
    return None
