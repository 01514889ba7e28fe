"""The best passages of a segment among those of others, in numba's code. Knows no postings."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from index.ranking.kernel.heap import compiled


class Runs(NamedTuple):
    """What the segment knows of its runs: see `arrays`."""

    starts: Any
    first_ids: Any
    times: Any


class Found(NamedTuple):
    """Passages, the best first."""

    scores: Any
    ids: Any
    times: Any


@compiled
def _run_at(starts, position):
    low, high = 0, len(starts)
    while high - low > 1:
        middle = (low + high) >> 1
        if np.int64(starts[middle]) <= position:
            low = middle
        else:
            high = middle
    return low


@compiled
def _is_first(score, passage_id, time, found, at):
    """Whether a passage stands before a found one: by score, the newer one, by id."""
    if score != found.scores[at]:
        return score > found.scores[at]
    if time != found.times[at]:
        return time > found.times[at]
    return passage_id < found.ids[at]


@compiled
def merged(best, count, runs, others, all_found):
    """Put the best of a segment, in order, and those of others together; return how many."""
    own = other = at = 0
    while at < len(all_found.scores) and (own < count or other < len(others.scores)):
        is_own = False
        if own < count:
            score, position = best.scores[own], best.positions[own]
            run = _run_at(runs.starts, position)
            time = runs.times[run]
            passage_id = runs.first_ids[run] + position - np.int64(runs.starts[run])
            is_own = other == len(others.scores) or _is_first(
                score, passage_id, time, others, other
            )
        if is_own:
            all_found.scores[at], all_found.ids[at] = score, passage_id
            all_found.times[at] = time
            own += 1
        else:
            all_found.scores[at], all_found.ids[at] = others.scores[other], others.ids[other]
            all_found.times[at] = others.times[other]
            other += 1
        at += 1
    return at
