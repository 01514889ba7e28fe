"""A little news, asked and judged: what the tests of runs and their files share."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.evaluation.asking import Run, ask_all
from bot.evaluation.judgments import Evidence, JudgedQuestion
from index import Article, Passage, Searcher

CLOSED = "The Lantern Bridge was closed on Tuesday because a bearing had cracked."
FERRY = "A ferry will run every twenty minutes from Thursday, the skipper said."
# two passages of equal score, and an id with white space in it
ARTICLES = (
    Article("bridge closes", "Lantern Bridge closes", CLOSED),
    Article("copy", "Lantern Bridge closes", CLOSED),
    Article("ferry", "Ferry to run", FERRY),
)
PASSAGES = [
    Passage(number, article, 0, len(article.text)) for number, article in enumerate(ARTICLES, 1)
]


def judged(name: str | int, text: str, kind: str, **evidence: str) -> JudgedQuestion:
    """Return a question with at most one evidence; without any, it is not answerable."""
    held = tuple(Evidence(article_id, words) for article_id, words in evidence.items())
    grades = dict.fromkeys(evidence, 1)
    return JudgedQuestion(
        name, text, evidence=held, answerable=bool(held), type=kind, grades=grades
    )


QUESTIONS = [
    judged("why", "Why was the Lantern Bridge closed?", "why", copy=CLOSED),
    judged(2, "How often will the ferry run?", "how many", ferry=FERRY),
    judged("is gone", "When will the walrus sing?", "when", walrus="It will sing at noon."),
    judged("no one", "Who won the 2022 World Cup?", "who"),
]


def asked() -> Run:
    """Ask all of it."""
    return ask_all(QUESTIONS, Searcher.over(PASSAGES), datetime(2026, 4, 1, tzinfo=UTC))
