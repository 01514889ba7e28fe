"""Asking feeds for news at once, and showing what comes of it.

A feed is only made due; whoever follows the news polls it, here or in another process, as politely
as ever. So all that is done here is to look how that goes, and not to wait for ever.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.commands.askers import community_of
from bot.commands.choosing_feeds import chosen_feed
from bot.commands.failures import told
from bot.commands.managing import managed_server
from bot.commands.progress_board import ProgressBoard
from bot.texts import RefusedError, saying
from bot.views import limits
from bot.views.asked_feeds import (
    Ending,
    asked_text,
    asking_text,
    choice_of_all,
    choice_of_feed,
    reasons_text,
    unasked_text,
)
from bot.views.cancel_button import cancel_button
from bot.views.layout import layout
from bot.views.message import MessageText
from index.errors import PullquoteError
from index.gathering.model import FeedTurn
from index.model import FeedKind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from datetime import datetime

    import discord

    from bot.commands.cancelling import Cancelling, Job
    from bot.commands.ports import FollowedFeeds
    from bot.commands.speaking import Speaking
    from bot.texts import Texts
    from index.gathering.model import AskedFeed
    from index.model import Feed

ALL_OF_THEM = "*"
# many feeds of a slow host take their turns; so long without any, nobody is at it
PATIENCE = timedelta(minutes=2)
LONGEST = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Asked:
    """Feeds that are asked, those that are not to be now, and whether that is to end."""

    feeds: Sequence[AskedFeed]
    unasked: Sequence[Feed]
    ended: asyncio.Event


class AskingFeeds:
    """The feeds that those who manage servers have asked; one round at a time for each server."""

    def __init__(
        self,
        feeds: FollowedFeeds,
        speaking: Speaking,
        cancelling: Cancelling,
        clock: Callable[[], datetime],
        edit_seconds: float,
    ):
        self._feeds = feeds
        self._speaking = speaking
        self._cancelling = cancelling
        self._clock = clock
        self._edit_seconds = edit_seconds
        self._at_work: dict[int, asyncio.Event] = {}
        # everybody's feeds may be asked for several servers at once
        self._rounds_of: Counter[int] = Counter()

    async def choices(
        self, interaction: discord.Interaction[Any], typed: str
    ) -> list[tuple[str, str]]:
        """Return what may be asked and fits what is typed, as names and values."""
        if interaction.guild_id is None or not interaction.permissions.manage_guild:
            return []
        texts = self._speaking.privately(interaction)
        feeds = await self._of_server(interaction.guild_id)
        named = [(choice_of_feed(each, texts), str(each.id)) for each in feeds]
        if any(each.community for each in feeds):
            named.insert(0, (choice_of_all(texts), ALL_OF_THEM))
        wanted = typed.strip().casefold()
        return [each for each in named if wanted in each[0].casefold()][: limits.CHOICE_COUNT]

    async def run(self, interaction: discord.Interaction[Any], choice: str) -> None:
        """Ask what was chosen, and show how it goes.

        Raises RefusedError, StorageError and MissingPermissions before anything is shown.
        """
        server_id = managed_server(interaction)
        if server_id in self._at_work:
            raise RefusedError(
                saying("Feeds are being asked already; wait for that to end, then try again.")
            )
        ended = self._at_work[server_id] = asyncio.Event()
        try:
            await interaction.response.defer(ephemeral=True, thinking=True)
            chosen = await self._chosen(interaction, server_id, choice)
            asked = [each for feed in chosen if (each := await self._feeds.ask(feed))]
            taken = {each.feed.id for each in asked}
            unasked = [each for each in chosen if each.id not in taken]
            if asked:
                with self._counted(taken), self._cancelling.at_work(server_id, ended.set) as job:
                    await self._show(interaction, Asked(asked, unasked, ended), job)
            else:
                text = unasked_text(unasked, self._speaking.privately(interaction))
                await interaction.edit_original_response(view=layout(text))
        finally:
            del self._at_work[server_id]

    def stop(self) -> None:
        """End all rounds; what was asked is polled by whoever polls next."""
        for ended in self._at_work.values():
            ended.set()

    @contextmanager
    def _counted(self, feed_ids: Collection[int]) -> Iterator[None]:
        self._rounds_of.update(feed_ids)
        try:
            yield
        finally:
            self._rounds_of.subtract(feed_ids)

    async def _of_server(self, server_id: int) -> list[Feed]:
        seen = await self._feeds.seen_by(community_of(server_id))
        # folders are looked at all the time, and read like any others
        feeds = [each for each in seen if each.kind is not FeedKind.FOLDER]
        return sorted(feeds, key=lambda each: each.community is None)

    async def _chosen(
        self, interaction: discord.Interaction[Any], server_id: int, choice: str
    ) -> list[Feed]:
        texts = self._speaking.privately(interaction)
        feeds = await self._of_server(server_id)
        if choice in (ALL_OF_THEM, choice_of_all(texts)):
            own = [each for each in feeds if each.community]
            if not own:
                raise RefusedError(
                    saying(
                        "This server has no feeds of its own; add one with {add}.",
                        add=texts.command("feeds add"),
                    )
                )
            return own
        # by what is shown alone: addresses of everybody's feeds may hold keys
        return [chosen_feed(choice, feeds, lambda each: choice_of_feed(each, texts))]

    async def _show(self, interaction: discord.Interaction[Any], asked: Asked, job: Job) -> None:
        for_all = await self._speaking.publicly(interaction)
        for_one = self._speaking.privately(interaction)
        board = ProgressBoard(interaction)
        turns = [FeedTurn(each, each.feed) for each in asked.feeds]
        button = cancel_button(job.name, for_all)
        await board.open(asking_text(turns, for_all), for_one, button)
        try:
            turns, ending = await self._watched(turns, asked, board, for_all)
            if job.is_cancelled and ending is Ending.STOPPED:
                ending = Ending.CANCELLED
                for each in asked.feeds:
                    if self._rounds_of[each.feed.id] == 1:
                        await self._feeds.take_back(each)
        except PullquoteError as error:
            await board.close(MessageText((told(error, interaction.id, for_all),)))
            return
        summary = asked_text(turns, asked.unasked, ending, for_all)
        await board.close(summary, reasons_text(turns, asked.unasked, ending, for_one))

    async def _watched(
        self, turns: list[FeedTurn], asked: Asked, board: ProgressBoard, texts: Texts
    ) -> tuple[list[FeedTurn], Ending]:
        """Look how it goes until it is over, or is to end."""
        began_at = changed_at = min(each.at for each in asked.feeds)
        shown = asking_text(turns, texts)
        while not await _is_set(asked.ended, self._edit_seconds):
            turns = [await self._feeds.came_of(each) for each in asked.feeds]
            if all(each.is_over for each in turns):
                return turns, Ending.DONE
            now = self._clock()
            if (text := asking_text(turns, texts)) != shown:
                await board.show(text)
                shown, changed_at = text, now
            if now - changed_at >= PATIENCE or now - began_at >= LONGEST:
                return turns, Ending.LATE
        return turns, Ending.STOPPED


async def _is_set(event: asyncio.Event, within_seconds: float) -> bool:
    try:
        async with asyncio.timeout(within_seconds):
            await event.wait()
    except TimeoutError:
        return False
    return True
