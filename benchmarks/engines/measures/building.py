"""Building from lists of terms, on one core: time, memory, and what is on disk afterwards."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from benchmarks.engines.corpus import Feed
from benchmarks.engines.machine import (
    children_peak,
    forget_peak,
    processor_seconds,
    resident,
    resident_peak,
    size_of,
)
from benchmarks.engines.protocol import Persistent
from benchmarks.engines.registry import ENGINES

if TYPE_CHECKING:
    from benchmarks.engines.corpus import Corpus
    from benchmarks.engines.workspace import Workspace


def measure(name: str, workspace: Workspace) -> dict[str, float]:
    """Build an engine where the other measures look for it."""
    corpus = workspace.corpus
    _read(corpus)
    feed = Feed(corpus)
    directory = workspace.built(name)
    directory.mkdir(parents=True)
    held = resident()
    forget_peak()
    began, used = time.perf_counter(), processor_seconds()
    ENGINES[name]().build(feed, directory)
    seconds = time.perf_counter() - began - feed.seconds
    used = processor_seconds() - used - feed.seconds
    peak = resident_peak()
    figures = {"build s": seconds, "build processor s": used, "feed s": feed.seconds}
    if held is not None and peak is not None:
        # whoever leaves a part of the work to another process does so after its own
        peak = max(peak - held, children_peak())
        figures |= {"build peak MB": peak, "corpus MB": held}
    if issubclass(ENGINES[name], Persistent):
        size = size_of(directory)
        postings = int(workspace.document_frequencies.sum())
        figures |= {"disk MB": size / 1e6, "disk bytes a posting": size / postings}
    return figures


def _read(corpus: Corpus) -> None:
    """Bring the whole corpus into memory, so that its pages are not taken for the engine's."""
    for array in (corpus.offsets, corpus.term_ids, corpus.article_of, corpus.day_of):
        array.max()
