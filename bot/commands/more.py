"""What the buttons below an answer show: the paragraphs around, what comes next, other times.

Whoever presses one is shown it alone, so that what others read stays as it is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import discord

from bot.answering.model import Told
from bot.commands.askers import asker_of
from bot.commands.why import asked_again, words_digest
from bot.texts import RefusedError, saying
from bot.views.context import QuotedPlace, context_text
from bot.views.layout import layout

if TYPE_CHECKING:
    from datetime import datetime

    from bot.answering.model import Question
    from bot.commands.ports import StoredArticles
    from bot.commands.replying import Replying
    from bot.storage.questions import KeptQuestion, Questions, ShownQuote, TimeRange
    from bot.texts import Texts
    from bot.views.answer_buttons import Deed


async def show_context(
    interaction: discord.Interaction[Any],
    question_id: str,
    articles: StoredArticles,
    questions: Questions,
    now: datetime,
    texts: Texts,
) -> None:
    """Show what stands around the quotes of an answer. Raises RefusedError for a forgotten one."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    asked = await _known(question_id, questions, now)
    places = [await _place(each, articles) for each in asked.shown]
    await interaction.edit_original_response(view=layout(context_text(places, texts)))


async def show_other_time(
    interaction: discord.Interaction[Any],
    deed: Deed,
    question_id: str,
    replying: Replying,
    questions: Questions,
    now: datetime,
    texts: Texts,
) -> None:
    """Show what articles answer that are newer, or older, than all that were quoted.

    Raises RefusedError where none does, and for a forgotten answer.
    """
    await interaction.response.defer(ephemeral=True, thinking=True)
    asked = await _known(question_id, questions, now)
    question = newer(asked) if deed == "newer" else older(asked)
    asker = asker_of(interaction)
    reply = await replying.answer_of(question, texts, asker, _within(asked)) if question else None
    if reply is None:
        raise RefusedError(
            saying("Nothing newer in the news I have answers that.")
            if deed == "newer"
            else saying("Nothing older in the news I have answers that.")
        )
    await interaction.edit_original_response(view=layout(reply.text, reply.buttons))


async def show_next(
    interaction: discord.Interaction[Any],
    question_id: str,
    replying: Replying,
    questions: Questions,
    now: datetime,
    texts: Texts,
) -> None:
    """Show the quotes that come next after all that were shown.

    Raises RefusedError where there are none, and for a forgotten answer.
    """
    await interaction.response.defer(ephemeral=True, thinking=True)
    asked = await _known(question_id, questions, now)
    asker = asker_of(interaction)
    reply = await replying.answer_of(going_further(asked), texts, asker, asked.within)
    if reply is None:
        raise RefusedError(saying("That is all; nothing more in the news I have answers that."))
    await interaction.edit_original_response(view=layout(reply.text, reply.buttons))


def going_further(asked: KeptQuestion) -> Question:
    """Return the question for what comes after all that was shown."""
    shown = (Told(each.article_id, each.start, each.end) for each in asked.shown)
    question = asked_again(asked)
    return replace(question, told=(*question.told, *shown))


def newer(asked: KeptQuestion) -> Question | None:
    """Return the question for articles after all that were quoted; None where no time is left."""
    since, until = _within(asked)
    ends = [each.out_by for each in asked.shown if each.out_by is not None]
    if not ends:
        return None
    return _question(asked, (max([*ends, *([since] if since else [])]), until))


def older(asked: KeptQuestion) -> Question | None:
    """Return the question for articles before all that were quoted; None where no time is left."""
    since, until = _within(asked)
    starts = [each.out_at for each in asked.shown if each.out_at is not None]
    if not starts:
        return None
    return _question(asked, (since, min([*starts, *([until] if until else [])])))


def _within(asked: KeptQuestion) -> TimeRange:
    return asked.within or (asked.since, asked.until)


def _question(asked: KeptQuestion, time: TimeRange) -> Question | None:
    since, until = time
    if since is not None and until is not None and until <= since:
        return None
    return replace(asked_again(asked), since=since, until=until, told=())


async def _known(question_id: str, questions: Questions, now: datetime) -> KeptQuestion:
    asked = await questions.find(question_id, now)
    if asked is None or not asked.shown:
        raise RefusedError(saying("That answer is from too long ago; ask again to see more of it."))
    return asked


async def _place(quote: ShownQuote, articles: StoredArticles) -> QuotedPlace:
    facts = await articles.named(quote.article_id)
    if facts is None:
        return QuotedPlace("gone")
    if facts.withdrawn_at is not None:
        return QuotedPlace("withdrawn", facts.article)
    if words_digest(facts.article.text[quote.start : quote.end]) != quote.digest:
        return QuotedPlace("revised", facts.article)
    return QuotedPlace("there", facts.article, quote.start, quote.end)
