"""`/sources`: which publishers answers come from, and what feeds bring their news in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.commands.askers import asker_of, reader_of
from bot.views.layout import layout
from bot.views.paging import NO_TOPIC, PageTurn, page_buttons
from bot.views.sources import sources_pages, sources_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from discord import ui

    from bot.commands.cooldown import Cooldown
    from bot.commands.ports import FollowedFeeds, News
    from bot.commands.speaking import Speaking
    from bot.storage.memory import Memory
    from bot.texts import Texts

# a publisher's day may have begun, and clocks differ; what claims more is no date
_AHEAD = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SourcesOfNews:
    """Shows what the news of whoever asks comes from."""

    news: News
    feeds: FollowedFeeds
    clock: Callable[[], datetime]

    async def view(
        self, interaction: discord.Interaction[Any], page: int, texts: Texts
    ) -> ui.LayoutView:
        """Return a page, or the one nearest to it that there is. Raises StorageError."""
        reader = reader_of(interaction)
        articles = self.news.seen_by(reader).articles
        publishers = await articles.publishers(self.clock() + _AHEAD)
        followed = await self.feeds.seen_by(reader)
        pages = sources_pages(publishers, followed)
        here = PageTurn(NO_TOPIC, min(max(page, 1), pages), of="sources")
        text = sources_text(publishers, followed, here.page, texts)
        return layout(text, page_buttons(here, pages, texts))

    async def turn(
        self, interaction: discord.Interaction[Any], turn: PageTurn, texts: Texts
    ) -> None:
        """Show another page, of how it is now, in place of the one clicked on."""
        await interaction.response.defer()
        await interaction.edit_original_response(
            view=await self.view(interaction, turn.page, texts)
        )


def sources(
    of_news: SourcesOfNews, cooldown: Cooldown, speaking: Speaking, memory: Memory
) -> app_commands.Command[Any, ..., None]:
    """Return the command."""

    @app_commands.command(description="Which publishers my answers come from, and which feeds")
    async def sources(interaction: discord.Interaction[Any]) -> None:
        cooldown.take(interaction.user.id)
        private = memory.servers.of(asker_of(interaction).server_id).is_private
        await interaction.response.defer(ephemeral=private, thinking=True)
        texts = await speaking.to(interaction, private=private)
        await interaction.edit_original_response(view=await of_news.view(interaction, 1, texts))

    return sources
