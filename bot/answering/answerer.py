"""The read flow: a Question becomes an Answer. Knows no Discord, and generates no text."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from bot.answering.abstaining import THRESHOLD, confidence, suggestions
from bot.answering.model import Answer
from bot.answering.quoting import choose_quotes
from bot.answering.wanted import Wanted
from index.model import Explanation

if TYPE_CHECKING:
    from bot.answering.model import Question
    from index.query.model import Reading
    from index.searcher import Searcher

HIT_COUNT = 10


class Searchers(Protocol):
    """Whoever has the newest searcher."""

    @property
    def searcher(self) -> Searcher:
        """The newest searcher."""
        ...


class Answerer:
    """Answers from whatever news is newest, without holding up the event loop."""

    def __init__(self, news: Searchers):
        self._news = news

    async def answer(self, question: Question) -> Answer:
        """Answer, or abstain."""
        return await asyncio.to_thread(answer, question, self._news.searcher)


def answer(question: Question, searcher: Searcher) -> Answer:
    """Answer from one searcher: quotes, or an abstention with the nearest passages.

    Raises InvalidQueryError for a question that cannot be understood.
    """
    reading = question.read(searcher)
    said = _answer(question, reading, searcher)
    if said.answered or not reading.query.phrases:
        return said
    return _answer(question, reading.with_phrases_as_words(), searcher)


def _answer(question: Question, reading: Reading, searcher: Searcher) -> Answer:
    wanted = Wanted.of(reading.query.text, searcher)
    hits = searcher.search(replace(reading.query, text=wanted.text), HIT_COUNT)
    sure = confidence(hits, wanted, searcher)
    quotes = choose_quotes(hits, wanted, searcher.analyzer) if sure.value >= THRESHOLD else ()
    verdict = "answered" if quotes else "not answered"
    return Answer(
        question=question,
        reading=reading,
        quotes=quotes,
        confidence=sure.value,
        hits=tuple(hits),
        explanation=Explanation(
            sure.value,
            f"{verdict}: confidence {sure.value:.2f}, at least {THRESHOLD:.2f} is needed",
            (sure, *(quote.explanation for quote in quotes)),
        ),
        suggestions=() if quotes else suggestions(question, hits, wanted, searcher),
    )
