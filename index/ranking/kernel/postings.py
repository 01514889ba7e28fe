"""Postings of one page read by numba's code and added up for all its passages.

Sums have eight bits: what a posting brings is a whole number of units, rounded up, and a sum that
would be more than 255 stays there. What is added is noted, group by group, so that it can be found
again for a single passage. See `search` for how sums and scores belong together, and `arrays` for
what the arrays hold.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from index.ranking.kernel.bitmaps import WORD_BITS, add_bitmap
from index.ranking.kernel.bounds import BLOCK, MOST
from index.ranking.kernel.heap import compiled

PAGE = 65536
LIST_LIMIT = 2048
BITMAP_WORDS = PAGE // WORD_BITS
SIZE_MASK = np.uint32(65535)
FREQUENCY_MASK = np.uint32(2047)
# up to so many postings in a page, they are gone through and not its passages
SPARSE = 256
MAX_FREQUENCY = 2047
# most frequencies are lower
TABLED = 8
# of so many terms, the lightest are added first
SORTED = 64
# not the frequency of a group
SPARSE_TERM = 0


class Terms(NamedTuple):
    """The query's terms: where their entries end, what they weigh, and which weighs the least."""

    ends: Any
    is_grouped: Any
    weights: Any
    lightest_first: Any


class Segment(NamedTuple):
    """The segment's arrays, with `norms` by length, and `ratios` by frequency, of the lowest."""

    entries: Any
    members: Any
    lengths: Any
    norms: Any
    ratios: Any
    k1: Any


class Cursor(NamedTuple):
    """Of each term: its first entry that is not of an earlier page, and where its members begin."""

    entries: Any
    places: Any


class Groups(NamedTuple):
    """What is added: the term, the frequency, where the members begin, how many, and the units.

    The postings of a sparse term in the page are one, with entries for members. What `is_over` can
    make sums too great.
    """

    terms: Any
    frequencies: Any
    places: Any
    sizes: Any
    units: Any
    is_over: Any


@compiled
def stored_size(size):
    """Return how many elements the members of a group take."""
    return BITMAP_WORDS if size > LIST_LIMIT else size


@compiled
def set_ratios(ratios, norm):
    """Compute how much more than 1 the lower frequencies bring in a passage of this norm."""
    for frequency in range(1, len(ratios)):
        ratios[frequency] = frequency * (1.0 + norm) / (frequency + norm)


@compiled
def units_at(weight, frequency, scale, segment):
    """Return what a frequency brings at most, in the longest passage of the segment."""
    if frequency < len(segment.ratios):
        ratio = segment.ratios[frequency]
    else:
        norm = segment.norms[-1]
        ratio = frequency * (1.0 + norm) / (frequency + norm)
    return np.uint8(max(min(np.ceil(weight * scale * ratio), float(MOST)), 1.0))


@compiled
def put_lightest_first(weights, order):
    """Fill in the terms' numbers, by weight where they are not too many."""
    for term in range(len(weights)):
        at = term
        while at > 0 and term < SORTED and weights[order[at - 1]] > weights[term]:
            order[at] = order[at - 1]
            at -= 1
        order[at] = term


@compiled
def _add_list(sums, offsets, unit):
    for i in range(len(offsets)):
        sums[offsets[i]] += unit


@compiled
def _add_up_to_most(sums, offset, unit):
    # the sum of two bytes needs more than one until it is cut
    sums[offset] = np.uint8(min(np.int32(sums[offset]) + np.int32(unit), np.int32(MOST)))


@compiled
def _add_list_up_to_most(sums, offsets, unit):
    for i in range(len(offsets)):
        _add_up_to_most(sums, offsets[i], unit)


@compiled
def _add_sparse(sums, first, last, base, weight, scale, segment):
    for entry in range(first, last):
        packed = segment.entries[entry]
        offset = np.int64(packed >> np.uint32(8)) - base
        frequency = np.int64(packed & np.uint32(255))
        _add_up_to_most(sums, offset, units_at(weight, frequency, scale, segment))


@compiled
def _place_of(offset, members, first, last):
    """Return the place of the first offset in a list that is not less."""
    while first < last:
        middle = (first + last) >> 1
        if members[middle] < offset:
            first = middle + 1
        else:
            last = middle
    return first


@compiled
def _note(noted, term, frequency, place, size, unit, groups):
    groups.terms[noted], groups.frequencies[noted] = term, frequency
    groups.places[noted], groups.sizes[noted], groups.units[noted] = place, size, unit
    return noted + 1


@compiled
def _add_within(members, first, last, low, high, unit, is_over, sums):
    """Add to the passages of a list that lie in a range."""
    if low > 0:
        first = _place_of(low, members, first, last)
    if high < PAGE:
        last = _place_of(high, members, first, last)
    if is_over:
        _add_list_up_to_most(sums, members[first:last], unit)
    else:
        _add_list(sums, members[first:last], unit)


@compiled
def _add_groups(term, page, low, high, scale, terms, segment, cursor, sums, groups, noted, reached):
    """Note the groups of a term, and add the lists by which no sum gets greater than 255.

    Others wait: see `_add_waiting`. `reached` is the most that a sum can be.
    """
    entries, weight = segment.entries, terms.weights[term]
    entry, place, end = cursor.entries[term], cursor.places[term], terms.ends[term]
    while entry < end and np.int64(entries[entry] >> np.uint32(27)) < page:
        place += stored_size(np.int64(entries[entry] & SIZE_MASK) + 1)
        entry += 1
    before = reached
    while entry < end and np.int64(entries[entry] >> np.uint32(27)) == page:
        size = np.int64(entries[entry] & SIZE_MASK) + 1
        frequency = np.int64((entries[entry] >> np.uint32(16)) & FREQUENCY_MASK)
        unit = units_at(weight, frequency, scale, segment)
        # a passage has one frequency
        is_over = size > LIST_LIMIT or before + unit > MOST
        if not is_over:
            _add_within(segment.members, place, place + size, low, high, unit, False, sums)
            reached = max(reached, before + unit)
        groups.is_over[noted] = is_over
        noted = _note(noted, term, frequency, place, size, unit, groups)
        place += stored_size(size)
        entry += 1
    cursor.entries[term], cursor.places[term] = entry, place
    return noted, reached


@compiled
def _note_sparse(term, begin, end, terms, segment, cursor, groups, noted):
    """Note the postings at positions from `begin` to `end`."""
    entries, last = segment.entries, terms.ends[term]
    entry = cursor.entries[term]
    while entry < last and np.int64(entries[entry] >> np.uint32(8)) < begin:
        entry += 1
    first = entry
    while entry < last and np.int64(entries[entry] >> np.uint32(8)) < end:
        entry += 1
    cursor.entries[term] = entry
    if entry == first:
        return noted
    groups.is_over[noted] = True
    return _note(noted, term, SPARSE_TERM, first, entry - first, 1, groups)


@compiled
def _add_waiting(page, low, high, scale, terms, segment, sums, groups, noted):
    """Add what can make sums greater than 255, where they stay."""
    for group in range(noted):
        if not groups.is_over[group]:
            continue
        first, size, unit = groups.places[group], groups.sizes[group], groups.units[group]
        if size > LIST_LIMIT:
            add_bitmap(sums, segment.members, first, low, high, unit)
        elif groups.frequencies[group] == SPARSE_TERM:
            weight = terms.weights[groups.terms[group]]
            _add_sparse(sums, first, first + size, page * PAGE, weight, scale, segment)
        else:
            _add_within(segment.members, first, first + size, low, high, unit, True, sums)


@compiled
def add_page(page, low, high, scale, terms, segment, cursor, sums, groups):
    """Add up what the postings of a page bring passages from `low` to `high`.

    Some next to these can get something, too. Returns how many groups were noted.
    """
    noted = 0
    reached = np.int64(0)
    for term in terms.lightest_first:
        if terms.is_grouped[term]:
            noted, reached = _add_groups(
                term, page, low, high, scale, terms, segment, cursor, sums, groups, noted, reached
            )
        else:
            base = page * PAGE
            noted = _note_sparse(
                term, base + low, base + high, terms, segment, cursor, groups, noted
            )
    _add_waiting(page, low, high, scale, terms, segment, sums, groups, noted)
    return noted


@compiled
def most_groups(terms, cursor):
    """Return how many groups a page can have at most."""
    count = 0
    for term in range(len(terms.weights)):
        most = terms.ends[term] - cursor.entries[term]
        count += min(most, MAX_FREQUENCY) if terms.is_grouped[term] else 1
    return count


@compiled
def is_sparse(groups, noted):
    """Whether what was noted is no bitmap, and few postings."""
    count = 0
    for group in range(noted):
        count += groups.sizes[group]
    return count <= SPARSE


@compiled
def visit(groups, noted, page, segment, sums, greatest, is_clearing):
    """Go through the postings of lists and sparse terms one by one.

    Note the greatest sum of each block, or clear the sums: for a page of few postings, where going
    through all its passages would take longer.
    """
    for group in range(noted):
        place, is_sparse = groups.places[group], groups.frequencies[group] == SPARSE_TERM
        for at in range(place, place + groups.sizes[group]):
            if is_sparse:
                offset = np.int64(segment.entries[at] >> np.uint32(8)) - page * PAGE
            else:
                offset = np.int64(segment.members[at])
            if is_clearing:
                sums[offset] = 0
            elif sums[offset] > greatest[offset // BLOCK]:
                greatest[offset // BLOCK] = sums[offset]
