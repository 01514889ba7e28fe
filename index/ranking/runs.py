"""Which passage stands where in a segment: positions, ids and times, by way of the runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from index.ranking.arrays import Array, Arrays


def runs_at(a: Arrays, positions: Array) -> Array:
    """Return the run of each position."""
    return a.run_starts.searchsorted(positions.astype(np.uint32), side="right") - 1


def ids_at(a: Arrays, positions: Array) -> Array:
    """Return the ids of the passages at positions (int64)."""
    runs = runs_at(a, positions)
    ids: Array = a.run_first_ids[runs] + (positions - a.run_starts[runs])
    return ids


def times_at(a: Arrays, positions: Array) -> Array:
    """Return when the passages at positions were published (int64, as `run_times`)."""
    times: Array = a.run_times[runs_at(a, positions)]
    return times


def positions_of(a: Arrays, ids: Array) -> Array:
    """Return where passages stand (int64), -1 for one that is not here."""
    wanted = np.asarray(ids, np.int64)
    if not len(a.lengths) or not len(wanted):
        return np.full(len(wanted), -1, np.int64)
    ordered = a.runs_by_id
    at = _last_at_most(a.run_first_ids, ordered, wanted)
    runs = ordered[np.maximum(at, 0)]
    within = wanted - a.run_first_ids[runs]
    sizes = a.run_starts[runs + 1].astype(np.int64) - a.run_starts[runs]
    found = a.run_starts[runs] + within
    return np.where((at >= 0) & (within < sizes), found, -1)


def _last_at_most(values: Array, order: Array, wanted: Array) -> Array:
    """Return the last place in `order` whose value is at most each wanted one; -1 for none.

    A binary search through the order, so that no sorted copy of the values is made.
    """
    low = np.zeros(len(wanted), np.int64)
    high = np.full(len(wanted), len(order), np.int64)
    while (low < high).any():
        middle = (low + high) >> 1
        below = values[order[np.minimum(middle, len(order) - 1)]] <= wanted
        going = low < high
        low = np.where(going & below, middle + 1, low)
        high = np.where(going & ~below, middle, high)
    return low - 1
