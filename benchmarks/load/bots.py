"""A bot in a process of its own, and the Discord on this machine that it is connected to."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.sandbox import LoopbackDiscord, open_newsroom

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence
    from pathlib import Path

    from bot.sandbox import Newsroom
    from bot.sandbox.world.model import User

_LAUNCHER = "bot.sandbox.launch"
_LONGEST_START_SECONDS = 60
_NO_VARIABLES: Mapping[str, str] = MappingProxyType({})


@dataclass
class BotProcess:
    """A module that is run as a bot; `launcher` is what points it at the Discord here."""

    module: Sequence[str]
    directory: Path
    discord: LoopbackDiscord
    variables: Mapping[str, str]
    launcher: str = _LAUNCHER
    process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int:
        """Its number; 0 while it does not run."""
        return self.process.pid if self.process and self.process.returncode is None else 0

    async def start(self) -> None:
        """Run it, and wait until it is online and its commands are registered."""
        self.process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", self.launcher, "-m", *self.module),
            env={**os.environ, **self.discord.environment, **self.variables},
            cwd=self.directory,
        )
        await self.discord.sessions.until_online(_LONGEST_START_SECONDS)
        async with asyncio.timeout(_LONGEST_START_SECONDS):
            while not self.discord.commands():  # noqa: ASYNC110 -- nobody tells of them
                await asyncio.sleep(0.05)

    async def kill(self) -> None:
        """End it as a power cut does."""
        if self.process and self.pid:
            self.process.kill()
            await self.process.wait()

    async def end(self) -> None:
        """Ask it to end."""
        if self.process and self.pid:
            self.process.terminate()
            await self.process.wait()


@dataclass(frozen=True)
class Place:
    """Where a bot is asked, and by whom."""

    discord: LoopbackDiscord
    room: Newsroom
    people: Sequence[User]
    bot: BotProcess

    @property
    def alone(self) -> Place:
        """The same place with one person in it."""
        return replace(self, people=self.people[:1])


@asynccontextmanager
async def bot_at_work(
    *module: str,
    directory: Path,
    person_count: int,
    variables: Mapping[str, str] = _NO_VARIABLES,
    launcher: str = _LAUNCHER,
) -> AsyncIterator[Place]:
    """Run a module as a bot for as long as a `with` block lasts, in a place with so many people."""
    async with LoopbackDiscord(judged=False) as discord:
        room = open_newsroom(discord.world)
        people = [discord.world.add_user(f"Reader {number}") for number in range(person_count)]
        room.guild.members.update((each.id, each) for each in people)
        bot = BotProcess(module, directory, discord, variables, launcher)
        try:
            await bot.start()
            yield Place(discord, room, people, bot)
        finally:
            await bot.end()
