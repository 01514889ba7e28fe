"""Finds passages in the news. Has never heard of Discord.

The public face: whoever uses the index imports from here.
"""

from index.errors import (
    IndexingInProgressError,
    InvalidQueryError,
    NewerSchemaError,
    PullquoteError,
    StorageError,
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
    "NewerSchemaError",
    "NewsIndex",
    "Passage",
    "PublicationTime",
    "PullquoteError",
    "Query",
    "Searcher",
    "StorageError",
]
