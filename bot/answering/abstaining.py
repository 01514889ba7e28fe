"""Whether the news answers at all, and what to say where it does not.

Confidence is the share of the question's idf mass that the best single passage covers, its
title and publisher included: a question whose telling words no passage holds together is not
answered by whatever holds the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.model import Explanation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answering.model import Question
    from bot.answering.wanted import Wanted
    from index.model import Hit
    from index.searcher import Searcher

THRESHOLD = 0.6


def confidence(hits: Sequence[Hit], wanted: Wanted, searcher: Searcher) -> Explanation:
    """Return the confidence, in [0, 1], that the hits answer; its details are the terms."""
    best: frozenset[str] = frozenset()
    covered = 0.0
    for hit in hits:
        article = hit.passage.article
        fields = (article.title, article.publisher or "", hit.passage.text)
        held = frozenset(term for text in fields for term in searcher.terms(text))
        if wanted.coverage(held) > covered:
            best, covered = held, wanted.coverage(held)
    details = tuple(
        Explanation(weight, f'"{term}" is {"" if term in best else "not "}in the best passage')
        for term, weight in sorted(wanted.weights.items(), key=lambda pair: -pair[1])
    )
    return Explanation(
        min(covered, 1.0), "confidence: the share of these weights that one passage holds", details
    )


def suggestions(
    question: Question, hits: Sequence[Hit], wanted: Wanted, searcher: Searcher
) -> tuple[str, ...]:
    """Return whole sentences that say what to try next."""
    if not searcher.passage_count:
        return ("No news is indexed yet; an admin can add some.",)
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
