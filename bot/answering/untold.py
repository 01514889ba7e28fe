"""What could be quoted next: nothing that was told already, and nothing beside the question.

Knows what was told by where it stands; an article that was revised since may have it elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answering.quoting import is_copy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.answering.asked import Asked
    from bot.answering.candidates import Candidate
    from bot.answering.model import Told


def untold(found: Iterable[Candidate], told: Sequence[Told], asked: Asked) -> Iterator[Candidate]:
    """Yield the candidates with a word of the question that do not repeat what was told."""
    candidates = list(found)
    said = [
        sentence.distinct
        for each in candidates
        for sentence in each.sentences
        if any(_is_in(sentence.article.id, sentence.start, sentence.end, one) for one in told)
    ]
    for each in candidates:
        overlaps = any(_is_in(each.article.id, each.start, each.end, one) for one in told)
        repeats = any(
            is_copy(sentence.distinct, one) for sentence in each.sentences for one in said
        )
        if not overlaps and not repeats and asked.held(each.terms):
            yield each


def _is_in(article_id: str, start: int, end: int, told: Told) -> bool:
    return article_id == told.article_id and start < told.end and told.start < end
