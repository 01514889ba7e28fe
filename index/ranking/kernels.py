"""The search of one segment, compiled by numba. Exact: bounds only decide what is scored in full.

A page of 65,536 passages at a time, so that its sums (two bytes a passage) stay in the processor's
cache; within the page a term at a time. A posting of frequency 1 brings a passage of length l the
score `weight × (k1 + 1) / (1 + norm(l))`, and the factor after the weight is the same for every
term: so the sums are of whole-number weights only, and the factor is applied to the few passages
whose sum can reach the best ones found so far. Those are scored from their postings in float64,
term by term in the order of the query, by the expression of `formula.part`.

Weights are rounded up, so a sum is never less than the score it stands for. They must be positive.
Importing this module imports numba, which takes about half a second.
"""

from __future__ import annotations

import numpy as np

from index.ranking.kernel_heap import Best, compiled, push
from index.ranking.kernel_postings import PAGE, Cursor, Segment, Terms, add_page, score

BLOCK = 256
STRIP = 64
FEW = 64
BUCKETS = 1024
# one rounding of float32 in a bound, and room
SLACK = 1.0 - 1e-6


@compiled
def _any_above(values, limit):
    # ORs of comparisons over a fixed count become vector instructions; an early exit would not
    found = False
    for i in range(STRIP):
        found |= values[i] > limit
    return found


@compiled
def _block_above(values, limit):
    found = False
    for i in range(BLOCK):
        found |= values[i] > limit
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
def _seeded(page, begin, end, wanted, terms, segment, cursor, sums):
    """Return a score that at least `wanted` passages of the page reach, or 0.

    The best passage of each run of 256 (of 64, where many are wanted) stands for it: the least
    score of `wanted` of them is a bound, and a good one if their sums are the greatest.
    """
    width = BLOCK if wanted <= FEW else STRIP
    first, last = begin // width, (end + width - 1) // width
    greatest = np.empty(PAGE // width, np.uint16)
    counts = np.zeros(BUCKETS, np.int64)
    for strip in range(first, last):
        greatest[strip] = _greatest(sums[strip * width : (strip + 1) * width])
        counts[greatest[strip] >> 6] += 1
    bucket, found = BUCKETS, 0
    while found < wanted and bucket > 0:
        bucket -= 1
        found += counts[bucket]
    least = max(bucket << 6, 1)
    lowest, found = np.inf, 0
    for strip in range(first, last):
        if greatest[strip] < least or found >= wanted:
            continue
        offset = strip * width
        while sums[offset] != greatest[strip]:
            offset += 1
        lowest = min(lowest, score(offset, page, terms, segment, cursor))
        found += 1
    return lowest if found >= wanted else 0.0


@compiled
def _select(
    page, begin, end, count, bar, scale, gains, shortest, terms, segment, cursor, sums, best
):
    """Score the passages of a page that may reach the bar; return the heap's count and the bar.

    The bar is a score that a passage must reach, or exceed once the heap is full.
    """
    base = page * PAGE
    wanted = len(best.scores)
    for block in range(begin // BLOCK, (end + BLOCK - 1) // BLOCK):
        start = block * BLOCK
        needed = bar * scale * SLACK
        enough = needed / gains[shortest[(base + start) // BLOCK]]
        limit = np.uint16(max(0.0, min(enough - 1.0, 65534.0)))
        if not _block_above(sums[start : start + BLOCK], limit):
            continue
        for strip in range(start, start + BLOCK, STRIP):
            if not _any_above(sums[strip : strip + STRIP], limit):
                continue
            for offset in range(max(strip, begin), min(strip + STRIP, end)):
                total = sums[offset]
                if total <= limit or total * gains[segment.lengths[base + offset]] < needed:
                    continue
                exact = score(offset, page, terms, segment, cursor)
                if (count < wanted and exact >= bar) or (
                    count == wanted and exact > best.scores[0]
                ):
                    count = push(best, count, exact, base + offset)
                    if count == wanted:
                        bar = max(bar, best.scores[0])
                        needed = bar * scale * SLACK
    return count, bar


@compiled
def search(
    sums,
    starts,
    ends,
    is_grouped,
    places,
    weights,
    entries,
    offsets,
    lengths,
    shortest,
    norms,
    k1,
    greatest_gain,
    begin,
    end,
    removed,
    admitted,
    floor,
    scores,
    positions,
):
    """Find the best passages at positions `begin` to `end`, exclusive; return how many.

    Terms: `starts`, `ends` int64[t] and `is_grouped` bool[t] as `Segment.entry_range` says,
    `places` int64[t] of first offsets, `weights` float64[t], positive. Segment: its arrays, and
    `norms` float64 by length. `greatest_gain` is the most that a posting can bring, in weights.
    `removed` are positions, ascending, as uint32; `admitted` is uint8 by position, or empty.
    `floor`: a score that must be reached. `sums`: uint16[65536], all zero, and left so.
    `scores` float64[k] and `positions` int64[k] receive the best, in the order of a heap.
    """
    scale = (65535.0 - 2.0 * len(weights)) / (weights.sum() * greatest_gain)
    scaled = (weights * scale).astype(np.float32)
    terms = Terms(
        starts, ends, is_grouped, weights, np.ceil(weights * scale).astype(np.uint16), scaled
    )
    segment = Segment(entries, offsets, lengths, norms, norms.astype(np.float32), k1)
    cursor = Cursor(starts.copy(), starts.copy(), places.copy(), places.copy())
    gains = (k1 + 1.0) / (1.0 + norms)
    best = Best(scores, positions)
    wanted, count, bar = len(scores), 0, floor
    for page in range(begin // PAGE, (end + PAGE - 1) // PAGE):
        low = max(begin - page * PAGE, 0)
        high = min(end - page * PAGE, PAGE)
        added = add_page(page, terms, segment, cursor, sums)
        if not added:
            continue
        _leave_out(page, low, high, removed, admitted, sums)
        # what lies outside of the range must not stand for a strip
        sums[:low] = 0
        sums[high:] = 0
        if count < wanted and bar <= 0.0 and added > 4 * wanted:
            bar = _seeded(page, low, high, wanted, terms, segment, cursor, sums)
        count, bar = _select(
            page, low, high, count, bar, scale, gains, shortest, terms, segment, cursor, sums, best
        )
        sums[low:high] = 0
    return count
