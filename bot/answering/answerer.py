"""The read flow: a Question becomes an Answer. Knows no Discord, and generates no text."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from bot.answering.abstaining import THRESHOLD, confidence, suggestions
from bot.answering.asked import Asked
from bot.answering.candidates import candidates
from bot.answering.evidence import gather
from bot.answering.learned.files import shipped
from bot.answering.meant import meant
from bot.answering.model import Answer
from bot.answering.outside import said_outside, without_dates
from bot.answering.quoting import chances, choose, quote_of
from bot.answering.untold import untold
from index.model import Explanation, Hit

if TYPE_CHECKING:
    from bot.answering.evidence import Evidence
    from bot.answering.learned.files import Learned
    from bot.answering.model import Question
    from index.query.model import Reading
    from index.searcher import Searcher

HIT_COUNT = 10


class HasSearcher(Protocol):
    """News that can be searched."""

    @property
    def searcher(self) -> Searcher:
        """The newest searcher."""
        ...


class Searchers(Protocol):
    """Whoever has the newest news."""

    def seen_by(self, community: str | None) -> HasSearcher:
        """Return the newest news as a community may see it."""
        ...


class Answerer:
    """Answers from whatever news is newest, without holding up the event loop."""

    def __init__(self, news: Searchers):
        self._news = news

    async def answer(self, question: Question, community: str | None) -> Answer:
        """Answer, or abstain, from what a community may see; from everybody's news for None."""
        return await asyncio.to_thread(answer, question, self._news.seen_by(community).searcher)


def answer(question: Question, searcher: Searcher, learned: Learned | None = None) -> Answer:
    """Answer from one searcher: quotes, or an abstention with what comes nearest.

    Where something was told already, what comes next is an answer if there is any of it. Raises
    InvalidQueryError for a question that cannot be understood.
    """
    learned = learned or shipped()
    reading = question.read(searcher)
    said = _answer_of_its_phrases(question, reading, searcher, learned)
    if said.answered or question.told:
        return said
    if (of_any_time := without_dates(reading)) is not None:
        elsewhere = _answer_of_its_phrases(question, of_any_time, searcher, learned)
        said = said_outside(said, elsewhere)
    return said if said.outside else _with_what_was_meant(said, searcher, learned)


def _with_what_was_meant(said: Answer, searcher: Searcher, learned: Learned) -> Answer:
    """Return an abstention with the question in other words, where those are answered."""
    text = meant(said.question.text, said.reading, searcher)
    if text is None:
        return said
    question = replace(said.question, text=text)
    is_answered = _answer_of_its_phrases(
        question, question.read(searcher), searcher, learned
    ).answered
    return replace(said, meant=text) if is_answered else said


def _answer_of_its_phrases(
    question: Question, reading: Reading, searcher: Searcher, learned: Learned
) -> Answer:
    said = _answer(question, reading, searcher, learned)
    if said.answered or not reading.query.phrases:
        return said
    return _answer(question, reading.with_phrases_as_words(), searcher, learned)


def _answer(question: Question, reading: Reading, searcher: Searcher, learned: Learned) -> Answer:
    asked = Asked.of(reading, searcher)
    evidence = gather(asked, question.asked_at, searcher, learned.passages)
    likely = chances(learned.sentences, evidence)
    sure = confidence(evidence, likely, learned.confidence, searcher.passage_count)
    found = candidates(evidence.read, likely.tolist())
    chosen = choose(untold(found, question.told, asked) if question.told else found, asked)
    quotes = tuple(quote_of(each, evidence, learned) for each in chosen)
    answered = bool(quotes) and (bool(question.told) or sure.value >= THRESHOLD)
    verdict = "answered" if answered else "not answered"
    return Answer(
        question=question,
        reading=reading,
        answered=answered,
        quotes=quotes,
        confidence=sure.value,
        hits=_hits(evidence),
        explanation=Explanation(
            sure.value,
            f"{verdict}: confidence {sure.value:.2f}, at least {THRESHOLD:.2f} is needed",
            (sure, *(quote.explanation for quote in quotes)),
        ),
        suggestions=() if answered else suggestions(asked, searcher),
    )


def _hits(evidence: Evidence) -> tuple[Hit, ...]:
    return tuple(
        Hit(each.found.hit.passage, each.score, each.rank) for each in evidence.ranked[:HIT_COUNT]
    )
