"""Commands to be killed, and what each has to leave behind of what it was told is stored."""

from __future__ import annotations

import asyncio
import json
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from benchmarks.kills.killing import run_and_kill
from benchmarks.soak.__main__ import pullquote
from bot.operations.archive import check_archive, read_contents
from bot.operations.backup import back_up
from bot.operations.restore import cut_short
from bot.storage.memory import Memory
from index import NewsIndex
from index.errors import PullquoteError
from tests.integration.bot.live import NOW
from tests.integration.editions import (
    FILE_COUNT,
    articles_of,
    edition_of,
    process_of,
    publish,
    write_for_ever,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from random import Random

    from index import Passage
    from tests.integration.news_site.outlet import Outlet
    from tests.integration.news_site.site import NewsSite

_USUAL_SECONDS = 1.5


class Operation(Protocol):
    """Something that is killed again and again over one data directory."""

    data_dir: Path

    async def prepare(self) -> None:
        """Make data to begin with."""
        ...

    async def strike(self) -> bool:
        """Begin it, and kill it; tell whether that was before its end."""
        ...

    def lost(self, passages: Sequence[Passage]) -> int:
        """Return how much of what was stored is not there."""
        ...


class Runs:
    """`pullquote index` over files that change, with `--prune` over files that go, too."""

    def __init__(self, directory: Path, chance: Random, *, prune: bool):
        self.folder, self.data_dir = directory / "news", directory / "data"
        self.chance, self._prune = chance, prune
        # what may be stored of each file: an edition that was, or the newest
        self.may_be: dict[int, set[int | None]] = {}

    async def prepare(self) -> None:
        """Make data to begin with."""
        self.folder.mkdir(parents=True)
        for file in range(FILE_COUNT):
            publish(self.folder, file, file)
            self.may_be[file] = {file}
        await indexed(self.data_dir, self.folder)

    async def strike(self) -> bool:
        """Begin it, and kill it; tell whether that was before its end."""
        for file in self.chance.sample(range(FILE_COUNT), k=3):
            if self._prune and self.chance.random() < 0.5:
                (self.folder / f"{file}.jsonl").unlink(missing_ok=True)
                self.may_be[file].add(None)
            else:
                edition = self.chance.randrange(10**9)
                publish(self.folder, file, edition)
                self.may_be[file].add(edition)
        options = ["--prune"] if self._prune else []
        _, is_killed = await run_and_kill(
            self.data_dir,
            self.chance,
            *("index", str(self.folder), "--json", *options),
            usual_seconds=_USUAL_SECONDS,
        )
        return is_killed

    def lost(self, passages: Sequence[Passage]) -> int:
        """Return how much of what was stored is not there."""
        names: dict[int, set[str]] = {}
        editions: dict[int, set[int]] = {}
        for passage in passages:
            file = int(passage.article.id.partition("-")[0])
            names.setdefault(file, set()).add(passage.article.id)
            editions.setdefault(file, set()).add(edition_of(passage.text))
        lost = 0
        for file, may_be in self.may_be.items():
            there: set[int | None] = set(editions.get(file, ())) or {None}
            (edition, *others) = there
            whole = (
                {each["id"] for each in articles_of(file, edition)}
                if edition is not None
                else set()
            )
            is_whole = edition is None or names[file] == whole
            lost += bool(others) or edition not in may_be or not is_whole
        return lost


class Commits(Runs):
    """Commits and merges of segments, by a process that does nothing else."""

    def __init__(self, directory: Path, chance: Random):
        super().__init__(directory, chance, prune=True)

    async def strike(self) -> bool:
        """Begin it, and kill it; tell whether that was before its end."""
        seed = str(self.chance.random())
        with process_of(write_for_ever, self.folder, self.data_dir, seed):
            await asyncio.sleep(self.chance.uniform(0.05, 0.6))
        return True

    def lost(self, passages: Sequence[Passage]) -> int:
        """Return how much of what was stored is not there."""
        # which editions it came to nobody knows; each file is whole, though
        by_file: dict[str, set[int]] = {}
        for passage in passages:
            file = passage.article.id.partition("-")[0]
            by_file.setdefault(file, set()).add(edition_of(passage.text))
        return sum(len(editions) != 1 for editions in by_file.values())


class Ingests:
    """`pullquote ingest` from outlets that publish and revise."""

    def __init__(self, directory: Path, chance: Random, site: NewsSite):
        self.data_dir = directory / "data"
        self.chance, self._site = chance, site
        self._outlets: list[Outlet] = [site.outlet(f"paper-{n}.test") for n in range(3)]
        self._reported: set[str] = set()

    async def prepare(self) -> None:
        """Make data to begin with."""
        for outlet in self._outlets:
            outlet.room.feed_length = 10_000
            await self._follow(self._site.local(outlet.feed_url()))

    async def strike(self) -> bool:
        """Begin it, and kill it; tell whether that was before its end."""
        for outlet in self._outlets:
            for _ in range(self.chance.randint(1, 3)):
                outlet.publish()
        lines, is_killed = await run_and_kill(
            self.data_dir,
            self.chance,
            *("ingest", "--once", "--all", "--json"),
            usual_seconds=_USUAL_SECONDS,
        )
        events = [json.loads(line) for line in lines]
        self._reported |= {each["url"] for each in events if each["event"] == "stored"}
        return is_killed

    def lost(self, passages: Sequence[Passage]) -> int:
        """Return how much of what was stored is not there."""
        return len(self._reported - {passage.article.url for passage in passages})

    async def _follow(self, feed: str) -> None:
        settings = {
            "PULLQUOTE_DATA_DIR": str(self.data_dir),
            "PULLQUOTE_ALLOW_PRIVATE_NETWORKS": "true",
        }
        assert await pullquote("feeds", "add", feed, variables=settings) == 0


class Backups(Runs):
    """`pullquote backup --overwrite`: the file is the backup before or the one after."""

    def __init__(self, directory: Path, chance: Random):
        super().__init__(directory, chance, prune=False)
        self._archive = directory / "backup.zip"

    async def prepare(self) -> None:
        """Make data to begin with."""
        await super().prepare()
        async with await Memory.open(self.data_dir):
            pass
        await asyncio.to_thread(back_up, self.data_dir, self._archive, NOW)

    async def strike(self) -> bool:
        """Begin it, and kill it; tell whether that was before its end."""
        _, is_killed = await run_and_kill(
            self.data_dir,
            self.chance,
            *("backup", str(self._archive), "--overwrite"),
            usual_seconds=_USUAL_SECONDS,
        )
        return is_killed

    def lost(self, passages: Sequence[Passage]) -> int:
        """Return how much of what was stored is not there."""
        try:
            check_archive(self._archive, read_contents(self._archive))
        except PullquoteError:
            return 1 + super().lost(passages)
        return super().lost(passages)


class Restores(Backups):
    """`pullquote restore --replace` of two backups in turn: the data are of one of them."""

    def __init__(self, directory: Path, chance: Random):
        super().__init__(directory, chance)
        self._archives = [directory / "first.zip", directory / "second.zip"]

    async def prepare(self) -> None:
        """Make data to begin with."""
        await super().prepare()
        for number, archive in enumerate(self._archives):
            for file in range(FILE_COUNT):
                publish(self.folder, file, 100 + number)
                self.may_be[file] = {100, 101}
            await indexed(self.data_dir, self.folder)
            await asyncio.to_thread(back_up, self.data_dir, archive, NOW)

    async def strike(self) -> bool:
        """Begin it, and kill it; tell whether that was before its end."""
        # as whoever operates it is told to, after a restore that was cut short
        for left in cut_short(self.data_dir):
            shutil.rmtree(left)
        _, is_killed = await run_and_kill(
            self.data_dir,
            self.chance,
            *("restore", str(self.chance.choice(self._archives)), "--replace"),
            usual_seconds=_USUAL_SECONDS,
        )
        return is_killed

    def lost(self, passages: Sequence[Passage]) -> int:
        """Return how much of what was stored is not there."""
        mixed = len({edition_of(passage.text) for passage in passages}) != 1
        return mixed + super().lost(passages)


async def indexed(data_dir: Path, folder: Path) -> None:
    """Index a folder, to the end."""
    async with await NewsIndex.open(data_dir) as news:
        await news.ingest([folder])
        with suppress(PullquoteError):
            await news.settled()
