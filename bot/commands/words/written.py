"""A message in place of an interaction: what commands read of one, and how they answer it.

It has as much of `discord.Interaction` as commands use. What they would show to one person alone
goes to that person alone. Knows no words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import discord
from discord.utils import MISSING

from bot.commands.askers import server_of
from bot.texts import RefusedError, saying

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.commands.outcomes import Outcome
    from bot.commands.words.delivering import AnyView, Delivery
    from bot.texts import Texts


class Written:
    """A message that is a command, by somebody who speaks the language of `texts`."""

    def __init__(
        self,
        message: discord.Message,
        client: discord.Client,
        texts: Texts,
        delivery: Delivery,
        outcome: Outcome,
    ):
        self.id = message.id
        self.created_at = message.created_at
        self.client = client
        self.type = discord.InteractionType.application_command
        self.user = message.author
        self.channel = message.channel
        self.channel_id = message.channel.id
        self.guild = message.guild
        self.guild_id = server_of(message)
        self.guild_locale = message.guild.preferred_locale if message.guild else None
        self.locale = texts.language
        self.message = None
        self.extras = {"outcome": outcome}
        self.response = Response(delivery)
        self.followup = Followup(self.response)

    @property
    def as_interaction(self) -> discord.Interaction[Any]:
        """Itself, for what is written for interactions."""
        return cast("discord.Interaction[Any]", self)

    def is_guild_integration(self) -> bool:
        """Whether the server has added the bot; else it would not hear its messages."""
        return self.guild_id is not None

    @property
    def permissions(self) -> discord.Permissions:
        """What the person may do there."""
        return _permissions(self.channel, self.user)

    @property
    def app_permissions(self) -> discord.Permissions:
        """What the bot may do there."""
        return _permissions(self.channel, self.guild.me if self.guild else self.client.user)

    async def edit_original_response(
        self,
        *,
        content: str | None = None,
        view: AnyView | None = MISSING,
        attachments: Sequence[discord.File] = (),
    ) -> None:
        """Show the answer that was announced, or another in its place.

        Buttons below content stay where no view is named.
        """
        await self.response.show(content=content, view=view, files=attachments)


class Response:
    """The first answer: announced, sent, and perhaps changed."""

    def __init__(self, delivery: Delivery):
        self.delivery = delivery
        self.is_for_one = False
        self._is_done = False
        self._sent: discord.Message | None = None

    def is_done(self) -> bool:
        """Whether it was announced or sent."""
        return self._is_done

    async def defer(self, *, ephemeral: bool = False, thinking: bool = False) -> None:
        """Announce it, which nobody sees: a message can wait as long as it takes."""
        del thinking
        self._is_done, self.is_for_one = True, ephemeral

    async def send_message(
        self,
        content: str | None = None,
        *,
        view: AnyView = MISSING,
        ephemeral: bool = False,
    ) -> None:
        """Send it."""
        self._is_done, self.is_for_one = True, ephemeral
        await self.show(content=content, view=view)

    async def send_modal(self, _modal: discord.ui.Modal) -> None:
        """Refuse to, since a message opens no form."""
        raise RefusedError(
            saying("That opens a form, which a message cannot; use the command with a slash.")
        )

    async def show(
        self,
        *,
        content: str | None = None,
        view: AnyView | None = MISSING,
        files: Sequence[discord.File] = (),
    ) -> None:
        """Send it, or show something else in its place."""
        if self._sent is not None:
            await self.delivery.change(self._sent, content=content, view=view)
            return
        self._sent = await self.delivery.send(
            alone=self.is_for_one,
            content=content,
            view=None if view is MISSING else view,
            files=files,
        )


class Followup:
    """What comes after the first answer."""

    def __init__(self, response: Response):
        self._response = response

    async def send(
        self,
        content: str | None = None,
        *,
        view: AnyView = MISSING,
        ephemeral: bool = False,
    ) -> None:
        """Send it to all, or to one alone; to one alone where the first answer was."""
        alone = ephemeral or self._response.is_for_one
        await self._response.delivery.send(
            alone=alone, content=content, view=None if view is MISSING else view
        )


def _permissions(channel: Any, somebody: Any) -> discord.Permissions:
    if isinstance(channel, discord.abc.GuildChannel | discord.Thread):
        if not isinstance(somebody, discord.Member):
            return discord.Permissions.none()
        try:
            return channel.permissions_for(somebody)
        except discord.ClientException:
            # a thread whose channel is not known
            return discord.Permissions.none()
    return discord.Permissions.none()
