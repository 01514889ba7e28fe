"""From a request to its answer: which outlet, which document, and what HTTP adds to it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from aiohttp import web

from tests.integration.news_site.asked import Answer, Asked
from tests.integration.news_site.conditional import is_unchanged, validators_of
from tests.integration.news_site.feeds import WRITERS, FeedFormat
from tests.integration.news_site.links import BY_NAME, LOOPBACK, Links
from tests.integration.news_site.pages import gone_page, home_page, story_page
from tests.integration.news_site.visits import Visit, Visits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.integration.news_site.outlet import Outlet

_HTML = "text/html; charset=utf-8"
_NOT_FOUND = Answer(b"There is nothing here.\n", "text/plain; charset=utf-8", 404)


class Reception:
    """Takes every request, writes it down and has it answered."""

    def __init__(self, outlets: Mapping[str, Outlet], visits: Visits) -> None:
        self._outlets = outlets
        self._visits = visits

    async def handle(self, request: web.Request) -> web.StreamResponse:
        host, path, links = self._place(request)
        headers = {name.lower(): value for name, value in request.headers.items()}
        visit = Visit(host, path, time.monotonic(), headers)
        self._visits.all.append(visit)
        response = await self._answer(request, host, path, links)
        visit.status = response.status
        return response

    def _place(self, request: web.Request) -> tuple[str, str, Links]:
        """Tell the outlet's host and the path, by the Host header or else by the path."""
        path = request.path_qs.lstrip("/")
        host = request.host.partition(":")[0].lower()
        if host != LOOPBACK:
            return host, path, BY_NAME
        links = Links(int(request.host.partition(":")[2] or 80))
        host, _, path = path.partition("/")
        return host, path, links

    async def _answer(
        self, request: web.Request, host: str, path: str, links: Links
    ) -> web.StreamResponse:
        if host == "robots.txt":
            return respond(Answer(self._joined_robots().encode(), "text/plain"), {})
        outlet = self._outlets.get(host)
        if outlet is None:
            return respond(_NOT_FOUND, {})
        if request.method not in {"GET", "HEAD"}:
            return web.Response(status=405, headers={"Allow": "GET, HEAD"})
        bare = path.partition("?")[0]
        answer = document(outlet, bare, links)
        if fault := outlet.fault_at(bare):
            return await fault(Asked(request, outlet.room, links, bare, answer))
        return _ordinary(request, outlet, bare, answer)

    def _joined_robots(self) -> str:
        """Say for all outlets what each says, of the paths that are theirs by path."""
        lines = ["User-agent: *"]
        for host, outlet in self._outlets.items():
            for line in outlet.manners.robots.splitlines():
                name, _, value = line.partition(":")
                if name.lower() in {"allow", "disallow"} and value.strip():
                    lines.append(f"{name}: /{host}{value.strip()}")
        return "\n".join(lines) + "\n"


def document(outlet: Outlet, path: str, links: Links) -> Answer:
    """Return what an outlet without faults has at a path, whatever the query."""
    if path == "robots.txt":
        return Answer(outlet.manners.robots.encode(), "text/plain; charset=utf-8")
    if path in outlet.documents:
        return outlet.documents[path]
    if path in set(FeedFormat):
        content_type, writer = WRITERS[FeedFormat(path)]
        body = writer(outlet.room, links)
        return Answer(body.encode() if isinstance(body, str) else body, content_type)
    if not path:
        return Answer(home_page(outlet.room, links).encode(), _HTML)
    return _story(outlet, path, links)


def _story(outlet: Outlet, path: str, links: Links) -> Answer:
    number = path.rpartition("-")[2]
    published = outlet.room.get(int(number)) if number.isdecimal() else None
    if published is None:
        return _NOT_FOUND
    if published.withdrawn_at:
        return Answer(gone_page(outlet.room, links).encode(), _HTML, 410)
    return Answer(story_page(outlet.room, published, links).encode(), _HTML)


def _ordinary(request: web.Request, outlet: Outlet, path: str, answer: Answer) -> web.Response:
    headers = {}
    if answer.status == 200 and path != "robots.txt":
        headers = validators_of(answer.body, outlet.changed_at, outlet.manners.validators)
        if path in set(FeedFormat) and outlet.manners.max_age_seconds is not None:
            headers["Cache-Control"] = f"max-age={outlet.manners.max_age_seconds}"
        asked = {name.lower(): value for name, value in request.headers.items()}
        if is_unchanged(asked, headers):
            return web.Response(status=304, headers=headers)
    return respond(answer, headers)


def respond(answer: Answer, headers: Mapping[str, str]) -> web.Response:
    """Send an answer, packed where whoever asks can unpack it."""
    response = web.Response(
        body=answer.body,
        status=answer.status,
        headers={**headers, "Content-Type": answer.content_type},
    )
    if answer.content_type != "application/gzip":
        response.enable_compression()
    return response
