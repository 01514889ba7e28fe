"""What any bot is held to: one whose `/ask` answers the same at once, whatever it is asked."""

from __future__ import annotations

import os
from typing import Any

import discord
from discord import app_commands

_ANSWER = "."


class EmptyBot(discord.Client):
    """A client with one command, which does nothing."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents.default())
        self.tree = app_commands.CommandTree(self)

        @self.tree.command(description="Answers at once")
        async def ask(interaction: discord.Interaction[Any], question: str) -> None:  # noqa: ARG001 -- is asked as ours is
            await interaction.response.send_message(_ANSWER)

    async def setup_hook(self) -> None:
        """Register the command."""
        await self.tree.sync()


if __name__ == "__main__":
    EmptyBot().run(os.environ["DISCORD_TOKEN"], log_handler=None)
