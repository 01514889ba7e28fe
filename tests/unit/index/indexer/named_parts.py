"""Small segments, for tests to commit and merge."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from index.indexer.named_parts import NamedPart
from index.ranking.building import Origin, SegmentBuilder
from index.ranking.part import Part

if TYPE_CHECKING:
    from collections.abc import Iterable


def unsaved(first_id: int, count: int, removed: Iterable[int] = ()) -> NamedPart:
    """Return a segment in memory of one article; each passage holds "eel" and a word of its own."""
    builder = SegmentBuilder()
    words = [["eel", f"word{first_id + number}"] for number in range(count)]
    builder.add(Origin(article=first_id, first_id=first_id), words)
    return NamedPart(None, Part(builder.build(), np.array(sorted(removed), np.uint32)))


def ids_of(parts: Iterable[NamedPart]) -> list[int]:
    return sorted(int(each) for part in parts for each in part.part.live_ids)
