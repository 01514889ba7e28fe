"""Finds passages in the news. Has never heard of Discord.

The public face: whoever uses the index imports from here. Names are loaded when they are first
asked for (PEP 562), so that a worker process that only splits sentences loads neither the search
engine nor the store.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.engines.kernel_loading import KernelLoader
    from index.errors import (
        IndexingInProgressError,
        InvalidQueryError,
        NewerSchemaError,
        PullquoteError,
        StorageError,
        WriterBusyError,
    )
    from index.indexer.report import IndexProgress, IndexReport
    from index.model import (
        Article,
        CorpusStatistics,
        Explanation,
        Hit,
        IndexRun,
        Passage,
        PublicationTime,
        Query,
    )
    from index.news_index import NewsIndex
    from index.searcher import Searcher

__all__ = [
    "Article",
    "CorpusStatistics",
    "Explanation",
    "Hit",
    "IndexProgress",
    "IndexReport",
    "IndexRun",
    "IndexingInProgressError",
    "InvalidQueryError",
    "KernelLoader",
    "NewerSchemaError",
    "NewsIndex",
    "Passage",
    "PublicationTime",
    "PullquoteError",
    "Query",
    "Searcher",
    "StorageError",
    "WriterBusyError",
]

_MODULES = {
    "index.news_index": {"NewsIndex"},
    "index.searcher": {"Searcher"},
    "index.engines.kernel_loading": {"KernelLoader"},
    "index.indexer.report": {"IndexProgress", "IndexReport"},
    "index.errors": {name for name in __all__ if name.endswith("Error")},
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'index' has no attribute {name!r}")
    home = next((home for home, names in _MODULES.items() if name in names), "index.model")
    return getattr(import_module(home), name)
