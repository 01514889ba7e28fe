"""Small corpora, and questions put to them: what the tests of the answerer's parts share."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.answering.asked import Asked
from bot.answering.evidence import gather
from bot.answering.found import find, taken_apart
from bot.answering.learned.files import shipped
from bot.answering.model import Question
from index import Article, Passage, PublicationTime, Searcher
from index.analysis.passages import split_passages

if TYPE_CHECKING:
    from bot.answering.evidence import Evidence
    from bot.answering.found import FoundPassage

NOW = datetime(2026, 4, 1, tzinfo=UTC)


def story(
    article_id: str,
    text: str,
    title: str = "",
    publisher: str | None = None,
    published: str | None = None,
) -> Article:
    """Return an article; `published` is a date."""
    at = PublicationTime.fromisoformat(published) if published else None
    return Article(article_id, title, text, publisher=publisher, published=at)


def over(*articles: Article) -> Searcher:
    """Search articles, split into passages as the index does it."""
    passages: list[Passage] = []
    for article in articles:
        for start, end in split_passages(article.text, title=article.title):
            passages.append(Passage(len(passages) + 1, article, start, end))
    return Searcher.over(passages)


def asked_of(searcher: Searcher, text: str, now: datetime = NOW) -> Asked:
    """Weigh a question."""
    return Asked.of(Question(text, asked_at=now).read(searcher), searcher)


def found_in(searcher: Searcher, text: str, now: datetime = NOW) -> list[FoundPassage]:
    """Find the passages for a question."""
    asked = asked_of(searcher, text, now)
    return taken_apart(find(asked.query, now, searcher), asked, searcher.analyzer)


def evidence_in(searcher: Searcher, text: str, now: datetime = NOW) -> Evidence:
    """Find, rank and read for a question, with the weights that come with Pullquote."""
    return gather(asked_of(searcher, text, now), now, searcher, shipped().passages)
