"""Why an article is, or is not, in an answer: the numbers behind rank, quote and confidence."""

from __future__ import annotations

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
    from bot.answering.model import Question
    from index.searcher import Searcher


def explain_article(question: Question, article_id: str, searcher: Searcher) -> Explanation:
    """Return the tree for one article: its best passage, its best sentence, the confidence.

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
    scores = {each.id: searcher.explain(asked.query, each) for each in passages}
    ranked = next((e for e in evidence.ranked if e.found.hit.passage.id in scores), None)
    passage_id = (
        ranked.found.hit.passage.id if ranked else max(scores, key=lambda each: scores[each].value)
    )
    parts = [scores[passage_id]]
    place = "not among the passages that are looked at"
    if ranked:
        place = f"rank {ranked.rank} of {len(evidence.ranked)} passages looked at"
        parts.append(explain(ranked, learned.passages))
        likely = chances(learned.sentences, evidence)
        rows = [
            row
            for row, sentence in enumerate(evidence.sentences)
            if sentence.article.id == article_id
        ]
        if rows:
            best = max(rows, key=lambda row: float(likely[row]))
            parts.append(explain_sentence(evidence, best, learned.sentences))
        elif ranked.rank > READ_COUNT:
            place += f"; the first {READ_COUNT} are read for quotes"
    title = passages[0].article.title
    return Explanation(
        scores[passage_id].value,
        f"the best of {len(passages)} passages of {title!r}: {place}",
        (*parts, answer(question, searcher).explanation),
    )
