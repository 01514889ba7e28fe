"""What following the news takes in memory, while ten thousand articles come in."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from benchmarks.engines.machine import children_peak, forget_peak, resident, resident_peak
from benchmarks.ingestion.outlets import outlets
from benchmarks.ingestion.polling import gathering_of
from index.gathering.model import EventKind

if TYPE_CHECKING:
    from index.gathering.model import GatheringEvent

_ARTICLE_COUNT = 10_000
_OUTLET_COUNT = 100
_ROUNDS = 5


def measure(scale: float) -> dict[str, float]:
    """Return megabytes of this process after each round, and the most of it and of its workers."""
    return asyncio.run(_measure(round(_ARTICLE_COUNT * scale)))


async def _measure(article_count: int) -> dict[str, float]:
    each = max(1, article_count // (_OUTLET_COUNT * _ROUNDS))
    figures: dict[str, float] = {}
    stored = 0

    def count(event: GatheringEvent) -> None:
        nonlocal stored
        stored += event.kind is EventKind.STORED

    with outlets(_OUTLET_COUNT, 0) as served:
        async with gathering_of(served, "full.xml") as (news, gathering):
            forget_peak()
            figures["MB before the first article"] = resident() or 0.0
            for _ in range(_ROUNDS):
                served.publish(each)
                await gathering.run_once(count, everything=True)
                figures[f"MB after {stored:,} articles"] = resident() or 0.0
            assert (await news.statistics()).article_count == stored
            assert stored == each * _OUTLET_COUNT * _ROUNDS
    figures["MB at most, this process"] = resident_peak() or 0.0
    figures["MB at most, a worker"] = children_peak()
    return figures
