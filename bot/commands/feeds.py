"""`/feeds`: what news a server brings in for itself, seen by nobody else."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.commands.askers import community_of
from bot.commands.choosing_feeds import chosen_feed, fitting
from bot.commands.looking import Looking
from bot.commands.managing import ADDED_TO_SERVERS, IN_SERVERS, managed_server
from bot.texts import RefusedError, saying, saying_counted
from bot.views import limits
from bot.views.asked_feeds import choice_of_feed
from bot.views.layout import layout
from bot.views.server_feeds import (
    done_text,
    feeds_log_content,
    sample_text,
    server_feeds_text,
)
from index.errors import SourceError
from index.gathering.model import is_by_operator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.commands.cooldown import Cooldown
    from bot.commands.deciding import Deciding
    from bot.commands.ports import FollowedFeeds
    from bot.texts import Saying, Texts
    from index.model import Feed

_ADDRESS_LENGTH = 500


@dataclass(frozen=True, slots=True)
class KeepingFeeds:
    """Changes the feeds of servers; `most` is how many each may have, 0 for none."""

    feeds: FollowedFeeds
    deciding: Deciding
    cooldown: Cooldown
    most: int
    looking: Looking = field(default_factory=Looking)

    async def own(self, interaction: discord.Interaction[Any]) -> list[Feed]:
        """Return the feeds of the server that somebody manages. Raises MissingPermissions."""
        community = community_of(managed_server(interaction))
        seen = await self.feeds.seen_by(community)
        return [each for each in seen if each.community == community]

    async def chosen(self, interaction: discord.Interaction[Any], choice: str) -> Feed:
        """Return one of them, by its number or words that it alone has in title or address.

        Raises RefusedError where it is none.
        """
        return chosen_feed(choice, await self.own(interaction), _words_of)

    async def add(self, interaction: discord.Interaction[Any], address: str) -> list[Feed]:
        """Follow what is at an address. Raises RefusedError and MissingPermissions."""
        server_id = managed_server(interaction)
        count = len(await self.own(interaction))
        if not self.most:
            raise RefusedError(
                saying("Whoever runs me does not let servers add feeds; ask them to add it.")
            )
        if count >= self.most:
            raise RefusedError(
                saying_counted(
                    "A server may have {count} feed; remove it first, with {remove}.",
                    "A server may have {count} feeds; remove one first, with {remove}.",
                    count=self.most,
                    remove=self.deciding.speaking.privately(interaction).command("feeds remove"),
                )
            )
        try:
            async with self.looking.at_work(server_id):
                added = await self.feeds.add_for(str(server_id), address.strip(), self.most)
        except SourceError as error:
            raise RefusedError(self._refusal(interaction, error)) from error
        return list(added)

    async def try_out(self, interaction: discord.Interaction[Any], address: str) -> None:
        """Show what is at an address. Raises RefusedError and MissingPermissions."""
        server_id = managed_server(interaction)
        if not self.most:
            raise RefusedError(
                saying("Whoever runs me does not let servers add feeds; ask them to add it.")
            )
        try:
            async with self.looking.at_work(server_id):
                sample = await self.feeds.test_from_afar(address.strip())
        except SourceError as error:
            raise RefusedError(self._refusal(interaction, error)) from error
        text = sample_text(sample, self.deciding.speaking.privately(interaction))
        await interaction.edit_original_response(view=layout(text))

    async def done(
        self, interaction: discord.Interaction[Any], told: Saying, feeds: Sequence[Feed]
    ) -> None:
        """Say what was done, to who did it and in the channel of the log."""
        texts = self.deciding.speaking.privately(interaction)
        view = layout(done_text(texts.tell(told), feeds, texts))
        await interaction.edit_original_response(view=view)
        await self.deciding.log.told(
            interaction.guild_id, partial(_logged, interaction.user.id, told, feeds)
        )

    def _refusal(self, interaction: discord.Interaction[Any], error: SourceError) -> Saying:
        reason = self.deciding.speaking.privately(interaction).retold(str(error))
        return saying("I cannot follow that: {reason}", reason=reason)


def _words_of(feed: Feed) -> str:
    # of a server's own feeds, its admins have typed the addresses
    return f"{feed.name}\n{feed.url}"


def _logged(person_id: int, told: Saying, feeds: Sequence[Feed], texts: Texts) -> str:
    return feeds_log_content(person_id, texts.tell(told), feeds, texts)


def feeds(keeping: KeepingFeeds) -> app_commands.Group:
    """Return the commands."""
    group = app_commands.Group(
        name="feeds",
        description="News that comes in for this server alone (for those who run it)",
        allowed_contexts=IN_SERVERS,
        allowed_installs=ADDED_TO_SERVERS,
        default_permissions=discord.Permissions(manage_guild=True),
    )
    _add_looking(group, keeping)
    _add_changing(group, keeping)
    return group


def _add_looking(group: app_commands.Group, keeping: KeepingFeeds) -> None:
    @group.command(name="add", description="Follow a feed, or the feeds of a site, for this server")
    @app_commands.describe(address="The web address of a feed or a site")
    async def add(
        interaction: discord.Interaction[Any],
        address: app_commands.Range[str, 1, _ADDRESS_LENGTH],
    ) -> None:
        managed_server(interaction)
        keeping.cooldown.take(interaction.user.id)
        await interaction.response.defer(ephemeral=True, thinking=True)
        added = await keeping.add(interaction, address)
        await keeping.done(interaction, saying("Followed for this server from now on:"), added)

    @group.command(name="list", description="The feeds of this server, and how they are")
    async def listed(interaction: discord.Interaction[Any]) -> None:
        managed_server(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        own = await keeping.own(interaction)
        text = server_feeds_text(own, keeping.deciding.speaking.privately(interaction))
        await interaction.edit_original_response(view=layout(text))

    @group.command(
        name="test", description="Look at what an address would bring, and store nothing"
    )
    @app_commands.describe(address="The web address of a feed or a site")
    async def test(
        interaction: discord.Interaction[Any],
        address: app_commands.Range[str, 1, _ADDRESS_LENGTH],
    ) -> None:
        managed_server(interaction)
        keeping.cooldown.take(interaction.user.id)
        await interaction.response.defer(ephemeral=True, thinking=True)
        await keeping.try_out(interaction, address)


def _add_changing(group: app_commands.Group, keeping: KeepingFeeds) -> None:
    @group.command(name="pause", description="Ask a feed of this server no more for a while")
    @app_commands.describe(feed="Which one? Choose it from the list")
    async def pause(interaction: discord.Interaction[Any], feed: str) -> None:
        managed_server(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        await keeping.feeds.pause_of_community(await keeping.chosen(interaction, feed))
        paused = await keeping.chosen(interaction, feed)
        await keeping.done(interaction, saying("Paused; its articles stay:"), [paused])

    @group.command(name="resume", description="Ask a feed of this server again")
    @app_commands.describe(feed="Which one? Choose it from the list")
    async def resume(interaction: discord.Interaction[Any], feed: str) -> None:
        managed_server(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        chosen = await keeping.chosen(interaction, feed)
        if is_by_operator(chosen.paused_reason):
            raise RefusedError(saying("Whoever runs me has paused that feed; turn to them."))
        await keeping.feeds.resume_of_community(chosen)
        resumed = await keeping.chosen(interaction, feed)
        await keeping.done(interaction, saying("Followed again:"), [resumed])

    @group.command(name="remove", description="Follow a feed of this server no more")
    @app_commands.describe(feed="Which one? Choose it from the list")
    async def remove(interaction: discord.Interaction[Any], feed: str) -> None:
        managed_server(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        chosen = await keeping.chosen(interaction, feed)
        await keeping.feeds.remove(chosen)
        await keeping.done(interaction, saying("Removed, with its articles:"), [chosen])

    async def complete(
        interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        found = fitting(current, await keeping.own(interaction), _words_of)
        texts = keeping.deciding.speaking.privately(interaction)
        return [
            app_commands.Choice(name=choice_of_feed(each, texts), value=str(each.id))
            for each in found[: limits.CHOICE_COUNT]
        ]

    pause.autocomplete("feed")(complete)
    resume.autocomplete("feed")(complete)
    remove.autocomplete("feed")(complete)
