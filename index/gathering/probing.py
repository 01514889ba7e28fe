"""What an address is: a feed, a sitemap, articles in JSON, a site that has them, a page, a folder.

Looks, and stores nothing.
"""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from index.errors import SourceError
from index.gathering.answers import OK, refusal_of
from index.gathering.preparing import Origin, PageAnswer, is_home, prepare_page
from index.gathering.reading_feeds import FieldNames, read_document
from index.gathering.tools import FEEDS, HTML, SITEMAP_BYTES
from index.ingestion.feeds.discovery import candidates, discover, sitemaps_in
from index.ingestion.feeds.model import DocumentKind, Entry
from index.ingestion.links import web_address
from index.ingestion.web.model import FetchError, WebRequest
from index.model import FeedKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.gathering.tools import Tools
    from index.ingestion.feeds.model import FeedDocument
    from index.ingestion.web.model import WebResponse

_KINDS = {
    DocumentKind.FEED: FeedKind.FEED,
    DocumentKind.SITEMAP: FeedKind.SITEMAP,
    DocumentKind.SITEMAP_INDEX: FeedKind.SITEMAP,
    DocumentKind.NEWS_JSON: FeedKind.JSON,
}
_MOST_FOUND = 8
_MOST_TRIED = 6


@dataclass(frozen=True, slots=True)
class Probed:
    """What is at an address. `document` is what a feed says now, `page` what a page is."""

    url: str
    kind: FeedKind
    title: str | None = None
    document: FeedDocument | None = None
    page: WebResponse | None = None


class Probing:
    """Looks at addresses."""

    def __init__(self, tools: Tools):
        self._tools = tools

    async def probe(self, address: str, names: FieldNames) -> list[Probed]:
        """Return what an address leads to, most often one feed. Raises SourceError."""
        if not address.casefold().startswith(("http:", "https:")):
            return [await asyncio.to_thread(_folder, address)]
        try:
            url = web_address(address)
        except ValueError as error:
            raise SourceError(f"The address {error}; copy it from the browser.") from error
        response = await self._fetched(url)
        try:
            return [await self._document(response, names)]
        except SourceError as error:
            if not _is_page(response):
                raise SourceError(f"{url} cannot be followed: {error}.") from error
        page = Probed(response.moved_to or url, FeedKind.PAGE, page=response)
        # whoever names a story means the story, though its page names its site's feeds as well
        if not is_home(response.url) and (title := await self._title_of_story(response)):
            return [replace(page, title=title)]
        return await self._of_site(response) or [page]

    async def _fetched(self, url: str) -> WebResponse:
        try:
            # a person named it; a site is looked at as by a browser
            response = await self._tools.client.get(
                WebRequest(url, SITEMAP_BYTES, f"{FEEDS}, {HTML}", obeys_robots=False)
            )
        except FetchError as error:
            raise SourceError(f"{url} cannot be followed: {error}.") from error
        if response.status != OK:
            raise SourceError(f"{url} cannot be followed: {refusal_of(response.status)}.")
        return response

    async def _document(self, response: WebResponse, names: FieldNames) -> Probed:
        document = await read_document(self._tools.workers, response, names, self._tools.clock())
        url = document.moved_to or response.moved_to or response.url
        return Probed(url, _KINDS[document.kind], document.title, document)

    async def _title_of_story(self, response: WebResponse) -> str | None:
        answer = PageAnswer(response.url, response.body, response.charset)
        entry = Entry(guid=None, url=response.url, title="")
        try:
            stories = await self._tools.workers.run(
                prepare_page,
                answer,
                entry,
                Origin(),
                now=self._tools.clock(),
                honours_nosnippet=False,
            )
        except SourceError:
            return None
        return stories[0].article.title

    async def _of_site(self, response: WebResponse) -> list[Probed]:
        """Return the feeds that a page names; else those at the usual places of its site."""
        named = await self._tools.workers.run(discover, response.body, response.url)
        found = await self._tried([each.url for each in named[:_MOST_FOUND]])
        if found:
            return found
        return (await self._tried(candidates(response.url)[:_MOST_TRIED]))[:1] or (
            await self._tried(await self._sitemaps(response.url))
        )[:1]

    async def _sitemaps(self, url: str) -> Sequence[str]:
        try:
            robots = await self._fetched(urljoin(url, "/robots.txt"))
        except SourceError:
            return ()
        return sitemaps_in(robots.body.decode("utf-8", "replace"))[:_MOST_TRIED]

    async def _tried(self, urls: Sequence[str]) -> list[Probed]:
        found: dict[str, Probed] = {}
        for url in urls:
            try:
                probed = await self._document(await self._fetched(url), FieldNames())
            except SourceError:
                continue
            found.setdefault(probed.url, probed)
        return list(found.values())


def _folder(address: str) -> Probed:
    path = Path(os.path.realpath(Path(address).expanduser()))
    if path.is_dir():
        return Probed(str(path), FeedKind.FOLDER, title=path.name)
    raise SourceError(
        f"{address} is neither a folder nor an address that begins with http:// or https://; "
        "name one of them."
    )


def _is_page(response: WebResponse) -> bool:
    return "html" in response.content_type or b"<html" in response.body[:2000].lower()
