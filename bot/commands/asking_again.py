"""Questions without an answer, asked again as their buttons offer: as meant, or of any time.

Whoever presses one is answered alone, so that what others read stays as it is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import discord

from bot.commands.askers import asker_of
from bot.commands.why import asked_again
from bot.texts import RefusedError, saying
from bot.views.layout import layout

if TYPE_CHECKING:
    from datetime import datetime

    from bot.answering.model import Question
    from bot.commands.replying import Replying
    from bot.storage.questions import KeptQuestion, Questions
    from bot.texts import Texts


async def ask_as_meant(
    interaction: discord.Interaction[Any],
    question_id: str,
    replying: Replying,
    questions: Questions,
    now: datetime,
    texts: Texts,
) -> None:
    """Answer the question that was most likely meant. Raises RefusedError for a forgotten one."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    asked = await _known(question_id, questions, now)
    question = replace(asked_again(asked), text=asked.meant or asked.text)
    await _answer(interaction, question, replying, texts)


async def ask_of_any_time(
    interaction: discord.Interaction[Any],
    question_id: str,
    replying: Replying,
    questions: Questions,
    now: datetime,
    texts: Texts,
) -> None:
    """Answer from articles of any time. Raises RefusedError for a forgotten question."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    asked = await _known(question_id, questions, now)
    question = replace(asked_again(asked), since=None, until=None, is_of_any_time=True)
    await _answer(interaction, question, replying, texts)


async def _answer(
    interaction: discord.Interaction[Any], question: Question, replying: Replying, texts: Texts
) -> None:
    reply = await replying.anything_to(question, texts, asker_of(interaction))
    await interaction.edit_original_response(view=layout(reply.text, reply.buttons))


async def _known(question_id: str, questions: Questions, now: datetime) -> KeptQuestion:
    asked = await questions.find(question_id, now)
    if asked is None:
        raise RefusedError(saying("That answer is from too long ago; ask your question anew."))
    return asked
