"""Follow-ups: a question that goes on from an answer, by the button "Follow up" or as a reply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord

from bot.commands.askers import asker_of
from bot.texts import RefusedError, saying
from bot.views.answer_buttons import question_id_of
from bot.views.follow_up_form import follow_up_form
from bot.views.layout import layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from bot.commands.outcomes import Outcome
    from bot.commands.replying import Replying
    from bot.commands.speaking import Speaking
    from bot.storage.questions import Questions
    from bot.texts import Texts


async def open_form(
    interaction: discord.Interaction[Any],
    question_id: str,
    questions: Questions,
    now: datetime,
    texts: Texts,
) -> None:
    """Let the presser write a follow-up. Raises RefusedError for a forgotten question."""
    asked = await questions.find(question_id, now)
    if asked is None:
        raise RefusedError(saying("That answer is from too long ago; ask your question anew."))
    await interaction.response.send_modal(follow_up_form(question_id, asked.text, texts))


async def answer_form(
    interaction: discord.Interaction[Any],
    question_id: str,
    text: str,
    replying: Replying,
    speaking: Speaking,
    outcome: Outcome,
) -> None:
    """Answer what was written, to all who see the answer it goes on from.

    Raises RefusedError and InvalidQueryError.
    """
    message = interaction.message
    private = message is not None and message.flags.ephemeral
    await interaction.response.defer(ephemeral=private, thinking=True)
    texts = await speaking.to(interaction, private=private)
    reply = await replying.reply_to(text, texts, asker_of(interaction), outcome, after=question_id)
    await interaction.edit_original_response(view=layout(reply.text, reply.buttons))


def followed_question(message: discord.Message, my_id: int) -> str | None:
    """Return the id of the question whose answer of mine a message replies to."""
    replied = message.reference.resolved if message.reference else None
    if not isinstance(replied, discord.Message) or replied.author.id != my_id:
        return None
    found = (question_id_of(custom_id) for custom_id in _custom_ids(replied.components))
    return next((each for each in found if each), None)


def _custom_ids(components: Iterable[Any]) -> Iterator[str]:
    for each in components:
        if custom_id := getattr(each, "custom_id", None):
            yield custom_id
        yield from _custom_ids(getattr(each, "children", ()))
