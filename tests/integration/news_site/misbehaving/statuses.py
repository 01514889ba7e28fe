"""Answers of another status: errors, redirects, and how long to wait. Well-formed HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.integration.news_site.asked import Asked, Misbehaviour


def status(number: int, **headers: str) -> Misbehaviour:
    """Answer with a status; a header is named with `_` for `-`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    async def answer(asked: Asked) -> web.StreamResponse:
        del asked
        return web.Response(status=number, text=f"Answered with {number}.\n", headers=named)

    return answer


def server_error() -> Misbehaviour:
    return status(500)


def too_many_requests(retry_after: str) -> Misbehaviour:
    """Ask to be left alone for some seconds, or until an HTTP date."""
    return status(429, Retry_After=retry_after)


def overloaded(retry_after: str) -> Misbehaviour:
    return status(503, Retry_After=retry_after)


def gone() -> Misbehaviour:
    return status(410)


def moved(path: str, *, host: str | None = None, number: int = 301) -> Misbehaviour:
    """Redirect to a path, of this outlet or of another; 301 and 308 are for ever."""
    return _redirect(lambda asked: asked.links.to(host or asked.room.host, path), number)


def redirect_to(url: str, number: int = 302) -> Misbehaviour:
    """Redirect to an address as it stands."""
    return _redirect(lambda _: url, number)


def redirect_loop() -> Misbehaviour:
    return _redirect(lambda asked: asked.here(asked.path), 302)


def endless_redirects() -> Misbehaviour:
    """Redirect to an address that is never the same."""
    count = 0

    def further(asked: Asked) -> str:
        nonlocal count
        count += 1
        return asked.here(f"{asked.path}?hop={count}")

    return _redirect(further, 302)


def _redirect(target: Callable[[Asked], str], number: int) -> Misbehaviour:
    async def answer(asked: Asked) -> web.StreamResponse:
        return web.Response(status=number, headers={"Location": target(asked)})

    return answer
