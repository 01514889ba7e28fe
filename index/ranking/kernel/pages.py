"""The best passages of a page whose postings are added up, in numba's code.

Only what can reach the bar, the least score that is still good enough, is scored; the bar rises
meanwhile.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from index.ranking.kernel.bounds import (
    BLOCK,
    STRIP,
    block_reaches,
    demand_of,
    first_offset,
    greatest,
    reaches,
    strip_reaches,
)
from index.ranking.kernel.heap import compiled, is_better, push
from index.ranking.kernel.postings import PAGE
from index.ranking.kernel.scores import AT_ONCE, score

# that more blocks than passages are wanted stand for the page when the bar is first set
SEEDS = 6


class Query(NamedTuple):
    """What is the same for all pages; `line` is how sums belong to scores, `best` a heap."""

    terms: Any
    segment: Any
    groups: Any
    line: Any
    range: Any
    work: Any
    best: Any


class Range(NamedTuple):
    """What may be found: positions that are not `removed` and, where there are marks, marked."""

    begin: Any
    end: Any
    removed: Any
    admitted: Any


class Work(NamedTuple):
    """Arrays to work with: sums of a page, the greatest of each block, offsets, scores, a heap."""

    sums: Any
    greatest: Any
    chosen: Any
    exact: Any
    seeds: Any
    scoring: Any


class Page(NamedTuple):
    """A page: its number, its blocks, how many groups were noted, units in a score of 1.

    Of a sparse one the greatest sum of each block is known, and most are 0.
    """

    number: Any
    first_block: Any
    end_block: Any
    noted: Any
    scale: Any
    is_sparse: Any


@compiled
def leave_out(page, query):
    """Clear the sums of passages that may not be found."""
    sums, base = query.work.sums, page.number * PAGE
    low, high = max(query.range.begin - base, 0), min(query.range.end - base, PAGE)
    # others can have been added to where they share a block with one that may be found
    sums[page.first_block * BLOCK : low] = 0
    sums[high : page.end_block * BLOCK] = 0
    removed, admitted = query.range.removed, query.range.admitted
    if len(removed):
        at = np.searchsorted(removed, np.uint32(base + low))
        while at < len(removed) and removed[at] < base + high:
            sums[removed[at] - base] = 0
            at += 1
    if len(admitted):
        for offset in range(low, high):
            sums[offset] *= admitted[base + offset]


@compiled
def _gathered(start, demand, page, query, waiting):
    """Note the passages of a block that may reach the bar; return how many now wait."""
    begin = page.number * PAGE + start
    sums = query.work.sums[start : start + BLOCK]
    lengths = query.segment.lengths[begin : begin + BLOCK]
    is_whole = len(lengths) == BLOCK
    if is_whole and not block_reaches(sums, lengths, demand):
        return waiting
    for first in range(0, len(lengths), STRIP):
        strip = slice(first, first + STRIP)
        if is_whole and not strip_reaches(sums[strip], lengths[strip], demand):
            continue
        for at in range(first, min(first + STRIP, len(lengths))):
            if sums[at] > 0 and reaches(sums[at], lengths[at], demand):
                query.work.chosen[waiting] = start + at
                waiting += 1
    return waiting


@compiled
def _still_wanted(chosen, bar, page, query):
    """Move those that may still reach the bar to the front; return how many."""
    demand = demand_of(bar, page.scale, query.line)
    count = 0
    for offset in chosen:
        length = query.segment.lengths[page.number * PAGE + offset]
        if reaches(query.work.sums[offset], length, demand):
            chosen[count] = offset
            count += 1
    return count


@compiled
def _scored(waiting, bar, found, page, query):
    """Score those that wait and may still reach the bar; return how many are best, and the bar."""
    work, best = query.work, query.best
    wanted = len(best.scores)
    for first in range(0, waiting, AT_ONCE):
        some = work.chosen[first : min(first + AT_ONCE, waiting)]
        some = some[: _still_wanted(some, bar, page, query)]
        score(some, page, query, work.exact)
        for at in range(len(some)):
            exact, position = work.exact[at], page.number * PAGE + some[at]
            if exact >= bar and (found < wanted or is_better(best, exact, position)):
                found = push(best, found, exact, position)
                if found == wanted:
                    bar = max(bar, best.scores[0])
    return found, bar


@compiled
def seed(found, page, query):
    """Score some passages that can be expected among the best, so that there is a bar.

    The passage with the greatest sum of each block stands for it; of those, the ones with the
    greatest sums are taken, and their sums cleared.
    """
    work, seeds = query.work, query.work.seeds
    count = 0
    for block in range(page.first_block, page.end_block):
        most = greatest(work.sums[block * BLOCK : (block + 1) * BLOCK])
        if most > 0 and (count < len(seeds.scores) or most > seeds.scores[0]):
            count = push(seeds, count, float(most), block * BLOCK)
    for at in range(count):
        most = np.uint8(seeds.scores[at])
        work.chosen[at] = first_offset(work.sums, seeds.positions[at], most)
    found, bar = _scored(count, 0.0, found, page, query)
    for at in range(count):
        work.sums[work.chosen[at]] = 0
    return found, bar


@compiled
def search_page(bar, found, page, query):
    """Find the best passages; return how many there are now, and the bar."""
    demand = demand_of(bar, page.scale, query.line)
    waiting = 0
    for block in range(page.first_block, page.end_block):
        if page.is_sparse and query.work.greatest[block] == 0:
            continue
        waiting = _gathered(block * BLOCK, demand, page, query, waiting)
        if waiting >= AT_ONCE:
            found, bar = _scored(waiting, bar, found, page, query)
            demand = demand_of(bar, page.scale, query.line)
            waiting = 0
    return _scored(waiting, bar, found, page, query)
