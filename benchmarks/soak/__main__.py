"""The command: runs the bot under load for many minutes while things go wrong, and prints a table.

    uv run python -m benchmarks.soak CORPUS QUESTIONS [--minutes 20] [--people 50] [--only FAULT]

CORPUS are articles as JSON lines (perhaps `.gz`), QUESTIONS are JSON lines with a `question`. The
bot is a process of its own, with a Discord and an outlet on this machine; the outlet publishes a
story every five seconds, and the bot follows its feed. So many people ask, each a second after the
last answer. Everything that goes wrong lasts as long as everything else; then all is healed, and
the table says after how many seconds a question was answered. At the end the data are verified.
The clock is moved where there is a C compiler, and the disk is filled where one can be mounted;
elsewhere, these are left out.

"lost" are questions without an answer within the three seconds of an acknowledgement, or without
one of use: while there is no connection, Discord itself tells so to whoever asks, and where Discord
refuses an answer five times, in 25 seconds, the client gives up and the bot says so in a sentence.

Where the bot is killed, Python cleans up after it and speaks of leaked semaphores: its own.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.engines.machine import describe_machine
from benchmarks.load.asking import Asked, ask_for
from benchmarks.load.bots import bot_at_work
from benchmarks.load.news import ChangingNews
from benchmarks.soak.faults import FAULTS, Scene, possible
from benchmarks.soak.surroundings import Clock, Names, small_disk
from benchmarks.soak.vital_signs import vital_signs
from bot.views.limits import QUESTION_LENGTH
from tests.integration.news_site.site import NewsSite

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence

    from tests.integration.news_site.outlet import Outlet

_VARIABLES = {
    "PULLQUOTE_ALLOW_PRIVATE_NETWORKS": "true",
    "PULLQUOTE_COOLDOWN_COUNT": "1000",
    "PULLQUOTE_COOLDOWN_SECONDS": "0.1",
    "PULLQUOTE_LOG_LEVEL": "error",
}
LAUNCHER = "benchmarks.soak.launching"
_PAUSE_SECONDS = 1.0
_PUBLISHED_EVERY_SECONDS = 5.0
_LONGEST_RECOVERY_SECONDS = 60
_COLUMNS = ("questions", "lost", "ack p99 ms", "answer p99 ms", "well after s", "MB", "own MB")


def parsed() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="benchmarks.soak",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--only", action="append", choices=list(FAULTS), help="may be repeated")
    return parser.parse_args()


async def soak(options: argparse.Namespace, directory: Path) -> int:
    """Print a line for each thing that goes wrong; return what `pullquote verify` returns."""
    lines = options.questions.read_text(encoding="utf-8").splitlines()
    asked_for = (json.loads(line)["question"] for line in lines)
    questions = [each for each in asked_for if len(each) <= QUESTION_LENGTH]
    (directory / "news").mkdir()
    news, data_dir = ChangingNews(options.corpus, directory / "news"), directory / "disk" / "data"
    async with NewsSite() as site:
        outlet = site.outlet("soak.test")
        outlet.publish()
        clock, names = Clock(directory), Names(directory, site.hosts)
        variables = {
            **_VARIABLES,
            "PULLQUOTE_DATA_DIR": str(data_dir),
            **clock.variables,
            **names.variables,
        }
        with small_disk(directory / "disk") as disk:
            await news.index(data_dir)
            await pullquote("feeds", "add", outlet.feed_url(), "--every", "1m", variables=variables)
            async with (
                bot_at_work(
                    *("bot", "run"),
                    directory=directory,
                    person_count=options.people,
                    variables=variables,
                    launcher=LAUNCHER,
                ) as place,
                _publishing(outlet),
            ):
                database = data_dir / "pullquote.sqlite3"
                scene = Scene(place, news, outlet, database, clock, names, disk)
                await _all_told(scene, questions, 60 * options.minutes, options.only)
            await pullquote("feeds", "list", variables=variables)
            return await pullquote("verify", variables=variables)


async def pullquote(*arguments: str, variables: Mapping[str, str]) -> int:
    """Run the command, and return its status."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", LAUNCHER, "-m", "bot", *arguments),
        env={**os.environ, **variables},
    )
    return await process.wait()


async def _all_told(
    scene: Scene, questions: Sequence[str], seconds: float, only: Sequence[str] | None
) -> None:
    print(f"{'':24}" + "".join(f"{name:>15}" for name in (*_COLUMNS, "open files")))
    names = [each for each in possible(scene) if not only or each in only]
    for name in names:
        await _told(name, scene, questions, seconds / len(names))
    for name in FAULTS.keys() - set(possible(scene)):
        print(f"{name:24} cannot be had on this machine")


async def _told(name: str, scene: Scene, questions: Sequence[str], seconds: float) -> None:
    asked, ends = Asked(), asyncio.Event()
    going_wrong = asyncio.create_task(FAULTS[name](scene, ends))
    await ask_for(seconds, scene.place, questions, asked, _PAUSE_SECONDS)
    ends.set()
    await going_wrong
    recovered = await _recovered(scene, questions[0])
    signs = vital_signs(scene.place.bot.pid)
    figures = asked.figures()
    shown = [
        f"{len(asked.answered):,}",
        f"{asked.lost_count:,}",
        f"{figures['acknowledged, p99 ms']:,.0f}",
        f"{figures['answered, p99 ms']:,.0f}",
        f"{recovered:,.1f}",
        *(
            [f"{signs.resident:,.0f}", f"{signs.private:,.0f}", f"{signs.open_files}"]
            if signs
            else []
        ),
    ]
    print(f"{name:24}" + "".join(f"{each:>15}" for each in shown), flush=True)


async def _recovered(scene: Scene, question: str) -> float:
    """Return after how many seconds somebody gets an answer. Raises TimeoutError."""
    began = time.perf_counter()
    place = scene.place
    async with asyncio.timeout(_LONGEST_RECOVERY_SECONDS):
        while True:
            asked = Asked()
            await ask_for(0.01, place.alone, [question], asked)
            if not asked.lost_count:
                return time.perf_counter() - began


@asynccontextmanager
async def _publishing(outlet: Outlet) -> AsyncIterator[None]:
    async def keep_publishing() -> None:
        while True:
            await asyncio.sleep(_PUBLISHED_EVERY_SECONDS)
            outlet.publish()

    task = asyncio.create_task(keep_publishing())
    yield
    task.cancel()


def main() -> None:
    """Soak, and exit with 1 where the data are not as they should be."""
    options = parsed()
    print(describe_machine(), flush=True)
    with tempfile.TemporaryDirectory() as directory:
        status = asyncio.run(soak(options, Path(directory)))
    sys.exit(status)


if __name__ == "__main__":
    main()
