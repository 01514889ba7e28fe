"""A story that came in by itself, stored inside one open transaction.

Decides whether it is new, a changed text of one that is there, the same, or a copy of another.
Is told everything else.
"""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import replace
from datetime import timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING

from index.analysis.fingerprints import changed_share
from index.storage.article_writing import ArticleWriter
from index.storage.copies import Copies
from index.storage.incoming_story import StoryOutcome
from index.storage.known_stories import KnownStories
from index.storage.moments import written, written_or_none

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    import aiosqlite

    from index.model import Article, PublicationTime
    from index.storage.incoming_story import IncomingStory
    from index.storage.known_stories import KnownStory

# a smaller share of other sentences is no news
MINOR_EDIT = 0.02
# for so long after its last article a line counts as a host's
LINES_KEPT = timedelta(days=30)


class _Place(Enum):
    """Where a story stands among its copies."""

    ALONE = auto()
    ORIGINAL = auto()
    COPY = auto()


class StoryUpdate:
    """Stores stories of one community, or everybody's, for as long as a transaction lasts.

    They are told apart from what others brought in, whatever names and words they share.
    """

    def __init__(
        self, connection: aiosqlite.Connection, now: datetime, community: str | None = None
    ):
        self._connection = connection
        self._now = now
        self._writer = ArticleWriter(connection)
        self._community = community
        self._known = KnownStories(connection, community)
        self._copies = Copies(connection, self._writer)

    async def put(self, story: IncomingStory) -> tuple[StoryOutcome, int]:
        """Store a story; return what became of it, and its article's number."""
        outcome, number = await self._put(story)
        if self._community is not None and story.feed_id is not None:
            await self._connection.execute(
                "INSERT OR IGNORE INTO tellings (article_id, feed_id) VALUES (?, ?)",
                (number, story.feed_id),
            )
        return outcome, number

    async def _put(self, story: IncomingStory) -> tuple[StoryOutcome, int]:
        known = await self._known.of(story)
        if known is None:
            return await self._add(story)
        await self._name(known.number, story.identities)
        # only its page shows that a story stands again that was taken back
        is_restored = known.is_withdrawn and story.page is not None and story.page.is_text
        article = _merged(known.article, story.article)
        is_same = (article.title, article.text) == (known.article.title, known.article.text)
        if known.is_file or (known.is_withdrawn and not is_restored):
            return StoryOutcome.UNCHANGED, known.number
        if not is_same or is_restored:
            await self._revise(known, replace(story, article=article))
            return StoryOutcome.REVISED, known.number
        if article != known.article:
            # passages are found by publisher and date as well, so they are made anew
            await self._writer.replace(
                known.number, article, story.spans if known.is_quoted else ()
            )
        await self._note_page(known.number, story)
        return StoryOutcome.UNCHANGED, known.number

    async def withdraw_named(self, identities: Sequence[str]) -> tuple[int | None, bool]:
        """Quote a story no more; return an article of it, and whether any was quoted until now."""
        numbers = [
            *filter(None, [await self._known.named(identities)]),
            *await self._known.updates_named(identities),
        ]
        done = [await self.withdraw(number) for number in numbers]
        return (numbers[0] if numbers else None), any(done)

    async def withdraw(self, number: int) -> bool:
        """Quote an article no more, nor updates of the same page; whether any was until now.

        One that stood for a copy counts as quoted.
        """
        numbers = [number, *await self._known.updates_beside(number)]
        return any([await self._withdraw(each) for each in numbers])

    async def _withdraw(self, number: int) -> bool:
        cursor = await self._connection.execute(
            "UPDATE gathered SET withdrawn_at = ?, next_check_at = NULL"
            " WHERE article_id = ? AND withdrawn_at IS NULL",
            (written(self._now), number),
        )
        was_there = cursor.rowcount > 0
        await cursor.close()
        if was_there:
            await self._connection.execute(
                "UPDATE articles SET is_quoted = 0, copy_of = NULL WHERE article_id = ?", (number,)
            )
            await self._writer.delete_passages(number)
            await self._copies.remember(number, ())
            await self._copies.release(number)
        return was_there

    async def adopt_copies(self) -> None:
        """Let copies whose originals were deleted be quoted instead."""
        await self._copies.adopt()

    # ── writing ──────────────────────────────────────────────────────────────
    async def _add(self, story: IncomingStory) -> tuple[StoryOutcome, int]:
        article = replace(story.article, id=await self._free_id(story))
        number = await self._writer.insert(article, ())
        await self._connection.execute(
            "UPDATE articles SET community = ? WHERE article_id = ?", (self._community, number)
        )
        await self._connection.execute(
            "INSERT INTO gathered (article_id, feed_id, first_seen_at, changed_at)"
            " VALUES (?, ?, ?, ?)",
            (number, story.feed_id, written(self._now), written(self._now)),
        )
        await self._note_page(number, story)
        await self._name(number, story.identities)
        await self._count_lines(story)
        place = await self._place(number, story)
        if place is _Place.COPY:
            return StoryOutcome.COPIED, number
        if story.is_announced and place is _Place.ALONE:
            await self._announce(number, is_revision=False)
        return StoryOutcome.STORED, number

    async def _free_id(self, story: IncomingStory) -> str:
        """Return the story's id, or another where a different story has it."""
        own = [each for each in story.identities if each.startswith("url:")][:1]
        if self._community is not None:
            # what others have or will have under this id is theirs
            return f"{story.article.id}#{secrets.token_hex(8)}"
        for article_id in (story.article.id, *own):
            if await self._known.where("articles.id = ?", article_id) is None:
                return article_id
        return f"{story.article.id}#{secrets.token_hex(8)}"

    async def _revise(self, known: KnownStory, story: IncomingStory) -> None:
        before, article = known.article, story.article
        if (before.title, before.text) != (article.title, article.text):
            await self._connection.execute(
                "INSERT INTO revisions (article_id, replaced_at, title, text) VALUES (?, ?, ?, ?)",
                (known.number, written(self._now), before.title, before.text),
            )
        await self._connection.execute(
            "UPDATE gathered SET changed_at = ?, withdrawn_at = NULL WHERE article_id = ?",
            (written(self._now), known.number),
        )
        await self._writer.replace(known.number, article, ())
        await self._note_page(known.number, story)
        place = await self._place(known.number, story)
        # the whole text in the place of its summary is no change that its publisher made
        is_told = story.is_announced and not before.is_partial and place is not _Place.COPY
        if is_told and await asyncio.to_thread(_is_news, before.text, article.text):
            await self._announce(known.number, is_revision=True)

    async def _place(self, number: int, story: IncomingStory) -> _Place:
        """Quote an article, or keep it as a copy."""
        original = await self._copies.original_of(
            story.article.text, story.shingles, number, self._community
        )
        if original is not None and original.is_better_than(
            len(story.shingles), is_partial=story.article.is_partial
        ):
            await self._copies.join(number, original.article_id)
            return _Place.COPY
        await self._copies.quote(number, story.spans, story.shingles)
        if original is None or original.community != self._community:
            return _Place.ALONE
        await self._copies.join(original.article_id, number)
        return _Place.ORIGINAL

    async def _name(self, number: int, identities: Sequence[str]) -> None:
        await self._connection.executemany(
            "INSERT OR IGNORE INTO identities (identity, community, article_id) VALUES (?, ?, ?)",
            [(each, self._community or "", number) for each in identities],
        )

    async def _note_page(self, number: int, story: IncomingStory) -> None:
        if story.page is None:
            return
        await self._connection.execute(
            "UPDATE gathered SET page_url = ?, is_page_text = ?, etag = ?, last_modified = ?,"
            " next_check_at = ? WHERE article_id = ?",
            (
                story.page.url,
                story.page.is_text,
                story.page.etag,
                story.page.last_modified,
                written_or_none(story.page.next_check_at),
                number,
            ),
        )

    async def _count_lines(self, story: IncomingStory) -> None:
        if self._community is not None:
            # whoever may write what they like could have others' sentences left out
            return
        today = self._now.date().isoformat()
        await self._connection.executemany(
            "INSERT INTO host_lines (host, hash, article_count, seen_on) VALUES (?, ?, 1, ?)"
            " ON CONFLICT (host, hash) DO UPDATE SET"
            " article_count = iif(seen_on < ?, 1, article_count + 1), seen_on = excluded.seen_on",
            [
                (story.host, each, today, (self._now - LINES_KEPT).date().isoformat())
                for each in set(story.line_hashes)
            ],
        )

    async def _announce(self, number: int, *, is_revision: bool) -> None:
        await self._connection.execute(
            "INSERT INTO announcements (article_id, announced_at, is_revision) VALUES (?, ?, ?)",
            (number, written(self._now), is_revision),
        )


def _is_news(before: str, now: str) -> bool:
    return changed_share(before, now) >= MINOR_EDIT


def _merged(before: Article, now: Article) -> Article:
    """Return what is to stand from now on: never less than there was.

    A summary does not take a text's place, and what is not said any more is not forgotten.
    """
    if now.is_partial and not before.is_partial:
        return before
    return replace(
        now,
        id=before.id,
        url=now.url or before.url,
        publisher=now.publisher or before.publisher,
        author=now.author or before.author,
        published=_published(before.published, now.published),
        category=now.category or before.category,
    )


def _published(
    before: PublicationTime | None, now: PublicationTime | None
) -> PublicationTime | None:
    """Return the first time that was told, to the minute where that was told later."""
    if before is None or (before.is_day and now is not None and not now.is_day):
        return now
    return before
