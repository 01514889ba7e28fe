"""`/ask`: a question in, an answer out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.answering.model import Question
from bot.commands.outcomes import Outcome
from bot.views.answer import answer_text
from bot.views.escaping import clean
from bot.views.layout import layout
from bot.views.limits import QUESTION_LENGTH
from index.errors import InvalidQueryError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.commands.cooldown import Cooldown
    from bot.commands.ports import Answers
    from bot.views.message import MessageText


async def reply_to(
    text: str, answers: Answers, now: datetime, outcome: Outcome | None = None
) -> MessageText:
    """Return what to say to a question, the same for every route it came by.

    Raises InvalidQueryError for a question without words or with too many of them.
    """
    text = clean(text).strip()
    if not text:
        raise InvalidQueryError("There is no question in that; write one in words.")
    if len(text) > QUESTION_LENGTH:
        raise InvalidQueryError(
            f"That is {len(text):,} characters long, and a question may have {QUESTION_LENGTH}; "
            "please ask it in fewer words."
        )
    answer = await answers.answer(Question(text, asked_at=now))
    if outcome is not None:
        outcome.name = "answered" if answer.answered else "abstained"
        outcome.question = text
    return answer_text(answer)


def ask(
    answers: Answers, cooldown: Cooldown, clock: Callable[[], datetime]
) -> app_commands.Command[Any, ..., None]:
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
        text = await reply_to(question, answers, clock(), outcome)
        await interaction.edit_original_response(view=layout(text))

    return ask
