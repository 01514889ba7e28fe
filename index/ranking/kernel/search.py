"""The search of one segment, compiled by numba. Exact: bounds only decide what is scored in full.

A page of 65,536 passages at a time, so that its sums (a byte a passage) stay in the processor's
cache; within the page a term at a time. A posting of frequency 1 brings a passage of length l the
score `weight × (k1 + 1) / (1 + norm(l))`, and the factor after the weight is the same for every
term: so the sums are of whole-number weights only, and the factor is applied to the few passages
whose sum can reach the best ones found so far. A greater frequency counts as in the segment's
longest passage, where it brings the most. Everything is rounded up, so that a sum bounds the score
from above; the passages that can be among the best are scored from their postings, in float64,
term by term in the order of the query, by the expression of `formula.part`.

Weights must be positive.
Importing this module imports numba, which takes about half a second.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from index.ranking.kernel.bounds import BLOCK, MOST, line_of
from index.ranking.kernel.heap import Best, compiled, put_in_order
from index.ranking.kernel.merging import Found, Runs, merged
from index.ranking.kernel.pages import SEEDS, Page, Query, Range, Work, leave_out, search_page, seed
from index.ranking.kernel.postings import (
    PAGE,
    TABLED,
    Cursor,
    Groups,
    Segment,
    Terms,
    add_page,
    is_sparse,
    most_groups,
    put_lightest_first,
    set_ratios,
    visit,
)
from index.ranking.kernel.scores import AT_ONCE, Scoring

GROUPED = 1 << 31
# where the bar is put among the sums once it is known, and how much finer than at first they get
BAR_SUM = 180.0
FINEST = 4.0


@compiled
def _look_up(numbers, entry_starts, entries, rows):
    """Fill in of terms, in rows of zeros: first entry, first member, end, whether it is grouped."""
    for term in range(len(numbers)):
        first = np.int64(entry_starts[numbers[term]])
        last = np.int64(entry_starts[numbers[term] + 1])
        rows[2, term] = last & (GROUPED - 1)
        if first & GROUPED:
            first &= GROUPED - 1
            rows[1, term], rows[3, term] = entries[first], True
            first += 1
        rows[0, term] = first


@compiled
def _search_pages(bar, cursor, query):
    """Go through the pages of the range; return how many passages were found."""
    terms, segment, groups, where = query.terms, query.segment, query.groups, query.range
    work = query.work
    found, coarsest = 0, MOST / terms.weights.sum()
    for number in range(where.begin // PAGE, (where.end + PAGE - 1) // PAGE):
        low, high = max(where.begin - number * PAGE, 0), min(where.end - number * PAGE, PAGE)
        scale = min(BAR_SUM / bar, FINEST * coarsest) if bar > 0.0 else coarsest
        noted = add_page(number, low, high, scale, terms, segment, cursor, work.sums, groups)
        if not noted:
            continue
        is_thin = is_sparse(groups, noted)
        page = Page(number, low // BLOCK, (high + BLOCK - 1) // BLOCK, noted, scale, is_thin)
        leave_out(page, query)
        if is_thin:
            work.greatest[:] = 0
            visit(groups, noted, number, segment, work.sums, work.greatest, False)
        elif bar <= 0.0 and len(query.best.scores) <= AT_ONCE // 2:
            found, bar = seed(found, page, query)
        found, bar = search_page(bar, found, page, query)
        if is_thin:
            visit(groups, noted, number, segment, work.sums, work.greatest, True)
        else:
            work.sums[page.first_block * BLOCK : page.end_block * BLOCK] = 0
    return found


@njit(cache=True, nogil=True, error_model="numpy")
def search(
    sums,
    numbers,
    weights,
    entry_starts,
    entries,
    members,
    lengths,
    run_starts,
    run_first_ids,
    run_times,
    norms,
    k1,
    removed,
    begin,
    end,
    admitted,
    before,
    scores,
    ids,
    times,
):
    """Find the best passages at positions `begin` to `end`, exclusive; return how many there are.

    `numbers` int64[t] of terms, and their `weights` float64[t], positive. The segment's arrays, and
    `norms` by length. `removed` are positions, ascending, as uint32; `admitted` is uint8 by
    position, or empty. For work: `sums` uint8[65536], all zero, and left so.
    `scores` float64[k], `ids` and `times` int64[k] have the best of other segments, `before` many,
    and receive the best of all, the best first.
    """
    # everything is allocated here, since no other function counts references: see `compiled`
    wanted, term_count = len(scores), len(numbers)
    rows = np.zeros((5, term_count), np.int64)
    _look_up(numbers, entry_starts, entries, rows)
    put_lightest_first(weights, rows[4])
    cursor = Cursor(rows[0], rows[1])
    terms = Terms(rows[2], rows[3], weights, rows[4])
    ratios = np.empty(TABLED)
    set_ratios(ratios, norms[-1])
    segment = Segment(entries, members, lengths, norms, ratios, k1)
    most = most_groups(terms, cursor)
    columns, small = np.empty((4, most), np.int64), np.empty((2, most), np.uint8)
    groups = Groups(columns[0], columns[1], columns[2], columns[3], small[0], small[1])
    best = Best(np.empty(wanted), np.empty(wanted, np.int64))
    seed_count = min(wanted + SEEDS, AT_ONCE)
    frequencies, passages = (
        np.empty((AT_ONCE, term_count), np.int64),
        np.empty((3, AT_ONCE), np.int64),
    )
    work = Work(
        sums,
        np.empty(PAGE // BLOCK, np.uint8),
        np.empty(AT_ONCE + BLOCK, np.int64),
        np.empty(AT_ONCE),
        Best(np.empty(seed_count), np.empty(seed_count, np.int64)),
        Scoring(frequencies, passages[0], passages[1], passages[2]),
    )
    where = Range(begin, end, removed, admitted)
    query = Query(terms, segment, groups, line_of(norms, k1), where, work, best)
    found = _search_pages(scores[-1] if before == wanted else 0.0, cursor, query)
    put_in_order(best, found)
    runs = Runs(run_starts, run_first_ids, run_times)
    others = Found(scores[:before].copy(), ids[:before].copy(), times[:before].copy())
    return merged(best, found, runs, others, Found(scores, ids, times))
