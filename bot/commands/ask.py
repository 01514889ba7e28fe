"""`/ask`: a question in, an answer out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.commands.outcomes import Outcome
from bot.views.layout import layout
from bot.views.limits import QUESTION_LENGTH

if TYPE_CHECKING:
    from bot.commands.cooldown import Cooldown
    from bot.commands.replying import Replying


def ask(replying: Replying, cooldown: Cooldown) -> app_commands.Command[Any, ..., None]:
    """Return the command."""

    @app_commands.command(description="Ask the news a question; the answer is quoted word for word")
    @app_commands.describe(
        question="What do you want to know?", private="Show the answer to you alone"
    )
    async def ask(
        interaction: discord.Interaction[Any],
        question: app_commands.Range[str, 1, QUESTION_LENGTH],
        private: bool = False,
    ) -> None:
        cooldown.take(interaction.user.id)
        await interaction.response.defer(ephemeral=private, thinking=True)
        outcome = interaction.extras.setdefault("outcome", Outcome())
        reply = await replying.reply_to(question, outcome)
        await interaction.edit_original_response(view=layout(reply.text, reply.buttons))

    return ask
