"""Exact scores of some passages of a page, from their postings, in numba's code.

A passage's sum says when all its postings are found: what they brought is taken away from it, and
a group that brought more than is left cannot have the passage. Knows not what the best passages
are.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from index.ranking.kernel.bitmaps import is_set
from index.ranking.kernel.bounds import MOST
from index.ranking.kernel.heap import compiled
from index.ranking.kernel.postings import LIST_LIMIT, PAGE, SPARSE_TERM, units_at

AT_ONCE = 64
# more than any sum
_UNKNOWN = 1 << 20


class Scoring(NamedTuple):
    """Arrays to work with: frequencies by passage and term, and what is looked for in a group.

    `rest` is what is left of the passages' sums.
    """

    frequencies: Any
    rest: Any
    places: Any
    sought: Any


@compiled
def _find_offsets(members, low, size, wanted, count, scoring):
    """Fill in, of each one sought, the place of the first of `size` offsets that is not less.

    All are looked for together, a step at a time: a search waits for memory at each step, and the
    others go on meanwhile.
    """
    sought, places = scoring.sought, scoring.places
    for at in range(count):
        places[at] = low
    left = size
    while left > 1:
        half = np.uint32(left >> 1)
        for at in range(count):
            middle = places[at] + half
            # unsigned, so that no place is looked at as if it were counted from the end
            is_less = members[middle - np.uint32(1)] < wanted[sought[at]]
            places[at] = middle if is_less else places[at]
        left -= left >> 1
    for at in range(count):
        places[at] += 1 if members[places[at]] < wanted[sought[at]] else 0


@compiled
def _seek_in_list(low, size, wanted, count, members, scoring, term, frequency, unit):
    _find_offsets(members, low, size, wanted, count, scoring)
    for at in range(count):
        place, passage = scoring.places[at], scoring.sought[at]
        if place < low + size and members[place] == wanted[passage]:
            scoring.frequencies[passage, term] = frequency
            scoring.rest[passage] -= unit


@compiled
def _seek_in_bitmap(low, wanted, count, members, scoring, term, frequency, unit):
    for at in range(count):
        passage = scoring.sought[at]
        if is_set(members, low, wanted[passage]):
            scoring.frequencies[passage, term] = frequency
            scoring.rest[passage] -= unit


@compiled
def _seek_sparse(first, size, wanted, count, term, page, query):
    entries, scoring = query.segment.entries, query.work.scoring
    weight = query.terms.weights[term]
    for at in range(count):
        passage = scoring.sought[at]
        position = page.number * PAGE + wanted[passage]
        low, high = first, first + size
        while low < high:
            middle = (low + high) >> 1
            if np.int64(entries[middle] >> np.uint32(8)) < position:
                low = middle + 1
            else:
                high = middle
        if low < first + size and np.int64(entries[low] >> np.uint32(8)) == position:
            frequency = np.int64(entries[low] & np.uint32(255))
            scoring.frequencies[passage, term] = frequency
            scoring.rest[passage] -= units_at(weight, frequency, page.scale, query.segment)


@compiled
def _kind(size, frequency):
    """Return when a group is looked at: bitmaps, where it costs nothing; the likely; the rest."""
    if size > LIST_LIMIT:
        return 0
    return 1 if frequency <= 1 else 2


@compiled
def _sought(group, wanted, groups, scoring):
    """Note whose postings can be in a group; return how many."""
    term, unit = groups.terms[group], groups.units[group]
    count = 0
    for passage in range(len(wanted)):
        scoring.sought[count] = passage
        is_open = scoring.rest[passage] >= unit and scoring.frequencies[passage, term] == 0
        count += 1 if is_open else 0
    return count


@compiled
def _seek(wanted, page, query):
    """Fill in the frequencies of the wanted passages' terms."""
    groups, scoring, members = query.groups, query.work.scoring, query.segment.members
    for kind in range(3):
        for group in range(page.noted):
            size, frequency = groups.sizes[group], groups.frequencies[group]
            if _kind(size, frequency) != kind:
                continue
            count = _sought(group, wanted, groups, scoring)
            if not count:
                continue
            term, place, unit = groups.terms[group], groups.places[group], groups.units[group]
            if frequency == SPARSE_TERM:
                _seek_sparse(place, size, wanted, count, term, page, query)
            elif kind == 0:
                _seek_in_bitmap(place, wanted, count, members, scoring, term, frequency, unit)
            else:
                _seek_in_list(place, size, wanted, count, members, scoring, term, frequency, unit)


@compiled
def score(wanted, page, query, scores):
    """Fill in the scores of some passages, by offset, of the page that was added up last.

    At most AT_ONCE, with sums of more than 0.
    """
    terms, segment, scoring = query.terms, query.segment, query.work.scoring
    frequencies = scoring.frequencies
    for at in range(len(wanted)):
        total = np.int64(query.work.sums[wanted[at]])
        scoring.rest[at] = _UNKNOWN if total == MOST else total
        for term in range(len(terms.weights)):
            frequencies[at, term] = 0
    _seek(wanted, page, query)
    for at in range(len(wanted)):
        norm = segment.norms[segment.lengths[page.number * PAGE + wanted[at]]]
        scores[at] = 0.0
        for term in range(len(terms.weights)):
            frequency = frequencies[at, term]
            if frequency:
                brought = frequency * (segment.k1 + 1.0) / (frequency + norm)
                scores[at] += terms.weights[term] * brought
