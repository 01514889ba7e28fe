"""The command: kills Pullquote at random moments of all that it writes, and prints a table.

    uv run python -m benchmarks.kills [--kills 500] [--seed N]

After each kill a bot opens the data and answers, `verify` looks at them, and what was told to be
stored is looked for. "cut short" are restores whose rest is kept aside, as `verify` then says.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from contextlib import asynccontextmanager
from itertools import cycle
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from benchmarks.engines.machine import describe_machine
from benchmarks.kills.checks import Tally, check
from benchmarks.kills.on_discord import Reindexes, Settings
from benchmarks.kills.operations import Backups, Commits, Ingests, Restores, Runs
from bot import telemetry
from bot.sandbox import LoopbackDiscord, open_newsroom
from tests.integration.news_site.site import NewsSite

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from benchmarks.kills.operations import Operation


def parsed() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="benchmarks.kills",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=time.time_ns())
    return parser.parse_args()


async def kill_all(directory: Path, kill_count: int, seed: int) -> dict[str, Tally]:
    """Kill each operation in turn, until so many kills are done; return what came of them."""
    chance = Random(seed)  # noqa: S311 -- so that it can be repeated
    async with _operations(directory, chance) as operations, LoopbackDiscord(judged=False) as local:
        room = open_newsroom(local.world)
        tallies = {name: Tally() for name in operations}
        for operation in operations.values():
            await operation.prepare()
        for name in cycle(operations):
            if sum(each.kills for each in tallies.values()) >= kill_count:
                break
            operation, tally = operations[name], tallies[name]
            # what has ended by itself before is held to the same, and is no kill
            tally.kills += await operation.strike()
            restores = isinstance(operation, Restores)
            passages = await check(operation.data_dir, local, room, tally, restores=restores)
            tally.lost += operation.lost(passages)
    return tallies


@asynccontextmanager
async def _operations(directory: Path, chance: Random) -> AsyncIterator[Mapping[str, Operation]]:
    async with NewsSite(seed=str(chance.random())) as site:
        yield {
            "pullquote ingest": Ingests(directory / "ingest", chance, site),
            "pullquote index": Runs(directory / "index", chance, prune=False),
            "commit and merge": Commits(directory / "commit", chance),
            "/reindex in a bot": Reindexes(directory / "reindex", chance),
            "/settings in a bot": Settings(directory / "settings", chance),
            "pullquote backup": Backups(directory / "backup", chance),
            "pullquote restore": Restores(directory / "restore", chance),
            "pullquote index --prune": Runs(directory / "prune", chance, prune=True),
        }


def main() -> None:
    """Kill, print a line an operation, and exit with 1 where anything was wrong."""
    options = parsed()
    telemetry.configure("error", "json", questions=False)
    print(f"{describe_machine()}\nseed {options.seed}", flush=True)
    with tempfile.TemporaryDirectory() as directory:
        tallies = asyncio.run(kill_all(Path(directory), options.kills, options.seed))
    columns = ("kills", "lost", "twice", "disagreements", "cut short")
    print(f"{'':26}" + "".join(f"{name:>15}" for name in columns))
    for name, each in tallies.items():
        figures = (each.kills, each.lost, each.twice, each.disagreements, each.cut_short)
        print(f"{name:26}" + "".join(f"{figure:>15}" for figure in figures))
    sys.exit(any(each.lost or each.twice or each.disagreements for each in tallies.values()))


if __name__ == "__main__":
    main()
