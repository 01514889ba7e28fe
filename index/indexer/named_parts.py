"""The parts of a collection as they are kept: in files or in memory, and which are to be merged.

Segments are alike when they are within a factor of four in size. Those that are merged grow into
the next class, so that a passage is written anew a few times for each fourfold growth of its
corpus, and a search goes through few segments. Opens no file.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.ranking.merging import merge
from index.ranking.part import Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FACTOR = 4
# merging in memory holds up what has come in; a search goes through a small segment at once
_MERGED_IN_MEMORY = 4
# two articles
_SMALLEST_IN_MEMORY = 16
# larger ones are left to whoever writes them to disk
_LARGEST_IN_MEMORY = 2000


@dataclass(frozen=True, slots=True)
class NamedPart:
    """A part of the collection; its segment's file, or None while it is only in memory."""

    name: str | None
    part: Part


def alike(parts: Iterable[NamedPart], smallest: int, count: int) -> list[NamedPart]:
    """Return `count` parts or more of about the same size, the smallest first, or none.

    Up to `smallest` passages are alike; up to four times as many, again.
    """
    tiers: defaultdict[int, list[NamedPart]] = defaultdict(list)
    for each in sorted(parts, key=lambda each: each.part.passage_count):
        tiers[tier(each.part.passage_count, smallest)].append(each)
    return next((tier for _, tier in sorted(tiers.items()) if len(tier) >= count), [])


def tier(passage_count: int, smallest: int) -> int:
    """Return how often a size is four times `smallest`, about."""
    level = 0
    while passage_count > smallest * _FACTOR**level:
        level += 1
    return level


def tidied(parts: Sequence[NamedPart]) -> tuple[NamedPart, ...]:
    """Merge little segments in memory that are alike in size, so that they stay few."""
    kept = [each for each in parts if each.name is not None or each.part.passage_count]
    while group := alike(filter(_is_small, kept), _SMALLEST_IN_MEMORY, _MERGED_IN_MEMORY):
        merged = merge([(each.part.segment, each.part.removed) for each in group])
        kept = [each for each in kept if each not in group]
        kept.append(NamedPart(None, Part(merged)))
    return tuple(kept)


def _is_small(each: NamedPart) -> bool:
    return each.name is None and each.part.segment.passage_count <= _LARGEST_IN_MEMORY
