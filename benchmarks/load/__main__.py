"""The command: what people wait for under load, beside a bot that answers at once.

    uv run python -m benchmarks.load CORPUS QUESTIONS [--people 50] [--seconds 20] [--rounds 3]

CORPUS are articles as JSON lines (perhaps `.gz`), QUESTIONS are JSON lines with a `question`. Each
bot is a process of its own, connected to a Discord on this machine by the real client. So many
people ask with /ask, each again as soon as the last answer is there:

empty      a bot whose command answers at once: what Discord, client and machine allow
answering  Pullquote
reindexing Pullquote, while an admin has files read again that change before each /reindex

They take turns, for so many seconds each, in so many rounds.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.engines.machine import describe_machine
from benchmarks.load.asking import Asked, ask_for
from benchmarks.load.bots import bot_at_work
from benchmarks.load.news import ChangingNews
from bot.views.limits import QUESTION_LENGTH

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from benchmarks.load.bots import Place

_VARIABLES = {
    # nobody is asked to wait
    "PULLQUOTE_COOLDOWN_COUNT": "1000",
    "PULLQUOTE_COOLDOWN_SECONDS": "0.1",
    "PULLQUOTE_LOG_LEVEL": "error",
}
_WARM_UP_SECONDS = 5
_REINDEX_SECONDS = 120


def parsed() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="benchmarks.load",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


async def measured(options: argparse.Namespace, directory: Path) -> dict[str, Asked]:
    """Ask both bots in turns, and return what came of it."""
    lines = options.questions.read_text(encoding="utf-8").splitlines()
    asked_for = (json.loads(line)["question"] for line in lines)
    questions = [each for each in asked_for if len(each) <= QUESTION_LENGTH]
    folder, data_dir = directory / "news", directory / "data"
    folder.mkdir()
    news = ChangingNews(options.corpus, folder)
    await news.index(data_dir)
    asked = {"empty": Asked(), "answering": Asked(), "reindexing": Asked()}
    async with AsyncExitStack() as stack:
        empty, ours = [
            await stack.enter_async_context(
                bot_at_work(
                    *module,
                    directory=directory,
                    person_count=options.people,
                    variables=_VARIABLES | {"PULLQUOTE_DATA_DIR": str(data_dir)},
                )
            )
            for module in (["benchmarks.load.empty_bot"], ["bot", "run"])
        ]
        for place in (empty, ours):
            await ask_for(_WARM_UP_SECONDS, place, questions, Asked())
        for _ in range(options.rounds):
            await ask_for(options.seconds, empty, questions, asked["empty"])
            await ask_for(options.seconds, ours, questions, asked["answering"])
            async with _reindexing(ours, news):
                await ask_for(options.seconds, ours, questions, asked["reindexing"])
    return asked


@asynccontextmanager
async def _reindexing(place: Place, news: ChangingNews) -> AsyncIterator[None]:
    """Let an admin reindex again and again meanwhile."""
    ends = asyncio.Event()

    async def keep_reindexing() -> None:
        while not ends.is_set():
            news.change()
            asking = place.discord.slash(place.room.olive, place.room.general, "reindex")
            await asking.final(_REINDEX_SECONDS)

    task = asyncio.create_task(keep_reindexing())
    yield
    ends.set()
    await task


def main() -> None:
    """Print a table: a measure a line, a bot a column."""
    options = parsed()
    print(describe_machine(), flush=True)
    with tempfile.TemporaryDirectory() as directory:
        asked = asyncio.run(measured(options, Path(directory)))
    columns = {name: each.figures() for name, each in asked.items()}
    print(f"{'':26}" + "".join(f"{name:>12}" for name in columns))
    for measure in next(iter(columns.values())):
        print(f"{measure:26}" + "".join(f"{each[measure]:12,.1f}" for each in columns.values()))


if __name__ == "__main__":
    main()
