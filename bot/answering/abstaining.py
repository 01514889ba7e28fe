"""Whether the news answers at all, and what to say where it does not.

What decides is coverage: the share of the question's idf mass that the best single passage holds,
its title and publisher included. A question whose telling words no passage holds together is not
answered by whatever holds the rest. How much coverage is enough depends on two things. The longer a
question, the less of it one passage can hold; the more passages there are, the more of it one of
them holds by chance. Both count by their logarithm. The figures were fitted (logistic regression)
on answerable and unanswerable questions about three corpora of 1,300 to 286,000 passages, and then
rounded a little towards answering.
"""

from __future__ import annotations

import math
from itertools import chain
from typing import TYPE_CHECKING

from index.model import Explanation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answering.model import Question
    from bot.answering.wanted import Wanted
    from index.model import Hit
    from index.searcher import Searcher

THRESHOLD = 0.5

_STEEPNESS = 10.0
_LEAST_NEEDED = 0.2
# a passage that holds every word of a question must be enough, whatever the corpus
_MOST_NEEDED = 0.85


def needed_coverage(term_count: int, passage_count: int) -> float:
    """Return the coverage, in [0, 1], at which confidence is one half."""
    needed = 0.58 - 0.25 * math.log(max(term_count, 1)) + 0.056 * math.log(max(passage_count, 1))
    return min(max(needed, _LEAST_NEEDED), _MOST_NEEDED)


def confidence(hits: Sequence[Hit], wanted: Wanted, searcher: Searcher) -> Explanation:
    """Return the confidence, in [0, 1], that the hits answer; its details are the terms.

    It is the logistic function of how far coverage is above, or below, what is needed.
    """
    best: set[str] = set()
    covered = 0.0
    for hit in hits:
        texts = hit.passage.searched_texts
        held = wanted.held(chain.from_iterable(map(searcher.terms, texts)))
        coverage = wanted.coverage(held)
        if coverage > covered:
            best, covered = held, coverage
    details = tuple(
        Explanation(weight, f'"{term}" is {"" if term in best else "not "}in the best passage')
        for term, weight in sorted(wanted.weights.items(), key=lambda pair: -pair[1])
    )
    needed = needed_coverage(len(wanted.weights), searcher.passage_count)
    sure = 1 / (1 + math.exp(-_STEEPNESS * (covered - needed))) if covered else 0.0
    return Explanation(
        sure,
        f"confidence: one passage holds {covered:.0%} of these weights, {needed:.0%} are needed",
        details,
    )


def suggestions(
    question: Question, hits: Sequence[Hit], wanted: Wanted, searcher: Searcher
) -> tuple[str, ...]:
    """Return whole sentences that say what to try next."""
    if not searcher.passage_count:
        return ("No news is indexed yet; `pullquote index` and `/reindex` read it in.",)
    if not wanted.weights:
        return ("Name a person, a place or a thing, so that I know what to look for.",)
    told = []
    if question.since or question.until or question.publishers:
        told.append("Try without the date or publisher you chose.")
    unheard = [term for term in wanted.weights if not searcher.document_frequency(term)]
    if len(unheard) == len(wanted.weights):
        told.append("None of these words is in the news I have; check their spelling.")
    elif hits:
        told.append("The passages below come nearest; they may not answer it.")
    return tuple(told)
