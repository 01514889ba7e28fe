"""A press of a button, or a choice in a select: done, unless it may not be, and logged."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

from bot.commands.askers import asker_of
from bot.commands.failures import tell, told
from bot.commands.outcomes import recorded

if TYPE_CHECKING:
    from collections.abc import Coroutine

    import discord

    from bot.commands.at_work import AtWork
    from bot.commands.catalogue import Parts
    from bot.commands.house_limits import HouseLimits
    from bot.commands.house_rules import HouseRules
    from bot.commands.outcomes import Outcome


class Pressing:
    """Does what components are for. discord.py would only log what fails; here people are told."""

    def __init__(self, parts: Parts, at_work: AtWork, rules: HouseRules, limits: HouseLimits):
        self._parts = parts
        self._at_work = at_work
        self._rules = rules
        self._limits = limits

    async def press(
        self,
        name: str,
        interaction: discord.Interaction[Any],
        doing: Coroutine[Any, Any, None],
        *,
        is_free: bool = False,
        outcome: Outcome | None = None,
    ) -> None:
        """Do it, unless it is done too often, or against what the server has decided.

        What is free asks nothing of the news. `doing` may say more about its `outcome`.
        """
        self._at_work.join()
        try:
            with recorded(name, interaction.id, self._parts.measures, outcome), closing(doing):
                if not is_free:
                    self._rules.check_interaction(interaction)
                    self._limits.take(asker_of(interaction))
                self._parts.cooldown.take(interaction.user.id)
                await doing
        except Exception as error:  # noqa: BLE001 (whatever it is, the person gets an answer)
            texts = self._parts.speaking.privately(interaction)
            await tell(interaction, told(error, interaction.id, texts))
