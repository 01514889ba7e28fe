"""The button "Why this?": the question is answered once more, and that answer explained.

What was shown is not kept, only a digest that tells whether today's answer is the same.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import discord

from bot.answering.model import Question
from bot.storage.questions import KeptQuestion
from bot.views.layout import layout
from bot.views.why import why_text
from index.errors import InvalidQueryError

if TYPE_CHECKING:
    from datetime import datetime

    from bot.answering.model import Answer
    from bot.commands.ports import Answers
    from bot.storage.questions import Questions
    from index.model import Article


async def show_why(
    interaction: discord.Interaction[Any],
    question_id: str,
    answers: Answers,
    questions: Questions,
    now: datetime,
) -> None:
    """Show the presser alone why a question was answered as it was.

    Raises InvalidQueryError when the question is forgotten.
    """
    await interaction.response.defer(ephemeral=True, thinking=True)
    asked = await questions.find(question_id, now)
    if asked is None:
        raise InvalidQueryError("That question is from too long ago; ask it again to learn why.")
    answer = await answers.answer(
        Question(asked.text, asked.asked_at, asked.since, asked.until, asked.publishers)
    )
    text = why_text(answer, is_changed=digest(answer) != asked.said)
    await interaction.edit_original_response(view=layout(text))


def kept(answer: Answer) -> KeptQuestion:
    """Return what has to be kept of an answer to explain it later."""
    question = answer.question
    return KeptQuestion(
        question.text,
        question.asked_at,
        question.since,
        question.until,
        question.publishers,
        digest(answer),
    )


def digest(answer: Answer) -> str:
    """Return what is the same for two answers only if they say the same and are as sure."""
    quotes = [(_of(each.article), each.start, each.end, each.text) for each in answer.quotes]
    # without quotes, the passages nearest are what is shown
    passages = [] if quotes else [each.passage for each in answer.hits]
    hits = [(_of(each.article), each.start, each.end, each.text) for each in passages]
    told = [answer.answered, answer.outside, f"{answer.confidence:.2f}", quotes, hits]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _of(article: Article) -> tuple[str | None, ...]:
    return article.id, article.title, article.publisher, article.url
