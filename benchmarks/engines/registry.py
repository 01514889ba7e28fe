"""The engines by name, and which of them can be had here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.engines.ours import Ours
from benchmarks.engines.peers.bm25s_numba import BM25SNumba
from benchmarks.engines.peers.definition import Definition
from benchmarks.engines.peers.lancedb_table import LanceDB
from benchmarks.engines.peers.rank_bm25_okapi import RankBM25
from benchmarks.engines.peers.sqlite_fts5 import FTS5
from benchmarks.engines.peers.tantivy_index import Tantivy
from benchmarks.engines.peers.xapian_database import Xapian

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from benchmarks.engines.protocol import Engine

OURS = Ours.name
NO_PEERS = frozenset({OURS, Definition.name})
_ALL: tuple[type[Engine], ...] = (
    Ours,
    BM25SNumba,
    Tantivy,
    LanceDB,
    Xapian,
    FTS5,
    RankBM25,
    Definition,
)
ENGINES: Mapping[str, type[Engine]] = {engine.name: engine for engine in _ALL}
FASTEST = (BM25SNumba.name, Tantivy.name)
DEFAULT = tuple(name for name in ENGINES if name not in NO_PEERS)


def available(names: Sequence[str], passage_count: int) -> list[str]:
    """Return the engines of these that are installed and up to it; print why others are not."""
    able = []
    for name in names:
        engine = ENGINES[name]
        if engine.version() is None:
            print(f"{name} is not installed: left out")
        elif engine.largest is not None and passage_count > engine.largest:
            print(f"{name} is asked for {engine.largest:,} passages at most: left out")
        else:
            able.append(name)
    return able
