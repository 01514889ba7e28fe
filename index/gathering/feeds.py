"""The feeds of a data directory, as those who run it see them: add, list, pause, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.errors import FeedNotFoundError, SourceError
from index.gathering.asking import Asking
from index.gathering.model import PAUSED_BY_COMMUNITY, PAUSED_BY_OPERATOR, OpmlReport
from index.gathering.reading_feeds import FieldNames
from index.ingestion.feeds.opml import Outline, read_opml, write_opml
from index.model import FeedKind
from index.storage.feed_store import NewFeed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from index.gathering.model import AskedFeed, FeedSample, FeedTurn
    from index.gathering.probing import Probing
    from index.gathering.sampling import Sampling
    from index.gathering.tools import Tools
    from index.ingestion.feeds.model import FieldMap
    from index.model import Feed


class Feeds:
    """What is followed. `purge` clears the segments of what was removed."""

    def __init__(
        self,
        tools: Tools,
        probing: Probing,
        sampling: Sampling,
        purge: Callable[[], Awaitable[bool]],
    ):
        self._tools = tools
        self._purge = purge
        self._probing = probing
        self._sampling = sampling
        self._asking = Asking(tools)

    async def all(self) -> list[Feed]:
        """Return every feed, in the order in which they were added."""
        return await self._tools.feeds.all()

    async def seen_by(self, community: str | None) -> list[Feed]:
        """Return everybody's feeds and those of a community, in the same order."""
        return await self._tools.feeds.seen_by(community)

    async def find(self, name: str) -> Feed:
        """Return the feed of a number, an address, or a part of title or address that one has.

        Raises FeedNotFoundError.
        """
        feeds = await self.all()
        exact = [each for each in feeds if name in (str(each.id), each.url)]
        wanted = name.casefold()
        found = exact or [
            each for each in feeds if wanted in f"{each.title or ''}\n{each.url}".casefold()
        ]
        if len(found) == 1:
            return found[0]
        if not found:
            raise FeedNotFoundError(
                f"No feed is called {name}; see `pullquote feeds list` for those there are."
            )
        numbers = ", ".join(str(each.id) for each in found[:10])
        raise FeedNotFoundError(f"{name} may be the feeds {numbers}; name one by its number.")

    async def add(
        self,
        address: str,
        *,
        publisher: str | None = None,
        tags: Sequence[str] = (),
        every_seconds: int | None = None,
        field_map: FieldMap | None = None,
    ) -> list[Feed]:
        """Follow what is at an address; of a site, the feeds that it names. Returns what is new.

        Raises SourceError where there is nothing to follow, or all of it is followed already.
        """
        if await self._tools.feeds.at(address):
            raise SourceError(f"{address} is followed already; see `pullquote feeds list`.")
        names = FieldNames(field_map)
        added: list[Feed] = []
        for each in await self._probing.probe(address, names):
            feed = await self._tools.feeds.add(
                NewFeed(
                    each.url,
                    each.kind,
                    each.title,
                    publisher,
                    tags,
                    every_seconds,
                    FieldNames.stored(field_map),
                ),
                self._tools.clock(),
            )
            added += [feed] if feed else []
        if not added:
            raise SourceError(
                f"What {address} leads to is followed already; see `pullquote feeds list`."
            )
        return added

    async def add_for(self, community: str, address: str, most: int) -> list[Feed]:
        """Follow what is at a web address for a community, up to `most` feeds in all of it.

        Returns what is new. Raises SourceError where there is nothing to follow, and for a folder
        of this machine, which is nobody's business but the operator's.
        """
        added: list[Feed] = []
        for each in await self._probing.probe(_from_afar(address), FieldNames()):
            new = NewFeed(each.url, each.kind, each.title, community=community)
            feed = await self._tools.feeds.add(new, self._tools.clock(), most)
            added += [feed] if feed else []
        if not added:
            raise SourceError("what is there is followed already.")
        return added

    async def test_from_afar(self, address: str) -> FeedSample:
        """Look at what a web address gives, without storing anything. Raises SourceError."""
        return await self._sampling.sample(_from_afar(address), FieldNames())

    async def pause_of_community(self, feed: Feed) -> None:
        """Poll a feed no more, as its community wants it, until it is resumed.

        One that is paused already stays so for the reason it has, which says who may resume it.
        """
        if feed.paused_reason is None:
            now = self._tools.clock()
            await self._tools.feeds.pause(feed.id, PAUSED_BY_COMMUNITY, now)

    async def resume_of_community(self, feed: Feed) -> None:
        """Poll a feed again, as its community wants it.

        At once where it was paused since it failed; else when it was to be polled in any case, so
        that nobody has a server asked sooner than is polite by pausing its feed.
        """
        if feed.paused_reason in {None, PAUSED_BY_COMMUNITY}:
            await self._tools.feeds.go_on(feed.id)
        else:
            await self.resume(feed)

    async def communities(self) -> set[str]:
        """Return who has feeds of their own."""
        return await self._tools.feeds.communities()

    async def forget_community(self, community: str) -> None:
        """Follow the feeds of a community no more; all that they brought in goes with them."""
        removed = 0
        for feed in await self.seen_by(community):
            if feed.community == community:
                removed += await self._tools.stories.remove_feed(
                    feed.id, self._tools.clock(), with_articles=True
                )
        if removed:
            await self._purge()

    async def pause(self, feed: Feed, reason: str = "") -> None:
        """Poll a feed no more until it is resumed, a community's by the operator alone."""
        if feed.community and reason:
            reason = f"{PAUSED_BY_OPERATOR}: {reason}"
        await self._tools.feeds.pause(feed.id, reason or PAUSED_BY_OPERATOR, self._tools.clock())

    async def resume(self, feed: Feed) -> None:
        """Poll a feed again, beginning now."""
        await self._tools.feeds.resume(feed.id, self._tools.clock())

    async def ask(self, feed: Feed) -> AskedFeed | None:
        """Let a feed be polled as soon as somebody polls.

        None where it is paused or fails, or was polled within the last minute.
        """
        return await self._asking.ask(feed)

    async def came_of(self, asked: AskedFeed) -> FeedTurn:
        """Tell what has come of asking a feed so far."""
        return await self._asking.came_of(asked)

    async def take_back(self, asked: AskedFeed) -> None:
        """Let a feed that was not polled yet since it was asked be polled when it was to be."""
        await self._asking.take_back(asked)

    async def remove(self, feed: Feed, *, with_articles: bool = False) -> int:
        """Follow a feed no more; return how many of its articles went with it."""
        removed = await self._tools.stories.remove_feed(
            feed.id, self._tools.clock(), with_articles=with_articles
        )
        if removed:
            await self._purge()
        return removed

    async def test(self, address: str, field_map: FieldMap | None = None) -> FeedSample:
        """Look at what an address gives, without storing anything. Raises SourceError."""
        return await self._sampling.sample(address, FieldNames(field_map))

    async def import_opml(self, raw: bytes) -> OpmlReport:
        """Follow the feeds of an OPML file; each is looked at when it is polled first.

        Raises SourceError where it is no OPML.
        """
        document = await self._tools.workers.run(read_opml, raw)
        added: list[Feed] = []
        for outline in document.feeds:
            feed = await self._tools.feeds.add(
                NewFeed(outline.url, FeedKind.FEED, outline.title, tags=outline.tags),
                self._tools.clock(),
            )
            added += [feed] if feed else []
        known_count = len(document.feeds) - len(added)
        return OpmlReport(tuple(added), known_count, tuple(document.refused))

    async def export_opml(self) -> bytes:
        """Write the feeds as OPML; folders and single pages have no place there."""
        feeds = [each for each in await self.all() if each.kind is FeedKind.FEED]
        return write_opml(
            [Outline(each.url, each.title, each.tags) for each in feeds], title="Pullquote's feeds"
        )


def _from_afar(address: str) -> str:
    """Return an address as whoever is not at this machine may name it. Raises SourceError."""
    if not address.casefold().startswith(("http://", "https://")):
        raise SourceError("it is no http or https address")
    return address
