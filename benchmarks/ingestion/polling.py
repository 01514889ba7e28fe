"""Thousands of feeds in one round, of which some fail: all of it, from the request to the store."""

from __future__ import annotations

import asyncio
import tempfile
import time
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.ingestion.outlets import outlets
from index import NewsIndex
from index.gathering.gathering import Gathering
from index.gathering.model import EventKind, GatheringPolicy
from index.ingestion.feeds.opml import Outline, write_opml

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from benchmarks.ingestion.outlets import Outlets
    from index.gathering.model import GatheringReport

_FEED_COUNT = 2000
_FAILING_SHARE = 0.01
_STORIES_EACH = 3


@asynccontextmanager
async def gathering_of(served: Outlets, path: str) -> AsyncIterator[tuple[NewsIndex, Gathering]]:
    """Follow a path of every outlet, in a data directory of its own."""
    policy = GatheringPolicy(allow_private_networks=True)
    with tempfile.TemporaryDirectory() as directory:
        async with (
            await NewsIndex.open(Path(directory)) as news,
            await Gathering.open(
                news, policy, user_agent_version="0", resolver=served.resolver()
            ) as gathering,
        ):
            outlines = [Outline(url, None, ()) for url in served.urls(path)]
            await gathering.feeds.import_opml(write_opml(outlines, title="Outlets"))
            yield news, gathering


def measure(scale: float) -> dict[str, float]:
    """Return feeds a second: when all is new, when nothing is, and when a little is."""
    return asyncio.run(_measure(max(100, round(_FEED_COUNT * scale))))


async def _measure(count: int) -> dict[str, float]:
    failing_count = round(count * _FAILING_SHARE)
    good_count = count - failing_count
    figures: dict[str, float] = {"feeds": count, "of which fail": failing_count}
    with outlets(count, _STORIES_EACH, failing_count) as served:
        async with gathering_of(served, "full.xml") as (_, gathering):
            first, seconds = await _round(gathering)
            assert first.counts[EventKind.STORED] == good_count * _STORIES_EACH
            assert first.counts[EventKind.FAILED] == failing_count
            figures["all new: feeds a second"] = count / seconds
            figures["all new: articles a second"] = good_count * _STORIES_EACH / seconds
            second, seconds = await _round(gathering)
            assert second.counts[EventKind.UNCHANGED] == good_count
            figures["nothing new: feeds a second"] = count / seconds
            served.publish(1)
            third, seconds = await _round(gathering)
            assert third.counts[EventKind.STORED] == good_count
            figures["a story each: feeds a second"] = count / seconds
            figures["a story each: articles a second"] = good_count / seconds
    return figures


async def _round(gathering: Gathering) -> tuple[GatheringReport, float]:
    began = time.perf_counter()
    report = await gathering.run_once(everything=True)
    return report, time.perf_counter() - began
