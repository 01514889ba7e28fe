"""Exact scores of some passages of a page, from their postings, in numba's code.

A passage's sum says when all its postings are found: what they brought is taken away from it, and
a group that brought more than is left cannot have the passage. Knows not what the best passages
are.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from index.ranking.kernel.bitmaps import is_set
from index.ranking.kernel.bounds import MOST, STRIP
from index.ranking.kernel.heap import compiled
from index.ranking.kernel.postings import LIST_LIMIT, PAGE, SPARSE_TERM, units_at

AT_ONCE = 64
# more than any sum
_UNKNOWN = 1 << 20


class Scoring(NamedTuple):
    """Arrays to work with: frequencies by passage and term, and what is left of the sums, `rest`.

    Of the passages, those are `open` whose postings are not all found, and those are `sought` that
    can be in a group.
    """

    frequencies: Any
    rest: Any
    open: Any
    sought: Any


@compiled
def _strip_lists(strip, size, wanted):
    """Whether one of the first `size` of 64 offsets is the wanted one."""
    # of 16 bits throughout, so that this becomes a few vector instructions
    found = False
    for i in range(STRIP):
        found |= (strip[i] == wanted) & (np.uint16(i) < size)
    return found


@compiled
def _is_listed(members, low, size, wanted):
    """Whether an offset is in the list of `size`, ascending, that begins at `low`."""
    while size > STRIP:
        half = size >> 1
        low = low + half if members[low + half] <= wanted else low
        size -= half
    if low + STRIP <= len(members):
        return _strip_lists(members[low : low + STRIP], np.uint16(size), wanted)
    found = False
    for at in range(low, low + size):
        found |= members[at] == wanted
    return found


@compiled
def _seek_in_list(low, size, wanted, count, members, scoring, term, frequency, unit):
    for at in range(count):
        passage = scoring.sought[at]
        if _is_listed(members, low, size, np.uint16(wanted[passage])):
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
def _note_open(scoring, count):
    """Note which passages still have postings that are not found; return how many."""
    open_count = 0
    for passage in range(count):
        scoring.open[open_count] = passage
        open_count += 1 if scoring.rest[passage] > 0 else 0
    return open_count


@compiled
def _note_sought(group, open_count, groups, scoring):
    """Note whose postings can be in a group; return how many."""
    term, unit = groups.terms[group], groups.units[group]
    count = 0
    for at in range(open_count):
        passage = scoring.open[at]
        scoring.sought[count] = passage
        is_open = scoring.rest[passage] >= unit and scoring.frequencies[passage, term] == 0
        count += 1 if is_open else 0
    return count


@compiled
def _seek(wanted, page, query):
    """Fill in the frequencies of the wanted passages' terms."""
    groups, scoring, members = query.groups, query.work.scoring, query.segment.members
    for kind in range(3):
        open_count = _note_open(scoring, len(wanted))
        # the heaviest terms first: what they bring leaves the least that others can have brought
        for group in range(page.noted - 1, -1, -1):
            size, frequency = groups.sizes[group], groups.frequencies[group]
            if _kind(size, frequency) != kind:
                continue
            count = _note_sought(group, open_count, groups, scoring)
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
