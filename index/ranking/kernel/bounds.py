"""What a sum must be, by the passage's length, in numba's code: many passages at a time, or one.

Bounds decide only what is scored in full: whatever is rounded is rounded so that no passage is
left out. Knows no postings.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from index.ranking.kernel.heap import compiled

BLOCK = 256
STRIP = 64
MOST = 255
# for the rounding of bounds
_SLACK = 1.0 - 1e-6
_PARTS = np.uint16(128)
_MOST_PARTS = np.uint16(255 * 128)
_MOST_LENGTH = 65535


class Line(NamedTuple):
    """How sums belong to scores: `score <= sum / (fixed + slope * length) / scale`."""

    fixed: Any
    slope: Any


class Demand(NamedTuple):
    """What a passage needs to reach the bar: `fixed + slope * length` units.

    `parts` is the same in whole parts of a unit, up to lengths of `longest`: for arithmetic of 16
    bits, which goes through more passages at once.
    """

    fixed: Any
    slope: Any
    parts: Any
    parts_slope: Any
    longest: Any


@compiled
def line_of(norms, k1):
    """Return how sums belong to scores where a length, from 0, dampens by `norms`."""
    slope = (norms[-1] - norms[0]) / max(len(norms) - 1, 1)
    return Line((1.0 + norms[0]) / (k1 + 1.0), slope / (k1 + 1.0))


@compiled
def demand_of(bar, scale, line):
    """Return what it takes to reach a score."""
    needed = bar * scale * _SLACK
    fixed, slope = needed * line.fixed, needed * line.slope
    parts = np.uint16(min(fixed, MOST) * _PARTS)
    parts_slope = np.uint16(min(slope, MOST) * _PARTS)
    # a sum of 255 may be any greater one, so that nothing demands more
    longest = np.uint16(min((_MOST_PARTS - parts) // max(parts_slope, np.uint16(1)), _MOST_LENGTH))
    return Demand(np.float32(fixed), np.float32(slope), parts, parts_slope, longest)


@compiled
def reaches(total, length, demand):
    """Whether a sum is what a length demands."""
    return total == MOST or np.float32(total) - demand.slope * np.float32(length) >= demand.fixed


@compiled
def strip_reaches(sums, lengths, demand):
    """Whether one of 64 sums is what its length demands; one that is not may pass for it."""
    # comparisons over a fixed count become vector instructions; an early exit would not
    found = False
    for i in range(STRIP):
        length = min(lengths[i], demand.longest)
        needed = np.uint16(demand.parts + np.uint16(demand.parts_slope * length))
        found |= np.uint16(sums[i] * _PARTS) >= needed
    return found


@compiled
def block_reaches(sums, lengths, demand):
    """Tell the same of 256."""
    found = False
    for i in range(BLOCK):
        length = min(lengths[i], demand.longest)
        needed = np.uint16(demand.parts + np.uint16(demand.parts_slope * length))
        found |= np.uint16(sums[i] * _PARTS) >= needed
    return found


@compiled
def greatest(sums):
    """Return the greatest of 256 sums."""
    most = np.uint8(0)
    for i in range(BLOCK):
        total = sums[i]
        most = max(most, total)
    return most


@compiled
def _strip_holds(sums, wanted):
    found = False
    for i in range(STRIP):
        found |= sums[i] == wanted
    return found


@compiled
def first_offset(sums, offset, wanted):
    """Return the first offset, from a given one, with a sum that is known to be there."""
    while not _strip_holds(sums[offset : offset + STRIP], wanted):
        offset += STRIP
    while sums[offset] != wanted:
        offset += 1
    return offset
