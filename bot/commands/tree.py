"""The command tree: where commands may be used, what failures say, what is logged."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from discord import app_commands

from bot.commands.failures import explanation, tell, told
from bot.commands.outcomes import Outcome, record

if TYPE_CHECKING:
    import discord

    from bot.commands.at_work import AtWork

INSTALLS = app_commands.AppInstallationType(guild=True, user=True)
CONTEXTS = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)


class Tree(app_commands.CommandTree[Any]):
    """Commands for servers and people alike, in servers, direct and group messages."""

    def __init__(self, client: discord.Client, at_work: AtWork):
        super().__init__(client, allowed_installs=INSTALLS, allowed_contexts=CONTEXTS)
        self._at_work = at_work

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Note that a command began, and when; everyone may use them."""
        self._at_work.join()
        interaction.extras["started"] = time.perf_counter()
        return True

    async def on_error(
        self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError, /
    ) -> None:
        """Tell the person what happened, and log what nobody foresaw."""
        outcome = Outcome("refused" if explanation(error) else "failed")
        finished(interaction, outcome)
        await tell(interaction, told(error, interaction.id))


def finished(interaction: discord.Interaction[Any], outcome: Outcome | None = None) -> None:
    """Log how a command ended: as given, or as the command itself noted."""
    outcome = outcome or interaction.extras.get("outcome") or Outcome()
    seconds = time.perf_counter() - interaction.extras.get("started", time.perf_counter())
    name = interaction.command.qualified_name if interaction.command else "unknown command"
    record(name, interaction.id, seconds, outcome)
