"""The command tree: where commands may be used, what failures say, what is logged."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.commands.askers import asker_of
from bot.commands.failures import explanation, tell, told
from bot.commands.house_rules import is_free
from bot.commands.outcomes import Outcome, record
from bot.texts import RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.commands.at_work import AtWork
    from bot.commands.house_limits import HouseLimits
    from bot.commands.house_rules import HouseRules
    from bot.commands.measures import Measures
    from bot.commands.speaking import Speaking

INSTALLS = app_commands.AppInstallationType(guild=True, user=True)
CONTEXTS = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)


class Tree(app_commands.CommandTree[Any]):
    """Commands for servers and people alike, in servers, direct and group messages."""

    def __init__(
        self,
        client: discord.Client,
        at_work: AtWork,
        speaking: Speaking,
        measures: Measures,
        rules: HouseRules,
        limits: HouseLimits,
    ):
        super().__init__(client, allowed_installs=INSTALLS, allowed_contexts=CONTEXTS)
        self._at_work = at_work
        self._speaking = speaking
        self._measures = measures
        self._rules = rules
        self._limits = limits

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Note that a command began, and when; say so where those who run a server forbid it."""
        self._at_work.join()
        interaction.extras["started"] = time.perf_counter()
        data: Mapping[str, Any] = interaction.data or {}
        try:
            if not is_free(data.get("name")):
                self._rules.check_interaction(interaction)
                if interaction.type is discord.InteractionType.application_command:
                    self._limits.take(asker_of(interaction))
        except RefusedError as error:
            await self._refuse(interaction, error)
            return False
        return True

    async def _refuse(self, interaction: discord.Interaction[Any], error: RefusedError) -> None:
        if interaction.type is discord.InteractionType.autocomplete:
            await interaction.response.autocomplete([])
            return
        self.finished(interaction, Outcome("refused"))
        await tell(interaction, told(error, interaction.id, self._speaking.privately(interaction)))

    async def on_error(
        self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError, /
    ) -> None:
        """Tell the person what happened, and log what nobody foresaw."""
        texts = self._speaking.privately(interaction)
        outcome = Outcome("refused" if explanation(error, texts) else "failed")
        self.finished(interaction, outcome)
        await tell(interaction, told(error, interaction.id, texts))

    def finished(
        self, interaction: discord.Interaction[Any], outcome: Outcome | None = None
    ) -> None:
        """Log how a command ended: as given, or as the command itself noted."""
        outcome = outcome or interaction.extras.get("outcome") or Outcome()
        seconds = time.perf_counter() - interaction.extras.get("started", time.perf_counter())
        name = interaction.command.qualified_name if interaction.command else "unknown command"
        record(name, interaction.id, seconds, outcome, self._measures)
