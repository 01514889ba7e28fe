"""The search of one segment, compiled by numba. Exact: bounds only decide what is scored in full.

A page of 65,536 passages at a time, so that its sums (two bytes a passage) stay in the processor's
cache; within the page a term at a time. A posting of frequency 1 brings a passage of length l the
score `weight × (k1 + 1) / (1 + norm(l))`, and the factor after the weight is the same for every
term: so the sums are of whole-number weights only, and the factor is applied to the few passages
whose sum can reach the best ones found so far. What is rounded up by less than one a term bounds
the score from above and from below: so it is known which passages can be among the best, and only
those are scored from their postings, in float64, term by term in the order of the query, by the
expression of `formula.part`.

Weights must be positive.
Importing this module imports numba, which takes about half a second.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from index.ranking.kernel_heap import Best, compiled, push
from index.ranking.kernel_postings import (
    BLOCK,
    PAGE,
    Cursor,
    Segment,
    Terms,
    add_page,
    score,
    visit_page,
)

STRIP = 64
FEW = 64
AT_ONCE = 64
# up to so many postings in a page, they are gone through and not its passages
SPARSE = 256
# one rounding of float32 in a bound, and room
SLACK = 1.0 - 1e-6


class Bounds(NamedTuple):
    """How sums belong to scores: `score <= sum * gains[length] / scale`, and `excess` less above.

    1 / gains[length] is `fixed + slope * length`. `least` is a heap to work with.
    """

    gains: Any
    fixed: Any
    slope: Any
    shortest: Any
    scale: Any
    excess: Any
    least: Any


@compiled
def _strip_reaches(values, lengths, fixed, slope):
    """Whether a passage's sum reaches what its length demands: `fixed + slope * length`."""
    # comparisons over a fixed count become vector instructions; an early exit would not
    found = False
    for i in range(STRIP):
        found |= np.float32(values[i]) - slope * np.float32(lengths[i]) >= fixed
    return found


@compiled
def _block_reaches(values, lengths, fixed, slope):
    found = False
    for i in range(BLOCK):
        found |= np.float32(values[i]) - slope * np.float32(lengths[i]) >= fixed
    return found


@compiled
def _greatest(values):
    best = np.uint16(0)
    for i in range(len(values)):
        value = values[i]
        best = max(best, value)
    return best


@compiled
def _leave_out(page, begin, end, removed, admitted, sums):
    """Clear the sums of passages that are removed or not admitted."""
    base = page * PAGE
    at = np.searchsorted(removed, np.uint32(base + begin))
    while at < len(removed) and removed[at] < base + end:
        sums[removed[at] - base] = 0
        at += 1
    if len(admitted):
        for offset in range(begin, end):
            sums[offset] *= np.uint16(admitted[base + offset])


@compiled
def _seeded(page, begin, end, segment, bounds, sums, greatest):
    """Return a score that as many passages of the page reach as are wanted, or 0.

    The passage with the greatest sum of each block (of 64, where many are wanted) stands for it;
    of those, the ones with the greatest sums are taken.
    """
    least = bounds.least
    wanted = len(least.scores)
    width = BLOCK if wanted <= FEW else STRIP
    count = 0
    for strip in range(begin // width, (end + width - 1) // width):
        if width == BLOCK:
            most = greatest[strip]
        else:
            most = _greatest(sums[strip * width : (strip + 1) * width])
        if most > 0 and (count < wanted or most > least.scores[0]):
            count = push(least, count, float(most), strip * width)
    if count < wanted:
        return 0.0
    bar = np.inf
    for at in range(count):
        offset = least.positions[at]
        most = np.uint16(least.scores[at])
        while sums[offset] != most:
            offset += 1
        bar = min(bar, _at_least(most, segment.lengths[page * PAGE + offset], bounds))
    return bar


@compiled
def _at_least(total, length, bounds):
    """Return what the score of a sum is at least."""
    surely = max(np.int64(total) - bounds.excess, 0)
    return surely * bounds.gains[length] / bounds.scale * SLACK


@compiled
def _demand(bar, bounds):
    """Return what a passage of a length needs, `fixed + slope * length` units, to reach the bar."""
    needed = bar * bounds.scale * SLACK
    return np.float32(needed * bounds.fixed), np.float32(needed * bounds.slope)


@compiled
def _gathered(page, begin, end, bar, segment, bounds, sums, greatest, chosen):
    """Note the passages of a page that may reach the bar; return how many, and the bar.

    The bar is a score that a passage must reach. It rises as more are known to reach more.
    """
    base = page * PAGE
    wanted = len(bounds.least.scores)
    known = count = 0
    fixed, slope = _demand(bar, bounds)
    for block in range(begin // BLOCK, (end + BLOCK - 1) // BLOCK):
        start = block * BLOCK
        shortest = np.float32(bounds.shortest[(base + start) // BLOCK])
        if greatest[block] == 0 or np.float32(greatest[block]) - slope * shortest < fixed:
            continue
        lengths = segment.lengths[base + start : base + start + BLOCK]
        is_whole = len(lengths) == BLOCK
        if is_whole and not _block_reaches(sums[start : start + BLOCK], lengths, fixed, slope):
            continue
        for strip in range(start, min(start + BLOCK, end), STRIP):
            some = slice(strip - start, strip - start + STRIP)
            if is_whole and not _strip_reaches(
                sums[strip : strip + STRIP], lengths[some], fixed, slope
            ):
                continue
            for offset in range(max(strip, begin), min(strip + STRIP, end)):
                total = sums[offset]
                length = segment.lengths[base + offset]
                if total == 0 or np.float32(total) - slope * np.float32(length) < fixed:
                    continue
                chosen[count] = offset
                count += 1
                lower = _at_least(total, length, bounds)
                if known < wanted or lower > bounds.least.scores[0]:
                    known = push(bounds.least, known, lower, offset)
                    if known == wanted:
                        bar = max(bar, bounds.least.scores[0])
                        fixed, slope = _demand(bar, bounds)
    return count, bar


@compiled
def _still_wanted(page, chosen, bar, segment, bounds, sums):
    """Move those that may still reach the bar to the front; return how many."""
    needed = bar * bounds.scale * SLACK
    count = 0
    for offset in chosen:
        if sums[offset] * bounds.gains[segment.lengths[page * PAGE + offset]] >= needed:
            chosen[count] = offset
            count += 1
    return count


@compiled
def _scored(page, chosen, bar, found, terms, segment, bounds, cursor, sums, best):
    """Score the passages that were noted and may still reach the bar; return how many are best."""
    wanted = len(best.scores)
    exact = np.empty(min(len(chosen), AT_ONCE))
    for first in range(0, len(chosen), AT_ONCE):
        some = chosen[first : first + AT_ONCE]
        some = some[: _still_wanted(page, some, bar, segment, bounds, sums)]
        score(some, page, terms, segment, cursor, exact[: len(some)])
        for at in range(len(some)):
            if (found < wanted and exact[at] >= bar) or (
                found == wanted and exact[at] > best.scores[0]
            ):
                found = push(best, found, exact[at], page * PAGE + some[at])
                if found == wanted:
                    bar = max(bar, best.scores[0])
    return found, bar


@compiled
def search(
    sums,
    chosen,
    places,
    weights,
    entries,
    offsets,
    lengths,
    shortest,
    norms,
    float_norms,
    gains,
    k1,
    scale,
    begin,
    end,
    removed,
    admitted,
    floor,
    scores,
    positions,
):
    """Find the best passages at positions `begin` to `end`, exclusive; return how many.

    Terms: `places` int64[t, 5], columns as in `TermEntries`: where a term's entries begin and end,
    whether they are groups, and where its offsets begin; `weights` float64[t], positive, of which
    `scale` makes the units of the sums.
    Segment: its arrays, and by length `norms` as float64 and as float32, and `gains`, what a
    posting of frequency 1 brings. `removed` are positions, ascending, as uint32; `admitted` is
    uint8 by position, or empty. `floor`: a score that must be reached. For work: `sums`
    uint16[65536], all zero, and left so, and `chosen` int32[65536].
    `scores` float64[k] and `positions` int64[k] receive the best, in the order of a heap.
    """
    count = len(weights)
    units, scaled = np.empty(count, np.uint16), np.empty(count, np.float32)
    rows = np.empty((6, count), np.int64)
    for term in range(count):
        units[term] = np.uint16(np.ceil(weights[term] * scale))
        scaled[term] = weights[term] * scale
        rows[0, term] = rows[1, term] = places[term, 0]
        rows[2, term] = rows[3, term] = places[term, 3]
        rows[4, term], rows[5, term] = places[term, 1], places[term, 2]
    terms = Terms(rows[4], rows[5], weights, units, scaled)
    segment = Segment(entries, offsets, lengths, norms, float_norms, k1)
    cursor = Cursor(rows[0], rows[1], rows[2], rows[3])
    best = Best(scores, positions)
    least = Best(np.empty(len(scores)), np.empty(len(scores), np.int64))
    fixed = (1.0 + norms[0]) / (k1 + 1.0)
    slope = (norms[-1] - norms[0]) / (k1 + 1.0) / max(len(norms) - 1, 1)
    # a unit too much at most a term, and as much for the rounding of float32
    bounds = Bounds(gains, fixed, slope, shortest, scale, 2 * count, least)
    greatest = np.empty(PAGE // BLOCK, np.uint16)
    found, bar = 0, floor
    for page in range(begin // PAGE, (end + PAGE - 1) // PAGE):
        low = max(begin - page * PAGE, 0)
        high = min(end - page * PAGE, PAGE)
        added = add_page(page, terms, segment, cursor, sums)
        if not added:
            continue
        _leave_out(page, low, high, removed, admitted, sums)
        is_sparse = added <= SPARSE
        if is_sparse:
            greatest[:] = 0
            visit_page(page, terms, segment, cursor, sums, greatest, False)
        else:
            # what lies outside of the range must not stand for a block
            sums[:low] = 0
            sums[high:] = 0
            for block in range(low // BLOCK, (high + BLOCK - 1) // BLOCK):
                greatest[block] = _greatest(sums[block * BLOCK : (block + 1) * BLOCK])
            if bar <= 0.0 and added > 4 * len(scores):
                bar = _seeded(page, low, high, segment, bounds, sums, greatest)
        noted, bar = _gathered(page, low, high, bar, segment, bounds, sums, greatest, chosen)
        found, bar = _scored(
            page, chosen[:noted], bar, found, terms, segment, bounds, cursor, sums, best
        )
        if is_sparse:
            visit_page(page, terms, segment, cursor, sums, greatest, True)
        else:
            sums[low:high] = 0
    return found
