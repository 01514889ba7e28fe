"""Which story it is that came in: whether one that is there bears its name, and can be believed.

Reads inside one open transaction, and writes nothing.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from index.analysis.fingerprints import are_copies
from index.analysis.story_names import told_apart
from index.storage.rows import ARTICLE_COLUMNS, article_from

if TYPE_CHECKING:
    from collections.abc import Sequence

    import aiosqlite

    from index.model import Article
    from index.storage.incoming_story import IncomingStory

# the updates of a live blog are named by its address and, after a #, each by its own name
_URL, _UPDATE = "url:", "update:"
# comes after every other sign
_LAST = "\U0010ffff"
# titles such as "Weather" are used again every day
_SAME_DAYS = timedelta(hours=20)


@dataclass(frozen=True, slots=True)
class KnownStory:
    """An article that is there. `is_file`: a file gave it, so it stays as the file has it."""

    number: int
    article: Article
    is_quoted: bool
    is_file: bool
    is_withdrawn: bool
    community: str | None = None


class KnownStories:
    """Finds a community's own stories, or everybody's, for as long as a transaction lasts.

    What others have brought in is unknown here, so that nobody changes it or takes it back.
    """

    def __init__(self, connection: aiosqlite.Connection, community: str | None = None):
        self._connection = connection
        self._community = community

    async def named(self, identities: Sequence[str]) -> int | None:
        """Return the number of the article that the first known one of some names stands for."""
        for identity in identities:
            async with self._connection.execute(
                "SELECT article_id FROM identities WHERE identity = ? AND community = ?",
                (identity, self._community or ""),
            ) as cursor:
                row = await cursor.fetchone()
            if row:
                return int(row[0])
        return None

    async def updates_named(self, identities: Sequence[str]) -> list[int]:
        """Return the numbers of the updates of a live blog that has one of some addresses."""
        found: list[int] = []
        for identity in identities:
            if identity.startswith(_URL):
                first = f"{_UPDATE}{identity.removeprefix(_URL)}#"
                found += await self._numbers(
                    "SELECT article_id FROM identities WHERE identity >= ? AND identity < ?"
                    " AND community = ?",
                    (first, f"{first}{_LAST}", self._community or ""),
                )
        return found

    async def updates_beside(self, number: int) -> list[int]:
        """Return the numbers of the other updates of the page from which an article is."""
        return await self._numbers(
            "SELECT DISTINCT article_id FROM identities JOIN gathered USING (article_id)"
            " WHERE identity >= ? AND identity < ? AND community = ? AND article_id <> ?"
            " AND page_url = (SELECT page_url FROM gathered WHERE article_id = ?)",
            (_UPDATE, f"{_UPDATE}{_LAST}", self._community or "", number, number),
        )

    async def _numbers(self, query: str, values: tuple[object, ...]) -> list[int]:
        return [row[0] for row in await self._connection.execute_fetchall(query, values)]

    async def of(self, story: IncomingStory) -> KnownStory | None:
        """Return what is known of a story, or None where it is new."""
        for identity in story.identities:
            number = await self.named([identity])
            known = await self.where("articles.article_id = ?", number) if number else None
            if known and await self._is_same_story(known, story):
                return known
        # without a name in common: what a file gave under this id
        known = await self.where("articles.id = ?", story.article.id)
        if known and known.community != self._community:
            return None
        return known if known and (known.is_file or not story.identities) else None

    async def _is_same_story(self, known: KnownStory, story: IncomingStory) -> bool:
        """Whether a name in common can be believed.

        Feeds use a guid again for another story, sites call one address the canonical one of all
        their pages, and one address may hold another story every day. So where a story's own
        address is not the one that is known, or its feed tells the two apart, its text or its title
        and day have to be.
        """
        ours = [each for each in story.identities if each.startswith(_URL)]
        rows = await self._connection.execute_fetchall(
            "SELECT identity FROM identities WHERE article_id = ?", (known.number,)
        )
        names = [row[0] for row in rows]
        theirs = {each for each in names if each.startswith(_URL)}
        is_own = not ours or not theirs or ours[0] in theirs
        if is_own and not told_apart(names, story.identities):
            return True
        if _is_alike(known.article, story.article):
            return True
        # of long texts it is work, which nobody else is to wait for
        return await asyncio.to_thread(are_copies, known.article.text, story.article.text)

    async def where(self, condition: str, value: object) -> KnownStory | None:
        """Return the article for which a condition on its columns holds."""
        columns = ", ".join(f"articles.{each}" for each in ARTICLE_COLUMNS.split(", "))
        async with self._connection.execute(
            "SELECT articles.article_id, is_quoted, gathered.article_id IS NULL,"
            f" withdrawn_at IS NOT NULL, community, {columns} FROM articles LEFT JOIN gathered"
            f" USING (article_id) WHERE {condition}",
            (value,),
        ) as cursor:
            row = await cursor.fetchone()
        if row is None:
            return None
        number, is_quoted, is_file, is_withdrawn, community, *fields = row
        article = article_from(fields)
        return KnownStory(
            number, article, bool(is_quoted), bool(is_file), bool(is_withdrawn), community
        )


def _is_alike(one: Article, other: Article) -> bool:
    if one.title.casefold() != other.title.casefold():
        return False
    if one.published is None or other.published is None:
        return False
    return abs(one.published.at - other.published.at) <= _SAME_DAYS
