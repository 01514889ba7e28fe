"""What a segment is made of: an inverted index as arrays, and the bounds of what they can hold.

Knows no files, no text and no scores. The arrays may lie in memory or be mapped from a file.

Passages stand at positions from 0, the newest first (the undated last, equal times by id), so that
a range of dates is a slice. Positions are cut into pages of 65,536.

Terms stand in the order of their UTF-8 bytes. A term in few passages is sparse: an entry a posting,
`position << 8 | frequency`. Any other is grouped: its postings of one page and one frequency are a
group, an entry a group, `page << 27 | frequency << 16 | size - 1`. A group of up to 2,048 postings
is a list: a posting is only an offset into its page, two bytes. A larger one is a bitmap: a bit for
each passage of the page, 4,096 words of two bytes, the lowest bit of the first word for the first
passage. Most postings have the frequency 1.

Neighbours in one article, with ids that follow one another, are a run: what they share (article,
publication, publisher) is kept once.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import TypeAlias

    import numpy.typing as npt

    Array: TypeAlias = npt.NDArray[Any]

PAGE_BITS = 16
PAGE_SIZE = 1 << PAGE_BITS
FREQUENCY_BITS = 11
# a group's entry has 5 bits for its page
MAX_PASSAGE_COUNT = PAGE_SIZE << 5
MAX_FREQUENCY = (1 << FREQUENCY_BITS) - 1
MAX_LENGTH = (1 << 16) - 1
BLOCK_SIZE = 256
# above this, groups take less room than an entry a posting
SPARSE_LIMIT = 64
SPARSE_MAX_FREQUENCY = 255
# of a larger group, a bitmap takes hardly more room, and a search goes through it many times faster
LIST_LIMIT = 2048
WORD_BITS = 16
BITMAP_WORDS = PAGE_SIZE // WORD_BITS
GROUPED = 1 << 31
UNDATED = -(1 << 63)


@dataclass(frozen=True, slots=True)
class Arrays:
    """What a segment is made of: `n` passages, `t` terms, `r` runs.

    prefixes        uint64[t]    the first eight bytes of each term, big-endian
    tails           uint8[…]     what the terms have beyond eight bytes, one after another
    tail_starts     uint32[t+1]  where each begins
    entry_starts    uint32[t+1]  where each term's entries begin; the highest bit says "grouped"
    entries         uint32[…]    ascending within a term; a grouped term has the place of its
                                 first word before the entries of its groups
    members         uint16[…]    of each group, what is in it: ascending offsets, or a bitmap
    lengths         uint16[n]    terms in each passage, repetitions counted
    run_starts      uint32[r+1]  the first position of each run
    run_first_ids   int64[r]     the id of the passage there; the others follow one by one
    run_articles    int64[r]     the number of the article
    run_times       int64[r]     microseconds since 1970, UTC; the least number for an unknown time
    run_days        uint8[r]     1 where only the day is known
    run_publishers  uint32[r]    the number of the publisher, among the segment's
    runs_by_id      uint32[r]    the runs in the order of their first ids
    """

    prefixes: Array
    tails: Array
    tail_starts: Array
    entry_starts: Array
    entries: Array
    members: Array
    lengths: Array
    run_starts: Array
    run_first_ids: Array
    run_articles: Array
    run_times: Array
    run_days: Array
    run_publishers: Array
    runs_by_id: Array

    def named(self) -> dict[str, Array]:
        """Return the arrays by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}
