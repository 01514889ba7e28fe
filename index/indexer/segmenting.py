"""Stored articles to segments, some thousand passages at a time: analysis and building in one go.

Runs in workers, so that neither terms nor sorting ever weigh on the process that answers.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from index.analysis.analyzer import Analyzer
from index.engines.term_lists import origin_of, passage_terms
from index.indexer.working import Batch
from index.model import Passage
from index.ranking.building import SegmentBuilder
from index.ranking.segment import Segment

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from typing import TypeAlias

    from index.indexer.working import WorkerPool
    from index.ranking.building import Origin
    from index.storage.passage_store import StoredArticle

    Texts: TypeAlias = list[tuple[str, str, str]]
    Work: TypeAlias = list[tuple[Origin, Texts]]
    Bare: TypeAlias = tuple[dict[str, Any], dict[str, Any]]

# about 8,000 passages: a second of work, and 3 MB of segment
BATCH_CHARACTER_COUNT = 4_000_000


def build_segment(work: Work) -> Bare:
    """Return the arrays and the meta of a segment of some passages. Runs in a worker."""
    analyzer = _analyzer()
    builder = SegmentBuilder()
    for origin, texts in work:
        builder.add(origin, [passage_terms(each, analyzer) for each in texts])
    segment = builder.build()
    return segment.arrays.named(), segment.meta


@cache
def _analyzer() -> Analyzer:
    # one a process, since it remembers the words it has met
    return Analyzer()


async def segments_of(
    batches: AsyncIterator[list[StoredArticle]],
    workers: WorkerPool,
    character_count: int = BATCH_CHARACTER_COUNT,
) -> AsyncIterator[Segment]:
    """Yield segments of all passages, in the order of their ids, of about so much text each."""
    work = _work(batches, character_count)
    async for _, (arrays, meta) in workers.mapped(build_segment, work):
        yield Segment.of(arrays, meta)


async def _work(
    batches: AsyncIterator[list[StoredArticle]], character_count: int
) -> AsyncIterator[Batch[None, Work]]:
    work: Work = []
    size = 0
    async for articles in batches:
        for stored in articles:
            texts = _texts(stored)
            work.append((origin_of(stored.number, stored.article, stored.first_passage_id), texts))
            size += sum(len(text) for each in texts for text in each)
            if size >= character_count:
                yield Batch(None, work, size)
                work, size = [], 0
    if work:
        yield Batch(None, work, size)


def _texts(stored: StoredArticle) -> Texts:
    first = stored.first_passage_id
    passages = (Passage(first + n, stored.article, *span) for n, span in enumerate(stored.spans))
    return [passage.searched_texts for passage in passages]
