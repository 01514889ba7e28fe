"""Digests at work: when the time of one has come, the top stories since are told, once.

A message is noted word for word before it is sent, and its end after. One whose end is unknown is
sent again with the same nonce, for which Discord makes one message within minutes; after SURE_FOR
it is given up: rather not at all than twice. A digest whose time came while the bot was away is
told when it is back, one for all that were missed.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from bot.answering.newest import marks_of, top_stories
from bot.commands.alerting import Unsent, is_too_long_ago
from bot.commands.askers import community_of
from bot.storage.alerts import Pause
from bot.views.digests import STORIES_PER_DIGEST, digest_content

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from bot.commands.alerting import Sends
    from bot.commands.ports import News
    from bot.commands.speaking import Speaking
    from bot.storage.digests import Digest, DigestPost
    from bot.storage.memory import Memory
    from index.model import Article

READ_COUNT = 2000
"""Of more articles than that, the newest are looked at."""
# what came out shortly before the last digest may have come in after it
_OVERLAP = timedelta(hours=12)

_log = structlog.stdlib.get_logger(__name__)


class Digesting:
    """Tells digests whose time has come, one round after the other."""

    def __init__(
        self,
        news: News,
        memory: Memory,
        speaking: Speaking,
        sends: Sends,
        clock: Callable[[], datetime],
    ):
        self._news = news
        self._digests = memory.digests
        self._servers = memory.servers
        self._speaking = speaking
        self._sends = sends
        self._clock = clock

    async def round(self) -> bool:
        """Tell what is due; whether Discord takes messages, as it seems. Raises StorageError."""
        await self._digests.bring_back(self._clock())
        for digest in await self._digests.due(self._clock()):
            if not await self._tell(digest):
                return False
        return True

    async def _tell(self, digest: Digest) -> bool:
        """Tell one digest; whether it is worthwhile to go on with others."""
        now, post = self._clock(), digest.post
        if post is not None and is_too_long_ago(post.begun_at, now):
            _log.warning("digest lost; it may have arrived", digest=digest.id, post=post.id)
            await self._digests.end(digest, now)
            return True
        if not self._servers.of(digest.target.guild_id).allows(digest.target.channel_id):
            await self._digests.pause(digest, Pause.DISALLOWED)
            return True
        if post is None:
            stories = await self._stories(digest, now)
            if not stories:
                await self._digests.end(digest, now)
                return True
            post = await self._begun(digest, stories, now)
        if post is None:
            return True
        failure = await self._sends.send(digest.target, post.content, post.id)
        return await self._settle(digest, post, failure)

    async def _begun(
        self, digest: Digest, stories: Sequence[Article], now: datetime
    ) -> DigestPost | None:
        chosen = self._servers.of(digest.target.guild_id).language
        texts = self._speaking.languages.best(chosen, digest.locale)
        content = digest_content(digest.schedule, stories, texts)
        marks = frozenset[str]().union(*map(marks_of, stories))
        return await self._digests.begin(digest, content, marks, now)

    async def _settle(
        self, digest: Digest, post: DigestPost, failure: Pause | Unsent | None
    ) -> bool:
        if isinstance(failure, Pause):
            _log.warning("digest paused", digest=digest.id, reason=failure.value)
            await self._digests.pause(digest, failure)
        elif failure is None or failure is Unsent.NEVER:
            if failure is Unsent.NEVER:
                _log.error("digest refused", digest=digest.id)
            await self._digests.end(digest, self._clock())
        elif failure is Unsent.SURELY:
            await self._digests.undo(digest, post)
        return not isinstance(failure, Unsent) or failure is Unsent.NEVER

    async def _stories(self, digest: Digest, now: datetime) -> Sequence[Article]:
        since = min(digest.next_at, now) - digest.schedule.period - _OVERLAP
        seen = self._news.seen_by(community_of(digest.target.guild_id))
        articles = await seen.articles.newest(now, READ_COUNT)
        told = await self._digests.told(digest.id)
        fresh = [each for each in articles if each.published and each.published.at >= since]
        return await asyncio.to_thread(top_stories, fresh, told, STORIES_PER_DIGEST)
