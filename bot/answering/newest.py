"""What is newest of that which a search finds, and which articles tell one story.

Relevance decides what is about the words at all, the date what comes first; of top stories it is
the number of publishers.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from index.analysis.phrases import folded_words
from index.model import CopyPlace

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from index.model import Article, Hit, Query
    from index.searcher import Searcher

CONSIDERED_COUNT = 200


def newest_hits(searcher: Searcher, query: Query, limit: int) -> list[Hit]:
    """Return the newest of the passages found that hold all words of a query.

    Where none holds all of them, those that hold the most do. Ranks count from 1, the undated come
    last.
    """
    found = searcher.search(query, CONSIDERED_COUNT)
    wanted = set(searcher.terms(query.text))
    held = [len(wanted.intersection(_terms(hit, searcher))) for hit in found]
    most = max(held, default=0)
    fitting = [hit for hit, count in zip(found, held, strict=True) if count == most]
    fitting.sort(key=_newness, reverse=True)
    return [replace(hit, rank=rank) for rank, hit in enumerate(fitting[:limit], start=1)]


def stories(articles: Iterable[Article]) -> list[Article]:
    """Fold articles into stories, in the order of the first of each.

    Articles of one headline are one story: the first stands for it, and the others become places
    where it is also found.
    """
    found: dict[object, Article] = {}
    for article in articles:
        headline = tuple(folded_words(article.title))
        key: object = headline or article.id
        known = found.get(key)
        if known is None:
            found[key] = article
        elif known.id != article.id:
            place = CopyPlace(article.publisher, article.url)
            also_in = (*known.also_in, place, *article.also_in)
            found[key] = replace(known, also_in=tuple(dict.fromkeys(also_in)))
    return list(found.values())


def newest_stories(searcher: Searcher, query: Query, limit: int) -> list[Article]:
    """Return the stories that passages found for a query are of, the newest first."""
    hits: Sequence[Hit] = newest_hits(searcher, query, CONSIDERED_COUNT)
    articles = {hit.passage.article.id: hit.passage.article for hit in hits}
    return stories(articles.values())[:limit]


def top_stories(articles: Iterable[Article], told: frozenset[str], limit: int) -> list[Article]:
    """Return the stories that the most publishers tell, of articles given the newest first.

    None of which something was told: `told` are ids and addresses, of articles or of their copies.
    """
    found = [each for each in stories(articles) if not told.intersection(marks_of(each))]
    # as many publishers, and the newer one comes first
    found.sort(key=publisher_count, reverse=True)
    return found[:limit]


def publisher_count(story: Article) -> int:
    """Count the publishers that are known to tell a story."""
    names = {story.publisher, *(place.publisher for place in story.also_in)}
    return len({(name or "").strip().casefold() for name in names} - {""})


def marks_of(story: Article) -> frozenset[str]:
    """Return what a story is known by again: its id, and the addresses where it is told."""
    return frozenset(filter(None, (story.id, story.url, *(place.url for place in story.also_in))))


def _terms(hit: Hit, searcher: Searcher) -> set[str]:
    return {term for text in hit.passage.searched_texts for term in searcher.terms(text)}


def _newness(hit: Hit) -> tuple[bool, str, float]:
    published = hit.passage.article.published
    at = published.at.isoformat() if published else ""
    return published is not None, at, hit.score
