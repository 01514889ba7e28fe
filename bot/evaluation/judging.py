"""What one reply is worth, measure by measure: a Reply beside its JudgedQuestion.

A value is NaN where a measure has nothing to say of a question, such as quotes for one without
evidence; such a question then has no part in the mean.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from bot.evaluation.matching import holds, says
from bot.evaluation.naming import document_name
from bot.evaluation.ranking import hit, ndcg, reciprocal_rank

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.evaluation.judgments import JudgedQuestion
    from bot.evaluation.replies import Excerpt, Reply

# a longer quote answers nothing, it shows the article
LONGEST_QUOTE = 400
CUTOFF = 10
_QUOTES_SHOWN = 3

Span = tuple[str, int, int]


def judge(question: JudgedQuestion, reply: Reply, relevant: Sequence[Span]) -> dict[str, float]:
    """Return the value of every measure; `relevant` are all passages of the corpus that answer."""
    return {
        **_of_passages(question, reply, relevant),
        **_of_articles(question, reply),
        **_of_quotes(question, reply),
        **_of_answering(question, reply),
    }


def _of_passages(
    question: JudgedQuestion, reply: Reply, relevant: Sequence[Span]
) -> dict[str, float]:
    is_judged = bool(question.evidence) and not reply.only_ranks
    gains = [int(answers(each, question)) for each in reply.hits[:CUTOFF]] if is_judged else []
    # a run of other passages than those of the corpus may have found more of them
    ideal = [1] * max(len(relevant), sum(gains))
    return _ranked("passage", gains, ideal, is_judged=is_judged)


def _of_articles(question: JudgedQuestion, reply: Reply) -> dict[str, float]:
    grades = {document_name(name): grade for name, grade in question.grades.items()}
    gains = [grades.get(document_name(name), 0) for name in reply.article_ids[:CUTOFF]]
    is_judged = any(grade > 0 for grade in grades.values())
    return _ranked("article", gains, list(grades.values()), is_judged=is_judged)


def _ranked(
    what: str, gains: Sequence[int], ideal: Sequence[int], *, is_judged: bool
) -> dict[str, float]:
    values = {f"{what}_hits@{k}": hit(gains, k) for k in (1, 4, CUTOFF)}
    values[f"{what}_mrr@{CUTOFF}"] = reciprocal_rank(gains, CUTOFF)
    values[f"{what}_ndcg@{CUTOFF}"] = ndcg(gains, ideal, CUTOFF)
    return values if is_judged else dict.fromkeys(values, math.nan)


def answers(passage: Excerpt, question: JudgedQuestion) -> bool:
    """Whether a passage is of an evidence's article, and holds that evidence."""
    return passage.text is not None and any(
        each.article_id == passage.article_id and holds(passage.text, each.text)
        for each in question.evidence
    )


def is_right(quote: Excerpt, question: JudgedQuestion) -> bool:
    """Whether a quote says an answer, or holds evidence."""
    text = quote.text or ""
    return says(text, question.answers) or any(holds(text, e.text) for e in question.evidence)


def _of_quotes(question: JudgedQuestion, reply: Reply) -> dict[str, float]:
    if not question.evidence or reply.only_ranks:
        return dict.fromkeys(("quote@1", "quote@3", "characters_shown"), math.nan)
    short = [quote for quote in reply.quotes if len(quote.text or "") <= LONGEST_QUOTE]
    right = [is_right(quote, question) for quote in short[:_QUOTES_SHOWN]]
    shown = sum(len(quote.text or "") for quote in reply.quotes[:_QUOTES_SHOWN])
    return {
        "quote@1": float(any(right[:1])),
        "quote@3": float(any(right)),
        "characters_shown": shown if reply.quotes else math.nan,
    }


def _of_answering(question: JudgedQuestion, reply: Reply) -> dict[str, float]:
    is_judged = question.answerable is not None and not reply.only_ranks
    answered = float(reply.answered)
    return {
        "answered_if_answerable": answered if is_judged and question.answerable else math.nan,
        "silent_if_not": 1 - answered if is_judged and not question.answerable else math.nan,
    }
