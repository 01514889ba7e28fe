"""Pullquote's own index, from lists of terms: what it does itself, less SQLite and the analysis.

It is built as an index run builds it: segments, committed, then merged. They are larger than those
of an index run, which has several workers, each with the texts of a segment in memory.
Changes are held as segments in memory, and are durable once they are committed.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import cached_property
from itertools import islice, pairwise
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from benchmarks.engines.peers.versions import installed_version
from index.engines.kernel_loading import KernelLoader
from index.indexer.committing import Committer
from index.indexer.following import Followed
from index.indexer.named_parts import NamedPart, tidied
from index.ranking.admission import DAY, Admission
from index.ranking.building import Origin, SegmentBuilder
from index.ranking.collection import Collection
from index.ranking.part import Part
from index.ranking.segment import Segment
from index.storage.segments.directory import SegmentDirectory
from index.storage.segments.segment_file import open_segment_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from benchmarks.engines.corpus import Feed
    from benchmarks.engines.protocol import NewArticle

_PASSAGES_A_SEGMENT = 65_536


class Ours:
    """BM25+ over segments; passages have their numbers for ids."""

    name: ClassVar[str] = "ours"
    largest: ClassVar[int | None] = None
    model: ClassVar[str] = "BM25Plus"
    is_exact: ClassVar[bool] = True

    @classmethod
    def version(cls) -> str | None:
        """Return Pullquote's version."""
        return installed_version("pullquote")

    def build(self, feed: Feed, directory: Path) -> None:
        """Commit segments, and merge them."""
        asyncio.run(_written(feed, SegmentDirectory(directory)))

    def open(self, directory: Path) -> None:
        """Map and check the segments; NumPy answers at first."""
        self._directory = SegmentDirectory(directory)
        manifest = self._directory.read()
        assert manifest is not None, f"nothing was built in {directory}"
        parts = []
        for entry in manifest.segments:
            file = open_segment_file(self._directory.path_of(entry.name))
            file.verify()
            part = Part(Segment.of(file.arrays, file.meta), entry.dead)
            parts.append(NamedPart(entry.name, part))
        self._follow(Followed(tuple(parts), generation=manifest.generation))

    def warm(self) -> None:
        """Wait until the kernel answers, and not NumPy."""
        assert self._kernel.load(), "the search kernel cannot be compiled"

    def search(self, terms: Sequence[str], k: int) -> Sequence[tuple[int, float]]:
        """Search all segments."""
        return self._collection.search(terms, k)

    def search_between(
        self, terms: Sequence[str], k: int, first_day: int, last_day: int
    ) -> Sequence[tuple[int, float]]:
        """Search the slices of these days."""
        admission = Admission(since=first_day * DAY, until=(last_day + 1) * DAY)
        return self._collection.search(terms, k, admission)

    def add(self, article: NewArticle, *, durable: bool) -> None:
        """Hold a segment in memory, or commit it."""
        builder = SegmentBuilder()
        origin = _origin(article.number, article.first_passage, article.day, article.publisher)
        builder.add(origin, article.passages)
        fresh = NamedPart(None, Part(builder.build()))
        self._change([*self._state.parts, fresh], durable=durable)

    def delete(self, article: NewArticle, *, durable: bool) -> None:
        """Leave passages out."""
        gone = np.array(article.passage_numbers)
        parts = [NamedPart(each.name, each.part.without(gone)) for each in self._state.parts]
        self._change(parts, durable=durable)

    def settle(self) -> None:
        """Merge segments on disk that are alike."""
        committer = Committer(self._directory)
        saved = Followed(
            tuple(each for each in self._state.parts if each.name),
            self._state.point,
            self._state.signature,
            self._state.generation,
        )
        if committer.is_worthwhile(saved):
            merged = asyncio.run(committer.merged(saved))
            unsaved = [each for each in self._state.parts if not each.name]
            self._follow(replace(merged, parts=(*merged.parts, *unsaved)))

    def _change(self, parts: Iterable[NamedPart], *, durable: bool) -> None:
        before = self._state
        state = Followed(tidied(list(parts)), before.point, before.signature, before.generation)
        if durable:
            state = asyncio.run(Committer(self._directory).committed(state))
        self._follow(state)

    def _follow(self, state: Followed) -> None:
        self._state = state
        parts = (each.part for each in state.parts)
        self._collection = Collection(parts, kernel=self._kernel.current)

    @cached_property
    def _kernel(self) -> KernelLoader:
        return KernelLoader()


async def _written(feed: Feed, directory: SegmentDirectory) -> None:
    directory.create()
    committer = Committer(directory)
    state = Followed(tuple(NamedPart(None, Part(segment)) for segment in _segments(feed)))
    state = await committer.committed(state)
    await committer.merged(state)


def _segments(feed: Feed) -> Iterator[Segment]:
    """Build segments of whole articles."""
    corpus, lists = feed.corpus, feed.term_lists()
    starts = np.searchsorted(corpus.article_of, np.arange(corpus.article_count + 1)).tolist()
    described = zip(
        pairwise(starts), corpus.day_of.tolist(), corpus.publisher_of.tolist(), strict=True
    )
    builder = SegmentBuilder()
    for number, ((first, end), day, publisher) in enumerate(described):
        passages = list(islice(lists, end - first))
        builder.add(_origin(number, first, day, publisher), passages)
        if builder.passage_count >= _PASSAGES_A_SEGMENT:
            yield builder.build()
            builder = SegmentBuilder()
    if builder.passage_count:
        yield builder.build()


def _origin(number: int, first_passage: int, day: int, publisher: int) -> Origin:
    return Origin(number, first_passage, day * DAY, is_day=True, publisher=f"publisher {publisher}")
