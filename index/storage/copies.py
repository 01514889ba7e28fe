"""Copies of a story, inside one open transaction: found by shingles, kept beside one original.

Shingles that are shared say which texts are to be compared; the texts themselves, whether one is a
copy of the other.

A copy has a row but neither passages nor shingles, so that a story is found and quoted once, and
however many copies it has they count as one. Whoever quotes the original says where else it stands.
When an original goes, one of its copies takes its place.

A community's copy may stand behind everybody's original; what everybody sees never depends on what
a community brought in.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.analysis.fingerprints import (
    LIKELY,
    MIN_SHARED_COUNT,
    MOST_ARTICLES,
    are_copies,
    fingerprint,
    overlap,
)
from index.analysis.passages import split_passages

if TYPE_CHECKING:
    from collections.abc import Sequence

    import aiosqlite

    from index.storage.article_writing import ArticleWriter

_MOST_VARIABLES = 500
# as much more text as this makes a later copy the one that is quoted
_MORE_COMPLETE = 1.25


@dataclass(frozen=True, slots=True)
class Original:
    """The story that another one is a copy of, or the other way round."""

    article_id: int
    text: str
    is_partial: bool
    shingle_count: int
    community: str | None = None

    def is_better_than(self, shingle_count: int, *, is_partial: bool) -> bool:
        """Whether this one stays the one that is quoted: the earlier, unless it has less."""
        if self.is_partial != is_partial:
            return is_partial
        return shingle_count < _MORE_COMPLETE * self.shingle_count


class Copies:
    """Finds and keeps copies through a connection for as long as its transaction lasts."""

    def __init__(self, connection: aiosqlite.Connection, writer: ArticleWriter):
        self._connection = connection
        self._writer = writer

    async def original_of(
        self,
        text: str,
        shingles: Sequence[int],
        without: int | None = None,
        community: str | None = None,
    ) -> Original | None:
        """Return the quoted article that shares most of the shorter one's text, if enough.

        It is everybody's, or that of the community whose text it is.
        """
        likely = await self._likely(shingles, without, community)
        for _, article_id in sorted(likely, reverse=True):
            original = await self._original(article_id)
            if original is None:
                continue
            # of long texts it is work, which nobody else is to wait for
            if await asyncio.to_thread(are_copies, text, original.text):
                return original
        return None

    async def _likely(
        self, shingles: Sequence[int], without: int | None, community: str | None
    ) -> list[tuple[float, int]]:
        """Return articles that may be copies of each other with one, and how much they share."""
        holders = await self._holders(shingles, community)
        ignored = {each for each, ids in holders.items() if len(ids) > MOST_ARTICLES}
        counts = Counter(
            article_id
            for shingle, article_ids in holders.items()
            if shingle not in ignored
            for article_id in article_ids
            if article_id != without
        )
        likely = []
        for article_id, count in counts.items():
            if count >= MIN_SHARED_COUNT:
                common = overlap(shingles, await self._shingles(article_id), ignored)
                if common.shared_count >= MIN_SHARED_COUNT and common.of_shorter >= LIKELY:
                    likely.append((common.of_shorter, article_id))
        return likely

    async def remember(self, article_id: int, shingles: Sequence[int]) -> None:
        """Keep an article's shingles in the place of those it had."""
        await self._connection.execute("DELETE FROM shingles WHERE article_id = ?", (article_id,))
        await self._connection.executemany(
            "INSERT INTO shingles (hash, article_id) VALUES (?, ?)",
            [(each, article_id) for each in shingles],
        )
        await self._connection.execute(
            "UPDATE gathered SET shingle_count = ? WHERE article_id = ?",
            (len(shingles), article_id),
        )

    async def join(self, copy_id: int, original_id: int) -> None:
        """Quote an article, and its copies, no more: they are copies of another one."""
        await self._writer.delete_passages(copy_id)
        await self.remember(copy_id, ())
        await self._connection.execute(
            "UPDATE articles SET is_quoted = 0, copy_of = ? WHERE article_id = ? OR copy_of = ?",
            (original_id, copy_id, copy_id),
        )

    async def release(self, article_id: int) -> None:
        """Let the copies of an article be copies of it no more: it is not quoted any longer."""
        await self._connection.execute(
            "UPDATE articles SET copy_of = NULL WHERE copy_of = ?", (article_id,)
        )
        await self.adopt()

    async def adopt(self) -> None:
        """Find each copy whose original is gone another one, or quote it instead."""
        while orphan := await self._orphan():
            article_id, title, text, is_partial, community = orphan
            shingles = await asyncio.to_thread(fingerprint, text)
            original = await self.original_of(text, shingles, article_id, community)
            if original is not None and original.is_better_than(
                len(shingles), is_partial=is_partial
            ):
                await self.join(article_id, original.article_id)
                continue
            spans = await asyncio.to_thread(split_passages, text, title=title)
            await self.quote(article_id, spans, shingles)
            if original is not None and original.community == community:
                await self.join(original.article_id, article_id)

    async def quote(
        self, article_id: int, spans: Sequence[tuple[int, int]], shingles: Sequence[int]
    ) -> None:
        """Let an article be found and quoted that was not."""
        await self._connection.execute(
            "UPDATE articles SET is_quoted = 1, copy_of = NULL WHERE article_id = ?", (article_id,)
        )
        await self._writer.insert_passages(article_id, spans)
        await self.remember(article_id, shingles)

    async def _orphan(self) -> tuple[int, str, str, bool, str | None] | None:
        async with self._connection.execute(
            "SELECT article_id, title, text, is_partial, community FROM articles JOIN gathered"
            " USING (article_id) WHERE NOT is_quoted AND copy_of IS NULL AND withdrawn_at IS NULL"
            " ORDER BY published IS NULL, published, article_id LIMIT 1"
        ) as cursor:
            row = await cursor.fetchone()
        return (row[0], row[1], row[2], bool(row[3]), row[4]) if row else None

    async def _shingles(self, article_id: int) -> list[int]:
        rows = await self._connection.execute_fetchall(
            "SELECT hash FROM shingles WHERE article_id = ?", (article_id,)
        )
        return [row[0] for row in rows]

    async def _holders(
        self, shingles: Sequence[int], community: str | None
    ) -> dict[int, list[int]]:
        """Return which articles that a community sees have each of some shingles."""
        holders: dict[int, list[int]] = {}
        for first in range(0, len(shingles), _MOST_VARIABLES):
            some = shingles[first : first + _MOST_VARIABLES]
            marks = ", ".join("?" * len(some))
            for shingle, article_id in await self._connection.execute_fetchall(
                "SELECT hash, article_id FROM shingles JOIN articles USING (article_id)"
                f" WHERE hash IN ({marks}) AND (community IS NULL OR community = ?)",
                (*some, community),
            ):
                holders.setdefault(shingle, []).append(article_id)
        return holders

    async def _original(self, article_id: int) -> Original | None:
        async with self._connection.execute(
            "SELECT article_id, text, is_partial, shingle_count, community FROM articles"
            " JOIN gathered USING (article_id) WHERE article_id = ? AND is_quoted",
            (article_id,),
        ) as cursor:
            row = await cursor.fetchone()
        return Original(row[0], row[1], bool(row[2]), row[3], row[4]) if row else None
