"""What the store makes of articles and their copies: real tables, in a temporary place."""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from index.analysis.fingerprints import fingerprint
from index.storage.article_store import ArticleStore
from index.storage.article_writing import ArticleWriter
from index.storage.copies import Copies
from index.storage.incoming_story import IncomingStory
from index.storage.story_store import StoryStore

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from benchmarks.duplicates.editing import Way
    from index.model import Article

    Pair = tuple[str, str]

_NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


@dataclass
class Outcome:
    """What was found: pairs among the articles, copies by what was done to them, and the time.

    `misplaced` are copies joined to another story than their own.
    """

    pairs: list[Pair] = field(default_factory=list)
    found: dict[Way, int] = field(default_factory=dict)
    misplaced: list[Pair] = field(default_factory=list)
    fingerprint_ms: float = 0.0
    look_up_ms: float = 0.0
    new_look_up_ms: float = 0.0


async def measure(articles: Sequence[Article], copies: Mapping[Way, Sequence[Article]]) -> Outcome:
    """Store articles, then copies of each, in the same order; compare where they have gone.

    All copies are shorter than 1.25 times their article, so that none takes its place.
    """
    outcome = Outcome()
    with tempfile.TemporaryDirectory() as directory:
        store = await ArticleStore.open(Path(directory))
        try:
            await _store(store, articles)
            stories = await _stories(store)
            groups = [stories[each.id] for each in articles]
            outcome.pairs = [
                (one.id, other.id)
                for (one, first), (other, second) in combinations(
                    zip(articles, groups, strict=True), 2
                )
                if first == second
            ]
            outcome.fingerprint_ms, outcome.look_up_ms = await _timed(
                store, [each for some in copies.values() for each in some]
            )
            _, outcome.new_look_up_ms = await _timed(store, articles)
            for way, some in copies.items():
                await _store(store, some)
                now = await _stories(store)
                places = [
                    (now[each.id], now[original.id])
                    for each, original in zip(some, articles, strict=True)
                ]
                outcome.found[way] = sum(one == other for one, other in places)
                outcome.misplaced += [
                    (each.id, str(place))
                    for each, (place, home) in zip(some, places, strict=True)
                    if place != home and any(place == group for group in groups)
                ]
        finally:
            await store.close()
    return outcome


async def _store(store: ArticleStore, articles: Sequence[Article]) -> None:
    # without passages: they are no part of what is measured
    incoming = [
        IncomingStory(each, (), (f"url:{each.id}",), fingerprint(each.text)) for each in articles
    ]
    await StoryStore(store.database).store(incoming, None, _NOW)


async def _stories(store: ArticleStore) -> dict[str, int]:
    """Return the number of the quoted article that stands for each."""
    async with store.database.snapshot() as connection:
        rows = await connection.execute_fetchall(
            "SELECT id, coalesce(copy_of, article_id) FROM articles"
        )
    return {row[0]: row[1] for row in rows}


async def _timed(store: ArticleStore, articles: Sequence[Article]) -> tuple[float, float]:
    """Return milliseconds an article for its fingerprint, and to look it up among those stored.

    One that is stored itself is looked up as if it were not.
    """
    stored = await _stories(store)
    began = time.perf_counter()
    fingerprints = [fingerprint(each.text) for each in articles]
    printed = time.perf_counter()
    async with store.database.transaction() as connection:
        copies = Copies(connection, ArticleWriter(connection))
        for article, shingles in zip(articles, fingerprints, strict=True):
            await copies.original_of(article.text, shingles, without=stored.get(article.id))
    looked_up = time.perf_counter()
    of_each = 1000 / len(articles)
    return (printed - began) * of_each, (looked_up - printed) * of_each
