"""Alerts at work: new stories are held to all alerts, and those that match are told, each once.

What is announced is taken up in order, and what matches waits in the same transaction that notes
how far it went: a restart repeats nothing and leaves nothing out.

A message is noted before it is sent and ended after. One whose end is unknown, after a crash or an
error of Discord's, is sent again with the same nonce, for which Discord makes one message within
"the past few minutes" (https://discord.com/developers/docs/resources/message). After SURE_FOR it is
given up and logged as lost: rather not at all than twice.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Protocol

import structlog

from bot.answering.alert_matching import Arrival, Wanted
from bot.commands.askers import community_of
from bot.storage.alert_queue import Match, Outcome
from bot.storage.alerts import Pause
from bot.views.alerts import STORIES_PER_POST, alert_content
from index.errors import PullquoteError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence
    from datetime import datetime

    from bot.commands.ports import News, Seen
    from bot.commands.speaking import Speaking
    from bot.storage.alert_queue import Due, Post
    from bot.storage.alerts import Alert, Target
    from bot.storage.memory import Memory
    from bot.storage.servers import ServerSettings
    from index.model import Passage
    from index.storage.story_store import Announcement

SURE_FOR = timedelta(seconds=90)
SPACING = timedelta(minutes=10)
"""Between two messages of one alert; what comes in meanwhile is told in one."""
EVERY_SECONDS = 5.0
LONGEST_WAIT_SECONDS = 300.0
_AT_ONCE = 50

_log = structlog.stdlib.get_logger(__name__)


class Unsent(Enum):
    """Why a message was not sent, where it is not for good."""

    SURELY = auto()
    """Nothing has arrived; it can be sent again."""
    PERHAPS = auto()
    """It may have arrived."""
    NEVER = auto()
    """It is refused whatever happens, and not for where it goes."""


async def _tell_nobody(_alert: Alert, _reason: Pause) -> None:
    """Leave it to the log."""


class Sends(Protocol):
    """Brings a message to where an alert tells."""

    async def send(self, target: Target, content: str, nonce: str) -> Pause | Unsent | None:
        """Send a message, made once however often it is sent with the same nonce within minutes.

        Returns None where it has arrived.
        """
        ...


class Alerting:
    """Holds new stories to alerts and tells what matches, one round after the other."""

    def __init__(
        self,
        news: News,
        memory: Memory,
        speaking: Speaking,
        sends: Sends,
        clock: Callable[[], datetime],
        on_paused: Callable[[Alert, Pause], Coroutine[Any, Any, None]] = _tell_nobody,
    ):
        self._news = news
        self._memory = memory
        self._speaking = speaking
        self._sends = sends
        self._clock = clock
        self._on_paused = on_paused

    async def round(self) -> bool:
        """Take up what is new and tell what is due; whether Discord takes messages, as it seems.

        Raises StorageError.
        """
        await self._take_up()
        every_due = await self._memory.alert_queue.due(self._clock())
        at_work = await self._memory.alerts.at_work() if every_due else []
        alerts = {alert.id: alert for alert in at_work}
        for due in every_due:
            alert = alerts.get(due.alert_id)
            if alert and not await self._tell(alert, due):
                return False
        return True

    # ── what is new ──────────────────────────────────────────────────────────
    async def _take_up(self) -> None:
        queue = self._memory.alert_queue
        newest, handled = await self._news.newest_announcement(), await queue.handled()
        if handled is None or handled > newest:
            # nothing was handled yet, or the news are others than before
            await queue.start_after(newest)
            return
        while handled < newest:
            announced = await self._news.announcements(handled, _AT_ONCE)
            matches = await self._matches(announced)
            handled = announced[-1].number if announced else newest
            await queue.take(matches, handled, self._clock())

    async def _matches(self, announced: Sequence[Announcement]) -> list[Match]:
        alerts = await self._memory.alerts.at_work()
        if not alerts:
            return []
        found = []
        weighing = [(alert, self._seen_by(alert).searcher) for alert in alerts]
        wanted = await asyncio.to_thread(
            lambda: [(alert, Wanted.of(alert.query, searcher)) for alert, searcher in weighing]
        )
        for each in announced:
            # none where it was taken back meanwhile
            if passages := await self._news.seen_by(each.community).passages_of(each.article_id):
                listening = [
                    (a, w) for a, w in wanted if a.after < each.number and _may_see(a, each)
                ]
                found += await asyncio.to_thread(_matches_of, passages, listening)
        return found

    # ── what is told ─────────────────────────────────────────────────────────
    async def _tell(self, alert: Alert, due: Due) -> bool:
        """Tell what is due; whether it is worthwhile to go on with others."""
        queue, now = self._memory.alert_queue, self._clock()
        if due.post is not None and is_too_long_ago(due.post.begun_at, now):
            _log.warning("alert lost; it may have arrived", alert=alert.id, post=due.post.id)
            await queue.end(due.post, Outcome.LOST)
            return True
        if due.post is None and not may_tell(alert, due.last_at, now):
            return True
        content = await self._content(alert, due.article_ids)
        post = due.post or await queue.begin(alert.id, due.article_ids, now)
        if post is None:
            return True
        if content is None:
            # all of it was taken back meanwhile
            await queue.end(post, Outcome.REFUSED)
            return True
        return await self._settle(alert, post, await self._send(alert, content, post))

    async def _send(self, alert: Alert, content: str, post: Post) -> Pause | Unsent | None:
        target = alert.target
        if target.channel_id and not self._server_of(alert).allows(target.channel_id):
            return Pause.DISALLOWED
        return await self._sends.send(target, content, post.id)

    def _seen_by(self, alert: Alert) -> Seen:
        return self._news.seen_by(community_of(alert.target.guild_id))

    def _server_of(self, alert: Alert) -> ServerSettings:
        return self._memory.servers.of(alert.target.guild_id)

    async def _settle(self, alert: Alert, post: Post, failure: Pause | Unsent | None) -> bool:
        queue = self._memory.alert_queue
        if failure is None:
            await queue.end(post, Outcome.SENT)
        elif isinstance(failure, Pause):
            _log.warning("alert paused", alert=alert.id, reason=failure.value)
            await queue.pause(alert.id, post, failure)
            await self._on_paused(alert, failure)
        elif failure is Unsent.NEVER:
            _log.error("alert refused", alert=alert.id, post=post.id)
            await queue.end(post, Outcome.REFUSED)
        elif failure is Unsent.SURELY:
            await queue.undo(post)
        return not isinstance(failure, Unsent) or failure is Unsent.NEVER

    async def _content(self, alert: Alert, article_ids: Sequence[str]) -> str | None:
        shown: list[Passage] = []
        more_count = 0
        for article_id in article_ids:
            passages = await self._seen_by(alert).passages_of(article_id)
            if passages and len(shown) < STORIES_PER_POST:
                shown.append(await asyncio.to_thread(_best, passages, alert))
            elif passages:
                more_count += 1
        texts = self._speaking.languages.best(self._server_of(alert).language, alert.locale)
        return alert_content(alert, shown, more_count, texts) if shown else None


def is_too_long_ago(begun_at: datetime, now: datetime) -> bool:
    """Whether Discord may not know any more that a message was begun at an aware time.

    One that was begun in the future is as old as nobody knows: the clock was put back since.
    """
    return abs(now - begun_at) > SURE_FOR


def may_tell(alert: Alert, last_at: datetime | None, now: datetime) -> bool:
    """Whether an alert may tell something at an aware time: not in quiet hours, nor too often."""
    if alert.quiet is not None and alert.quiet.covers(now):
        return False
    return last_at is None or now - last_at >= SPACING


class Rounds(Protocol):
    """Tells what is due, one round after the other."""

    async def round(self) -> bool:
        """Do one; whether Discord takes messages, as it seems. Raises PullquoteError."""
        ...


async def keep_telling(
    rounds: Rounds,
    is_online: Callable[[], bool],
    every_seconds: float = EVERY_SECONDS,
    longest_wait_seconds: float = LONGEST_WAIT_SECONDS,
) -> None:
    """Do one round after the other for ever, whatever fails; nothing while there is no Discord."""
    wait_seconds = every_seconds
    while True:
        await asyncio.sleep(wait_seconds)
        if not is_online():
            continue
        is_well = False
        try:
            is_well = await rounds.round()
        except PullquoteError as error:
            _log.warning("nothing told", reason=str(error), wait_seconds=wait_seconds)
        except Exception:  # noqa: BLE001 (answering goes on, whatever nobody foresaw here)
            _log.exception("nothing told", wait_seconds=wait_seconds)
        wait_seconds = every_seconds if is_well else min(2 * wait_seconds, longest_wait_seconds)


def _may_see(alert: Alert, announced: Announcement) -> bool:
    """Whether it is everybody's news, or of the server whose channel is told.

    Who is told directly may have left the server since.
    """
    return announced.community in {None, community_of(alert.target.guild_id)}


def _matches_of(passages: Sequence[Passage], wanted: Sequence[tuple[Alert, Wanted]]) -> list[Match]:
    arrival = Arrival(passages)
    article = arrival.article
    others = frozenset(place.url for place in article.also_in if place.url)
    return [
        Match(alert.id, article.id, article.url, others)
        for alert, each in wanted
        if arrival.is_wanted(each)
    ]


def _best(passages: Sequence[Passage], alert: Alert) -> Passage:
    return Arrival(passages).best_passage(alert.query)
