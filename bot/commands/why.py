"""The button "Why this?": the question is answered once more, and that answer explained.

What was shown is not kept, only a digest that tells whether today's answer is the same.
"""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import discord

from bot.answering.model import Question, Told
from bot.commands.askers import reader_of
from bot.storage.questions import KeptQuestion, ShownQuote
from bot.texts import RefusedError, saying
from bot.views.layout import layout
from bot.views.why import why_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.answering.model import Answer, Quote
    from bot.commands.ports import Answers
    from bot.storage.questions import Questions, TimeRange
    from bot.texts import Texts
    from index.model import Article

_INSTANT = timedelta(microseconds=1)


async def show_why(
    interaction: discord.Interaction[Any],
    question_id: str,
    answers: Answers,
    questions: Questions,
    now: datetime,
    texts: Texts,
) -> None:
    """Show the presser alone why a question was answered as it was.

    Raises RefusedError when the question is forgotten.
    """
    await interaction.response.defer(ephemeral=True, thinking=True)
    asked = await questions.find(question_id, now)
    if asked is None:
        raise RefusedError(saying("That question is from too long ago; ask it again to learn why."))
    # where it is asked why, which may not be where it was answered
    answer = await answers.answer(asked_again(asked), reader_of(interaction))
    text = why_text(answer, texts, is_changed=digest(answer) != asked.said)
    await interaction.edit_original_response(view=layout(text))


def kept(
    answer: Answer, within: TimeRange | None = None, shown: Sequence[Quote] | None = None
) -> KeptQuestion:
    """Return what has to be kept of an answer to explain it later, and to show more of it.

    `within` is the time that was asked about, where the question is only about a part of it.
    `shown` are the quotes that there was room for, where those are not all.
    """
    question = answer.question
    return KeptQuestion(
        question.text,
        question.asked_at,
        question.since,
        question.until,
        question.publishers,
        digest(answer),
        tuple(map(_shown, answer.quotes if shown is None else shown)),
        within,
        question.told,
        question.is_of_any_time,
        answer.meant,
    )


def asked_again(asked: KeptQuestion) -> Question:
    """Return the question as it was answered."""
    return Question(
        asked.text,
        asked.asked_at,
        asked.since,
        asked.until,
        asked.publishers,
        told=tuple(Told(*each) for each in asked.told),
        is_of_any_time=asked.is_of_any_time,
    )


def words_digest(words: str) -> str:
    """Return what is the same only for the same words."""
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def _shown(quote: Quote) -> ShownQuote:
    published = quote.article.published
    out_at = out_by = None
    if published is not None:
        out_at = published.at
        # a day is over with its last instant, a minute is there to be counted
        out_by = published.until if published.is_day else published.at + _INSTANT
    words = words_digest(quote.text)
    return ShownQuote(quote.article.id, quote.start, quote.end, words, out_at, out_by)


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
