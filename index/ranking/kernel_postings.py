"""Postings of one page read by numba's code: added up for all passages, or scored for one.

Knows nothing of what the best passages are. See `kernels` for how sums and scores belong together,
and `segment` for what the arrays hold.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from index.ranking.kernel_heap import compiled

PAGE = 65536
BLOCK = 256
OFFSET_MASK = np.uint32(65535)
FREQUENCY_MASK = np.uint32(2047)
ONE = np.float32(1.0)


class Terms(NamedTuple):
    """The query's terms: where their entries end, and what they weigh."""

    ends: Any
    is_grouped: Any
    weights: Any
    units: Any  # weights as whole numbers, rounded up: uint16
    scaled: Any  # the same before rounding: float32


class Segment(NamedTuple):
    """The segment's arrays, with `norms` by length in two precisions."""

    entries: Any
    offsets: Any
    lengths: Any
    norms: Any
    float_norms: Any
    k1: Any


class Cursor(NamedTuple):
    """Of each term: its entries in the page, the place of the first one's offsets, and the next."""

    first: Any
    last: Any
    place: Any
    next_place: Any


@compiled
def _add_once(sums, offsets, unit):
    for i in range(len(offsets)):
        sums[offsets[i]] += unit


@compiled
def _raised(scaled, frequency, norm):
    """Return what a frequency brings, in the units of the sums, rounded up."""
    return np.uint16(scaled * frequency * (ONE + norm) / (frequency + norm)) + np.uint16(1)


@compiled
def _add_often(sums, offsets, lengths, norms, scaled, frequency):
    for i in range(len(offsets)):
        offset = offsets[i]
        sums[offset] += _raised(scaled, frequency, norms[lengths[offset]])


@compiled
def _add_groups(term, page, terms, segment, cursor, sums):
    entries = segment.entries
    lengths = segment.lengths[page * PAGE : (page + 1) * PAGE]
    entry, place, end = cursor.last[term], cursor.next_place[term], terms.ends[term]
    while entry < end and np.int64(entries[entry] >> np.uint32(27)) < page:
        place += np.int64(entries[entry] & OFFSET_MASK) + 1
        entry += 1
    cursor.first[term], cursor.place[term] = entry, place
    begin = place
    while entry < end and np.int64(entries[entry] >> np.uint32(27)) == page:
        size = np.int64(entries[entry] & OFFSET_MASK) + 1
        frequency = (entries[entry] >> np.uint32(16)) & FREQUENCY_MASK
        offsets = segment.offsets[place : place + size]
        if frequency == 1:
            _add_once(sums, offsets, terms.units[term])
        else:
            _add_often(
                sums,
                offsets,
                lengths,
                segment.float_norms,
                terms.scaled[term],
                np.float32(frequency),
            )
        place += size
        entry += 1
    cursor.last[term], cursor.next_place[term] = entry, place
    return place - begin


@compiled
def _add_sparse(term, page, terms, segment, cursor, sums):
    entries = segment.entries
    base = page * PAGE
    entry, end = cursor.last[term], terms.ends[term]
    while entry < end and np.int64(entries[entry] >> np.uint32(8)) < base:
        entry += 1
    cursor.first[term] = entry
    while entry < end and np.int64(entries[entry] >> np.uint32(8)) < base + PAGE:
        position = np.int64(entries[entry] >> np.uint32(8))
        frequency = entries[entry] & np.uint32(255)
        if frequency == 1:
            sums[position - base] += terms.units[term]
        else:
            norm = segment.float_norms[segment.lengths[position]]
            raised = _raised(terms.scaled[term], np.float32(frequency), norm)
            sums[position - base] += raised
        entry += 1
    cursor.last[term] = entry
    return entry - cursor.first[term]


@compiled
def add_page(page, terms, segment, cursor, sums):
    """Add up what the postings of a page bring. Returns how many there are."""
    count = 0
    for term in range(len(terms.weights)):
        if terms.is_grouped[term]:
            count += _add_groups(term, page, terms, segment, cursor, sums)
        else:
            count += _add_sparse(term, page, terms, segment, cursor, sums)
    return count


@compiled
def visit_page(page, terms, segment, cursor, sums, greatest, is_clearing):
    """Go through the postings of the page that was added up last, one by one.

    Note the greatest sum of each block, or clear the sums: for a page of few postings, where going
    through all its passages would take longer.
    """
    base = page * PAGE
    for term in range(len(terms.weights)):
        place = cursor.place[term]
        for entry in range(cursor.first[term], cursor.last[term]):
            packed = segment.entries[entry]
            size = np.int64(packed & OFFSET_MASK) + 1 if terms.is_grouped[term] else 1
            for at in range(place, place + size):
                if terms.is_grouped[term]:
                    offset = np.int64(segment.offsets[at])
                else:
                    offset = np.int64(packed >> np.uint32(8)) - base
                if is_clearing:
                    sums[offset] = 0
                elif sums[offset] > greatest[offset // BLOCK]:
                    greatest[offset // BLOCK] = sums[offset]
            place += size


@compiled
def _find_offsets(offsets, low, size, wanted, places):
    """Fill in, of each wanted one, the place of the first of `size` offsets that is not less.

    All are looked for together, a step at a time: a search waits for memory at each step, and the
    others go on meanwhile.
    """
    for at in range(len(wanted)):
        places[at] = low
    count = size
    while count > 1:
        half = count >> 1
        for at in range(len(wanted)):
            middle = places[at] + half
            places[at] = middle if offsets[middle - 1] < wanted[at] else places[at]
        count -= half
    for at in range(len(wanted)):
        places[at] += 1 if offsets[places[at]] < wanted[at] else 0


@compiled
def _count_grouped(term, segment, cursor, wanted, places, frequencies):
    entries, offsets = segment.entries, segment.offsets
    low = cursor.place[term]
    for entry in range(cursor.first[term], cursor.last[term]):
        size = np.int64(entries[entry] & OFFSET_MASK) + 1
        frequency = np.int64((entries[entry] >> np.uint32(16)) & FREQUENCY_MASK)
        _find_offsets(offsets, low, size, wanted, places)
        for at in range(len(wanted)):
            place = places[at]
            if place < low + size and offsets[place] == wanted[at]:
                frequencies[at] = frequency
        low += size


@compiled
def _count_sparse(term, base, segment, cursor, wanted, frequencies):
    entries = segment.entries
    first, last = cursor.first[term], cursor.last[term]
    for at in range(len(wanted)):
        position = base + wanted[at]
        low, high = first, last
        while low < high:
            middle = (low + high) >> 1
            if np.int64(entries[middle] >> np.uint32(8)) < position:
                low = middle + 1
            else:
                high = middle
        if low < last and np.int64(entries[low] >> np.uint32(8)) == position:
            frequencies[at] = np.int64(entries[low] & np.uint32(255))


@compiled
def score(wanted, page, terms, segment, cursor, scores):
    """Fill in the scores of some passages, by offset, of the page that was added up last."""
    base = page * PAGE
    places = np.empty(len(wanted), np.int64)
    frequencies = np.zeros(len(wanted), np.int64)
    scores[:] = 0.0
    for term in range(len(terms.weights)):
        if cursor.first[term] == cursor.last[term]:
            continue
        if terms.is_grouped[term]:
            _count_grouped(term, segment, cursor, wanted, places, frequencies)
        else:
            _count_sparse(term, base, segment, cursor, wanted, frequencies)
        weight = terms.weights[term]
        for at in range(len(wanted)):
            frequency = frequencies[at]
            if frequency:
                norm = segment.norms[segment.lengths[base + wanted[at]]]
                scores[at] += weight * (frequency * (segment.k1 + 1.0) / (frequency + norm))
                frequencies[at] = 0
