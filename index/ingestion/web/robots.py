"""Asks a site's robots.txt before anything else of the site, and remembers it. Knows no HTTP.

By RFC 9309: a file that is not there allows everything; one that cannot be read for now allows
nothing, unless an older copy is at hand.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from index.ingestion.web.model import FetchError
from index.ingestion.web.robots_rules import MAX_ROBOTS_BYTES, RobotsRules, robots_rules

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from yarl import URL

    from index.ingestion.web.model import WebResponse

_LONGEST = timedelta(hours=24)
_SHORTEST = timedelta(hours=1)
_AFTER_TROUBLE = timedelta(minutes=10)
_MAX_REMEMBERED = 1 << 20  # characters of rules, which take up to 65 times their size
_MAX_SITES = 2000
_SUCCESS = range(200, 300)
_NOT_THERE = range(400, 500)
_TOO_MANY_REQUESTS = 429


@dataclass(slots=True)
class _Site:
    """What is remembered of a site: when it was asked, and until when that holds."""

    rules: RobotsRules = field(default_factory=RobotsRules)
    read_at: datetime | None = None
    asked_at: datetime | None = None
    until: datetime | None = None
    line: asyncio.Lock = field(default_factory=asyncio.Lock)

    def is_to_be_asked(self, now: datetime) -> bool:
        """Whether what is remembered holds no more; nor does what a clock says that was ahead."""
        if self.asked_at is None or self.until is None:
            return True
        return not self.asked_at <= now < self.until


class Robots:
    """The robots.txt files of all sites. `fetch` gets one: its address, and how much of it."""

    def __init__(
        self,
        fetch: Callable[[str, int], Awaitable[WebResponse]],
        clock: Callable[[], datetime],
    ):
        self._fetch = fetch
        self._clock = clock
        self._sites: OrderedDict[str, _Site] = OrderedDict()

    async def delay_before(self, url: URL) -> float:
        """Give the seconds that a site wants between requests, 0 for no wish.

        Raises FetchError if the address may not be read.
        """
        site = self._site(str(url.origin()))
        async with site.line:  # who comes while it is fetched waits for that
            if site.is_to_be_asked(self._clock()):
                await self._read(site, url)
                self._forget()
        if site.rules.trouble is not None:
            reason = f"its robots.txt could not be read: {site.rules.trouble}"
            raise FetchError(reason, is_passing=True)
        if not site.rules.allows(str(url)):
            reason = "its robots.txt does not let Pullquote read this address"
            raise FetchError(reason, is_passing=False)
        return site.rules.delay_seconds

    def _site(self, origin: str) -> _Site:
        site = self._sites.setdefault(origin, _Site())
        self._sites.move_to_end(origin)
        return site

    async def _read(self, site: _Site, url: URL) -> None:
        try:
            response = await self._fetch(str(url.origin() / "robots.txt"), MAX_ROBOTS_BYTES)
        except FetchError as error:
            if error.is_ours:
                raise  # it tells nothing of the site
            # what does not pass (a circle of redirects, say) counts as a file that is not there
            trouble = str(error) if error.is_passing else None
            fresh_until = None
            rules = RobotsRules(trouble=trouble)
        else:
            # a file that is made to be slow to read holds up nobody else
            rules = await asyncio.to_thread(_rules_of, response)
            fresh_until = response.fresh_until
        site.asked_at = now = self._clock()
        if rules.trouble is None:
            site.rules, site.read_at = rules, now
            site.until = min(max(fresh_until or now + _LONGEST, now + _SHORTEST), now + _LONGEST)
            return
        if site.read_at is None or site.read_at + 2 * _LONGEST < now:
            site.rules = rules
        site.until = now + _AFTER_TROUBLE

    def _forget(self) -> None:
        """Drop the sites that were not asked for the longest, until few enough are left."""
        size = sum(site.rules.size for site in self._sites.values())
        while len(self._sites) > 1 and (size > _MAX_REMEMBERED or len(self._sites) > _MAX_SITES):
            _, site = self._sites.popitem(last=False)
            size -= site.rules.size


def _rules_of(response: WebResponse) -> RobotsRules:
    if response.status in _SUCCESS:
        return robots_rules(response.body)
    if response.status in _NOT_THERE and response.status != _TOO_MANY_REQUESTS:
        return RobotsRules()
    return RobotsRules(trouble=f"its server answers with status {response.status}")
