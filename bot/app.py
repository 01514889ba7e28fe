"""The composition root: settings in, a running bot out."""

from __future__ import annotations

import asyncio
import signal
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import structlog

from bot import telemetry
from bot.answering.answerer import Answerer
from bot.client import DisconnectedError, PullquoteClient, connect
from bot.commands.catalogue import Parts
from bot.commands.cooldown import Cooldown
from bot.storage.memory import Memory
from index import KernelLoader, NewsIndex, PullquoteError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator
    from pathlib import Path

    from bot.settings import Settings

_log = structlog.stdlib.get_logger(__name__)

FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 60.0


async def serve(settings: Settings, data_dir: Path | None = None) -> None:
    """Run the bot until SIGTERM or SIGINT, then close everything in order.

    `data_dir` stands in for the setting. Raises SettingsError without a token, StartError when
    Discord does not let the bot in, StorageError when the data cannot be used.
    """
    token = settings.token()
    telemetry.configure(settings.log_level, settings.log_format, questions=settings.log_questions)
    await _until_stopped(_answer_questions(settings, token, data_dir or settings.data_dir))
    _log.info("stopped")


async def _answer_questions(settings: Settings, token: str, directory: Path) -> None:
    kernel = KernelLoader()
    async with (
        await NewsIndex.open(directory, kernel=kernel.current) as news,
        await Memory.open(directory, settings.kept_days, _now()) as memory,
    ):
        # when the index is open: importing numba would slow that down. NumPy answers meanwhile, and
        # Discord takes about as long to let the bot in
        kernel.start()
        statistics = await news.statistics()
        _log.info("starting", articles=statistics.article_count, data=str(directory))
        if not statistics.article_count:
            _log.warning("there are no articles yet; add some with `pullquote index FOLDER`")
        parts = Parts(
            answers=Answerer(news),
            news=news,
            memory=memory,
            cooldown=Cooldown(settings.cooldown_count, settings.cooldown_seconds),
            clock=_now,
            version=version("pullquote"),
        )
        await _until_one_ends(
            stay_connected(lambda: PullquoteClient(parts), token),
            keep_fresh(news, settings.refresh_seconds),
        )


async def stay_connected(
    make_client: Callable[[], PullquoteClient],
    token: str,
    first_wait_seconds: float = FIRST_WAIT_SECONDS,
) -> None:
    """Connect, and again with a new client whenever that fails for a reason that may pass.

    Raises StartError. A client is not used twice, since discord.py's do not survive a failed start.
    """
    wait_seconds = first_wait_seconds
    while True:
        client = make_client()
        try:
            await connect(client, token)
        except DisconnectedError as error:
            if client.was_ready:
                wait_seconds = first_wait_seconds
            longer_seconds = max(wait_seconds, error.retry_after_seconds)
            _log.warning(f"{error} Trying again.", wait_seconds=longer_seconds)
            await asyncio.sleep(longer_seconds)
            wait_seconds = min(2 * wait_seconds, LONGEST_WAIT_SECONDS)
        else:
            return


async def keep_fresh(news: NewsIndex, every_seconds: float) -> None:
    """Take up, for ever, what index runs of other processes have stored."""
    while True:
        await asyncio.sleep(every_seconds)
        try:
            if await news.refresh():
                _log.info("news refreshed")
        except PullquoteError as error:
            _log.warning("news not refreshed", reason=str(error))


async def _until_stopped(job: Coroutine[Any, Any, None]) -> None:
    """Run the job until it ends, or a signal asks for it, however early."""
    stop = asyncio.Event()
    with _signals(stop.set):
        await _until_one_ends(job, _wait(stop))


async def _until_one_ends(*jobs: Coroutine[Any, Any, None]) -> None:
    """Run all until one of them ends; then end the others in order."""
    tasks = [asyncio.create_task(job) for job in jobs]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
    for result in results:
        if isinstance(result, Exception):
            raise result


async def _wait(stop: asyncio.Event) -> None:
    await stop.wait()


@contextmanager
def _signals(stop: Callable[[], None]) -> Iterator[None]:
    """Call `stop` at SIGTERM and SIGINT, where the platform can tell of them."""
    loop = asyncio.get_running_loop()
    try:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop)
    except NotImplementedError:  # Windows: Ctrl+C arrives as a cancellation instead
        yield
        return
    try:
        yield
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)


def _now() -> datetime:
    return datetime.now(UTC)
