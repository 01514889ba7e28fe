"""What an address would give if it were followed. Stores nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.errors import SourceError
from index.gathering.model import FeedSample
from index.ingestion.feeds.model import Entry
from index.model import Feed, FeedKind

if TYPE_CHECKING:
    from index.gathering.probing import Probed, Probing
    from index.gathering.reading_feeds import FieldNames
    from index.gathering.storing import Storing

_TITLE_COUNT = 5
_TEXT_CHARACTERS = 400


class Sampling:
    """Tries addresses out."""

    def __init__(self, probing: Probing, storing: Storing):
        self._probing = probing
        self._storing = storing

    async def sample(self, address: str, names: FieldNames) -> FeedSample:
        """Return what the first thing at an address gives. Raises SourceError."""
        found = await self._probing.probe(address, names)
        first = found[0]
        feed = Feed(0, first.url, first.kind, first.title)
        notes = [f"also found: {each.url}" for each in found[1:]]
        entries = list(first.document.entries) if first.document else []
        notes += list(first.document.refused) if first.document else []
        notes += [f"names the sitemap {url}" for url in self._children(first)]
        if first.page is not None:
            entries = [Entry(guid=None, url=first.url, title="")]
        text, title = "", ""
        if entries:
            try:
                text, title = await self._storing.text_of(entries[0], feed)
            except SourceError as error:
                notes.append(f"the first story cannot be stored: {error}")
        return FeedSample(
            feed,
            len(entries),
            tuple(each.title or title or each.url or "" for each in entries[:_TITLE_COUNT]),
            sum(each.published is not None for each in entries),
            text[:_TEXT_CHARACTERS],
            tuple(notes),
        )

    @staticmethod
    def _children(first: Probed) -> tuple[str, ...]:
        if first.document is None or first.kind is not FeedKind.SITEMAP:
            return ()
        return first.document.children[:_TITLE_COUNT]
