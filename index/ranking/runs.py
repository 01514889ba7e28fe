"""Which passage stands where in a segment: positions, ids and times, by way of the runs."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from index.ranking.arrays import Array, Arrays

_NO_ID = 1 << 63


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
    wanted: list[int] = ids.tolist()
    found = [-1] * len(wanted)
    order, done = a.runs_by_id, 0
    while done < len(wanted):
        place = bisect_right(order, wanted[done], key=a.run_first_ids.__getitem__)
        # ids are mostly asked for in a row: all that lie between two runs' first ids
        least, most = -1, int(a.run_first_ids[order[place]]) if place < len(order) else _NO_ID
        start = end = 0
        if place > 0:
            run = int(order[place - 1])
            start, end = a.run_starts[run : run + 2].tolist()
            least = int(a.run_first_ids[run])
        done_before = done
        while done < len(wanted) and (done == done_before or least <= wanted[done] < most):
            position = start + wanted[done] - least
            if start <= position < end:
                found[done] = position
            done += 1
    return np.array(found, np.int64)
