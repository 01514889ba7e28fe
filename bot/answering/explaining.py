"""Why an article is, or is not, in an answer: the numbers behind rank, quote and confidence."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from bot.answering.answerer import answer
from bot.answering.asked import Asked
from bot.answering.evidence import READ_COUNT, gather
from bot.answering.learned.files import shipped
from bot.answering.quoting import chances, explain_sentence
from bot.answering.ranking import explain
from index.errors import PullquoteError
from index.model import Explanation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answering.evidence import Evidence
    from bot.answering.learned.files import Learned
    from bot.answering.model import Answer, Question
    from bot.answering.ranking import RankedPassage
    from index.model import Passage
    from index.searcher import Searcher


def explain_article(question: Question, article_id: str, searcher: Searcher) -> Explanation:
    """Return the tree for one article, a sentence that sums it up on top.

    Below are its best passage's BM25 score and rank, its best sentence, and the confidence.

    Raises PullquoteError for an id that is not indexed, and InvalidQueryError for a question that
    cannot be understood.
    """
    passages = searcher.passages_of(article_id)
    if not passages:
        raise PullquoteError(
            f"No article with the id {article_id!r} is indexed; "
            "`pullquote search WORDS --json` shows the ids."
        )
    learned = shipped()
    asked = Asked.of(question.read(searcher), searcher)
    evidence = gather(asked, question.asked_at, searcher, learned.passages)
    best, ranked = _best_passage(passages, evidence, asked, searcher)
    parts = [best]
    place = "not among the passages looked at"
    if ranked:
        place = f"rank {ranked.rank} of {len(evidence.ranked)} passages looked at"
        parts.append(explain(ranked, len(evidence.ranked), learned.passages))
        sentence = _best_sentence(article_id, evidence, learned)
        if sentence:
            parts.append(sentence)
            place += f"; its best sentence answers with a chance of {_chance(sentence):.0f} %"
        else:
            place += f"; only the first {READ_COUNT} are read for quotes"
    said = answer(question, searcher)
    return Explanation(
        best.value,
        f"{passages[0].article.title!r}: {place}; confidence {said.confidence:.2f}: "
        f"{_verdict(said, article_id)}.",
        (*parts, said.explanation.details[0]),
    )


def _best_passage(
    passages: Sequence[Passage], evidence: Evidence, asked: Asked, searcher: Searcher
) -> tuple[Explanation, RankedPassage | None]:
    """Return the article's passage with the best rank, or by BM25 where none has one."""
    scores = {each.id: searcher.explain(asked.query, each) for each in passages}
    ranked = next((e for e in evidence.ranked if e.found.hit.passage.id in scores), None)
    if ranked:
        return scores[ranked.found.hit.passage.id], ranked
    return max(scores.values(), key=lambda each: each.value), None


def _best_sentence(article_id: str, evidence: Evidence, learned: Learned) -> Explanation | None:
    likely = chances(learned.sentences, evidence).tolist()
    rows = [row for row, each in enumerate(evidence.sentences) if each.article.id == article_id]
    if not rows:
        return None
    best = max(rows, key=likely.__getitem__)
    return explain_sentence(evidence, best, learned.sentences)


def _chance(log_odds: Explanation) -> float:
    return 100 / (1 + math.exp(-log_odds.value))


def _verdict(said: Answer, article_id: str) -> str:
    verdict = "answered" if said.answered else "not answered"
    quoted = any(quote.article.id == article_id for quote in said.quotes)
    if said.answered:
        return f"{verdict}, {'and' if quoted else 'but not'} with its words"
    return f"{verdict}, but its words are shown as what comes nearest" if quoted else verdict
