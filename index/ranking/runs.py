"""Which passage stands where in a segment: positions, ids and times, by way of the runs."""

from __future__ import annotations

from bisect import bisect_right
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
    found = np.full(len(wanted), -1, np.int64)
    order = a.runs_by_id
    done = 0
    while done < len(wanted):
        # all that one run holds of what follows, since ids are mostly asked for in a row
        place = bisect_right(order, wanted[done], key=a.run_first_ids.__getitem__) - 1
        done_before = done
        if place >= 0:
            run = int(order[place])
            start, end = a.run_starts[run : run + 2].tolist()
            first_id = int(a.run_first_ids[run])
            while done < len(wanted) and 0 <= wanted[done] - first_id < end - start:
                found[done] = start + wanted[done] - first_id
                done += 1
        done = max(done, done_before + 1)
    return found
