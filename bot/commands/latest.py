"""`/latest`: the newest stories, perhaps about a topic, and the buttons under them."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.answering.newest import newest_stories, stories
from bot.commands.askers import asker_of, reader_of
from bot.commands.search import wanted_question
from bot.commands.zones import in_zone
from bot.texts import RefusedError, saying
from bot.views import limits
from bot.views.latest import latest_pages, latest_text
from bot.views.layout import layout
from bot.views.paging import NO_TOPIC, PageTurn, page_buttons

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from bot.commands.cooldown import Cooldown
    from bot.commands.ports import News, Seen
    from bot.commands.speaking import Speaking
    from bot.storage.memory import Memory
    from bot.storage.searches import Searches
    from bot.texts import Texts
    from index.model import Article
    from index.query.model import Reading

STORY_COUNT = 48
_READ_COUNT = 200
# a publisher's day may have begun, and clocks differ; what claims more is no news
_AHEAD = timedelta(days=1)


def latest(
    news: News,
    memory: Memory,
    cooldown: Cooldown,
    clock: Callable[[], datetime],
    speaking: Speaking,
) -> app_commands.Command[Any, ..., None]:
    """Return the command."""

    @app_commands.command(description="The newest stories in the news")
    @app_commands.describe(topic="Only stories about these words")
    async def latest(
        interaction: discord.Interaction[Any],
        topic: app_commands.Range[str, 1, limits.QUESTION_LENGTH] | None = None,
    ) -> None:
        cooldown.take(interaction.user.id)
        asker = asker_of(interaction)
        server = memory.servers.of(asker.server_id)
        now = in_zone(clock(), server.zone)
        seen = news.seen_by(reader_of(interaction))
        reading = None
        if topic is not None:
            wanted = wanted_question(topic, None, None, None, now)
            # before the answer is announced, so that only the asker sees what is wrong
            reading = await asyncio.to_thread(wanted.read, seen.searcher)
        private = server.is_private
        await interaction.response.defer(ephemeral=private, thinking=True)
        found = await _stories(seen, reading, now)
        pages = latest_pages(len(found))
        search_id = NO_TOPIC
        if reading is not None and pages > 1:
            search_id = await memory.searches.remember(reading, now, asker)
        texts = await speaking.to(interaction, private=private)
        here = PageTurn(search_id, 1, of="latest")
        text = latest_text(_topic(reading), found, 1, texts)
        view = layout(text, page_buttons(here, pages, texts))
        await interaction.edit_original_response(view=view)

    return latest


async def turn_latest(
    interaction: discord.Interaction[Any],
    turn: PageTurn,
    news: News,
    searches: Searches,
    now: datetime,
    texts: Texts,
) -> None:
    """Show another page of the newest stories, those of now, in place of the one clicked on.

    Raises RefusedError when the topic is forgotten.
    """
    await interaction.response.defer()
    reading = None
    if turn.search_id != NO_TOPIC:
        reading = await searches.find(turn.search_id, now)
        if reading is None:
            raise RefusedError(
                saying(
                    "These stories are from too long ago; ask for new ones with {latest}.",
                    latest=texts.command("latest"),
                )
            )
    found = await _stories(news.seen_by(reader_of(interaction)), reading, now)
    pages = latest_pages(len(found))
    here = turn.to(min(max(turn.page, 1), pages))
    text = latest_text(_topic(reading), found, here.page, texts)
    view = layout(text, page_buttons(here, pages, texts))
    await interaction.edit_original_response(view=view)


async def _stories(seen: Seen, reading: Reading | None, now: datetime) -> Sequence[Article]:
    if reading is None:
        return stories(await seen.articles.newest(now + _AHEAD, _READ_COUNT))[:STORY_COUNT]
    return await asyncio.to_thread(newest_stories, seen.searcher, reading.query, STORY_COUNT)


def _topic(reading: Reading | None) -> str:
    return reading.query.text if reading is not None else ""
