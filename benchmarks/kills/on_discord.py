"""What an owner has a running bot do on Discord, killed meanwhile."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from benchmarks.kills.operations import Runs
from benchmarks.load.bots import bot_at_work
from bot.storage.memory import Memory
from tests.integration.editions import FILE_COUNT, publish

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path
    from random import Random

    from benchmarks.load.bots import Place
    from index import Passage

_ZONES = ("Europe/Berlin", "Europe/London", "America/New_York", "Asia/Tokyo")
_MOST_SETTINGS = 20
_PATIENCE_SECONDS = 60


class Reindexes(Runs):
    """`/reindex` in a running bot, over files that have changed."""

    def __init__(self, directory: Path, chance: Random):
        super().__init__(directory, chance, prune=False)

    async def strike(self) -> bool:
        """Have everything read again, and kill the bot meanwhile."""
        for file in self.chance.sample(range(FILE_COUNT), k=3):
            edition = self.chance.randrange(1, 10**9)
            publish(self.folder, file, edition)
            self.may_be[file].add(edition)
        async with bot_over(self.data_dir) as place:
            place.discord.slash(place.room.olive, place.room.general, "reindex")
            await asyncio.sleep(self.chance.uniform(0, 0.6))
            await place.bot.kill()
        return True


class Settings(Runs):
    """`/settings set` in a running bot: what was confirmed holds, or what was asked for since."""

    def __init__(self, directory: Path, chance: Random):
        super().__init__(directory, chance, prune=False)
        self._lost = False

    async def strike(self) -> bool:
        """Decide one time zone after another, and kill the bot meanwhile."""
        async with bot_over(self.data_dir) as place:
            asked: list[str] = [""]
            confirmed = 0

            async def decide() -> None:
                nonlocal confirmed
                for number in range(_MOST_SETTINGS):
                    asked.append(_ZONES[number % len(_ZONES)])
                    deciding = place.discord.slash(
                        place.room.olive, place.room.general, "settings set", zone=asked[-1]
                    )
                    await deciding.final(_PATIENCE_SECONDS)
                    confirmed = number + 1

            task = asyncio.create_task(decide())
            await asyncio.wait([task], timeout=self.chance.uniform(0, 0.6))
            await place.bot.kill()
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            async with await Memory.open(self.data_dir) as memory:
                zone = memory.servers.of(place.room.guild.id).zone or ""
        self._lost = zone not in asked[confirmed:]
        return True

    def lost(self, passages: Sequence[Passage]) -> int:
        """Count a decision that was confirmed and is not there, too."""
        return self._lost + super().lost(passages)


def bot_over(data_dir: Path) -> AbstractAsyncContextManager[Place]:
    """Run a bot over some data, as a process of its own."""
    variables = {"PULLQUOTE_DATA_DIR": str(data_dir), "PULLQUOTE_LOG_LEVEL": "error"}
    return bot_at_work("bot", "run", directory=data_dir.parent, person_count=1, variables=variables)
