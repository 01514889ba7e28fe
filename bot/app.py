"""The composition root: settings in, a running bot out."""

from __future__ import annotations

import asyncio
import signal
import sys
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Protocol

import structlog

from bot import following, telemetry
from bot.answering.answerer import Answerer
from bot.client import DisconnectedError, IntentsRefusedError, PullquoteClient, connect
from bot.commands.catalogue import Parts
from bot.commands.chosen_publishers import NewsOfServers
from bot.commands.cooldown import Cooldown
from bot.commands.message_content import MessageContent
from bot.commands.speaking import Speaking
from bot.commands.verifying import Verifying
from bot.operations.error_reports import error_reports
from bot.operations.reloading import Reloading
from bot.operations.shared_arenas import share_arenas
from bot.operations.verifying_aside import verified_aside
from bot.operations.watch import Watch
from bot.storage.memory import Memory
from bot.storage.servers import ServerLanguages
from bot.texts import Languages
from index import KernelLoader, NewsIndex, PullquoteError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
    from pathlib import Path

    from bot.settings import Settings

_log = structlog.stdlib.get_logger(__name__)

FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 60.0


class Refreshing(Protocol):
    """News that other processes add to."""

    async def refresh(self) -> bool:
        """Take up what is new; tell whether anything was."""
        ...


async def serve(
    settings: Settings,
    data_dir: Path | None = None,
    on_fresh: Callable[[], None] = lambda: None,
) -> None:
    """Run the bot until SIGTERM or SIGINT, then close everything in order.

    SIGHUP has the settings read again. `data_dir` stands in for the setting; `on_fresh` is told
    whenever all that is stored can be asked about. Raises SettingsError without a token, StartError
    when Discord does not let the bot in, StorageError when the data cannot be used, OperationError
    when health cannot be told.
    """
    share_arenas()
    token = settings.token()
    cooldown = Cooldown()

    with error_reports(settings.dsn(), version("pullquote")) as reports:

        def apply(newest: Settings) -> None:
            questions = newest.log_questions
            telemetry.configure(
                newest.log_level, newest.log_format, questions=questions, also=reports
            )
            cooldown.change(newest.cooldown_count, newest.cooldown_seconds)

        apply(settings)
        job = _answer_questions(settings, token, data_dir or settings.data_dir, cooldown, on_fresh)
        await _until_stopped(job, Reloading(settings, apply).reload)
        _log.info("stopped")


async def _answer_questions(
    settings: Settings,
    token: str,
    directory: Path,
    cooldown: Cooldown,
    on_fresh: Callable[[], None],
) -> None:
    kernel = KernelLoader()
    watch = Watch(settings.refresh_seconds)
    async with (
        _told_health(settings, watch),
        await NewsIndex.open(directory, kernel=kernel.current) as news,
        await following.opened(news, settings) as gathering,
        await Memory.open(directory, settings.kept_days, _now()) as memory,
        Verifying(partial(verified_aside, directory), _now) as verifying,
    ):
        # when the index is open: importing numba would slow that down. NumPy answers meanwhile, and
        # Discord takes about as long to let the bot in
        kernel.start()
        watch.index_is_open(lambda: news.searcher.passage_count)
        statistics = await news.statistics()
        _log.info("starting", articles=statistics.article_count, data=str(directory))
        if not statistics.article_count:
            _log.warning(
                "there are no articles yet; add some with `pullquote index FOLDER`, or follow what "
                "brings them with `pullquote feeds add ADDRESS`"
            )
        chosen = NewsOfServers(news, memory.servers)
        parts = Parts(
            answers=Answerer(chosen),
            news=chosen,
            feeds=gathering.feeds,
            memory=memory,
            cooldown=cooldown,
            clock=_now,
            version=version("pullquote"),
            speaking=Speaking(Languages.shipped(), ServerLanguages(memory.servers)),
            verifying=verifying,
            measures=watch.metrics,
            content=MessageContent(settings.message_content),
            left_days=settings.left_days,
            server_feeds=settings.feeds_per_server(),
        )

        def new_client() -> PullquoteClient:
            client = PullquoteClient(parts)
            watch.connects(client.standing)
            return client

        def refreshed() -> None:
            watch.refreshed()
            on_fresh()

        jobs = [
            stay_connected(new_client, token),
            keep_fresh(news, settings.refresh_seconds, refreshed),
            watch.pulse.beat(),
        ]
        if settings.poll:
            failed = watch.metrics.feed_failed
            jobs.append(following.keep_following(gathering, on_trouble=failed))
        await _until_one_ends(*jobs)


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
        except IntentsRefusedError:
            if not client.give_up_messages():
                raise
            _log.warning(
                "Discord does not let the bot read messages that do not mention it, so channels in "
                "which every message is a question, and threads, stay silent; switch on the "
                "Message Content Intent on the Bot page at "
                "https://discord.com/developers/applications, then start again. "
                "All else goes on without."
            )
        except DisconnectedError as error:
            if client.was_ready:
                wait_seconds = first_wait_seconds
            longer_seconds = max(wait_seconds, error.retry_after_seconds)
            _log.warning(f"{error} Trying again.", wait_seconds=longer_seconds)
            await asyncio.sleep(longer_seconds)
            wait_seconds = min(2 * wait_seconds, LONGEST_WAIT_SECONDS)
        else:
            if not client.is_to_reconnect:
                return


@asynccontextmanager
async def _told_health(settings: Settings, watch: Watch) -> AsyncIterator[None]:
    address = settings.health()
    if address is None:
        yield
        return
    # late: most who try it out have nobody who watches over it
    from bot.operations.endpoints import listening

    async with listening(address, watch):
        _log.info("telling health", address=settings.health_address)
        yield


async def keep_fresh(
    news: Refreshing, every_seconds: float, on_fresh: Callable[[], None] = lambda: None
) -> None:
    """Take up, for ever, what index runs of other processes have stored.

    `on_fresh` is told whenever all that is stored can be found.
    """
    while True:
        await asyncio.sleep(every_seconds)
        try:
            if await news.refresh():
                _log.info("news refreshed")
            on_fresh()
        except PullquoteError as error:
            _log.warning("news not refreshed", reason=str(error))
        except Exception:  # noqa: BLE001 (answering goes on, whatever nobody foresaw here)
            _log.exception("news not refreshed")


async def _until_stopped(job: Coroutine[Any, Any, None], reload: Callable[[], None]) -> None:
    """Run the job until it ends, or a signal asks for it, however early."""
    stop = asyncio.Event()
    with _signals(stop.set, reload):
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
def _signals(stop: Callable[[], None], reload: Callable[[], None]) -> Iterator[None]:
    """Call `stop` at SIGTERM and SIGINT, `reload` at SIGHUP, where the platform tells of them."""
    if sys.platform == "win32":  # its loops hear none; Ctrl+C arrives as a cancellation
        yield
        return
    loop = asyncio.get_running_loop()
    heard = {signal.SIGTERM: stop, signal.SIGINT: stop, signal.SIGHUP: reload}
    for number, heed in heard.items():
        loop.add_signal_handler(number, heed)
    try:
        yield
    finally:
        for number in heard:
            loop.remove_signal_handler(number)


def _now() -> datetime:
    return datetime.now(UTC)
