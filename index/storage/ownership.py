"""Whose stored articles are, for whoever has followed the store to a point. Writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence
    from typing import TypeAlias

    from index.storage.passage_store import Point

    Array: TypeAlias = np.ndarray[tuple[int], np.dtype[Any]]


@dataclass(frozen=True, slots=True)
class Ownership:
    """Who alone may see which stored articles, as of one commit.

    `numbers` are the articles', int64, ascending; `owners`, int32, say whose each is, by the
    numbers from 1 that `communities` gives their names. `gone` are ids of passages that were
    removed since the point: whose they were is not known, and another may have their article's
    number by now. Where the point is not known any more, it is None, and `stored` has all ids that
    are there, int64, ascending.
    """

    numbers: Array
    owners: Array
    communities: Mapping[str, int]
    gone: Sequence[int] | None = ()
    stored: Array | None = None


NOTHING = Ownership(np.zeros(0, np.int64), np.zeros(0, np.int32), {})


def ownership_since(connection: sqlite3.Connection, point: Point) -> Ownership:
    """Return whose what is, and what is gone since a point. To be called in a transaction."""
    rows = connection.execute(
        "SELECT article_id, community FROM articles WHERE community IS NOT NULL ORDER BY article_id"
    ).fetchall()
    communities = {name: place for place, name in enumerate(sorted({row[1] for row in rows}), 1)}
    gone = _gone_since(connection, point)
    return Ownership(
        np.fromiter((row[0] for row in rows), np.int64, len(rows)),
        np.fromiter((communities[row[1]] for row in rows), np.int32, len(rows)),
        communities,
        gone,
        _stored(connection) if gone is None else None,
    )


def _gone_since(connection: sqlite3.Connection, point: Point) -> list[int] | None:
    tokens = connection.execute(
        "SELECT token FROM changes WHERE change_id = ?", (point.change_id,)
    ).fetchall()
    if tokens != [(point.token,)]:
        return None
    removed = connection.execute(
        "SELECT removed_passage_id FROM changes WHERE change_id > ? AND removed_passage_id <= ?",
        (point.change_id, point.passage_id),
    )
    return [row[0] for row in removed]


def _stored(connection: sqlite3.Connection) -> Array:
    rows = connection.execute("SELECT passage_id FROM passages ORDER BY passage_id")
    return np.fromiter((row[0] for row in rows), np.int64)
