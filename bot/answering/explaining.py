"""Why an article is, or is not, in an answer: the numbers behind rank, quote and confidence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answering.answerer import HIT_COUNT, answer
from bot.answering.features import candidates
from bot.answering.quoting import FIRST, explain
from bot.answering.wanted import Wanted
from index.errors import PullquoteError
from index.model import Explanation, Hit

if TYPE_CHECKING:
    from bot.answering.model import Question
    from index.searcher import Searcher


def explain_article(question: Question, article_id: str, searcher: Searcher) -> Explanation:
    """Return the tree for one article. Raises PullquoteError for an id that is not indexed."""
    passages = searcher.passages_of(article_id)
    if not passages:
        raise PullquoteError(
            f"No article with the id {article_id!r} is indexed; "
            "`pullquote search WORDS --json` shows the ids."
        )
    reading = question.read(searcher)
    wanted = Wanted.of(reading.query.text, searcher)
    query = replace(reading.query, text=wanted.text)
    scored = [(searcher.explain(query, passage), passage) for passage in passages]
    best, passage = max(scored, key=lambda pair: pair[0].value)
    said = answer(question, searcher)
    best_score = max([best.value, *(hit.score for hit in said.hits[:1])])
    found = candidates([Hit(passage, best.value, rank=1)], best_score, wanted, searcher.analyzer)
    quotes = sorted((explain(c, FIRST) for c in found), key=lambda each: -each.value)
    rank = next((hit.rank for hit in said.hits if hit.passage.article.id == article_id), None)
    place = f"rank {rank}" if rank else f"not among the first {HIT_COUNT}"
    return Explanation(
        best.value,
        f"the best of {len(passages)} passages of {passage.article.title!r}: {place}",
        (best, *quotes[:1], said.explanation),
    )
