"""The demo: news, a Discord on this machine, the real bot in it, and a page to talk to it.

Wires parts together and prints what happens; knows neither how the bot nor how that Discord works.
"""

from __future__ import annotations

import asyncio
import os
import re
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bot.app import serve
from bot.demo.news_at_hand import is_address, take_up
from bot.demo.news_desk import Freshness, NewsDesk
from bot.sandbox import LoopbackDiscord, open_newsroom, point_client
from bot.sandbox.page import Page
from bot.settings import Settings
from index import PullquoteError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.sandbox import Newsroom

QUESTION = "Why was the Lantern Bridge closed?"

_START_SECONDS = 30.0
# of a demo without configuration, these only say how others are asked for their news, and for how
# much of it
_HEEDED = (
    "PULLQUOTE_ALLOW_PRIVATE_NETWORKS",
    "PULLQUOTE_CONTACT",
    "PULLQUOTE_HONOUR_NOSNIPPET",
    "PULLQUOTE_SERVER_FEEDS",
)


async def show(
    named: str | None,
    *,
    once: bool,
    port: int,
    say: Callable[[str], None],
    data_dir: Path | None = None,
) -> None:
    """Run the demo until the process is asked to end; with `once`, until its first exchange.

    `named` is a path or address of news in place of the sample. `say` takes each line for the
    terminal. Without a data directory of your own, nothing stays.
    Raises PullquoteError, with what to do about it.
    """
    with TemporaryDirectory(prefix="pullquote-demo-") as folder:
        # a data directory of one's own may follow feeds, and is left as it is
        follows = is_address(named) or data_dir is None
        data_dir = data_dir or Path(folder)
        await take_up(named, _settings(), data_dir, say)
        freshness = Freshness()
        async with AsyncExitStack() as parts:
            discord, newsroom = await parts.enter_async_context(_local_discord())
            serving = _bot(discord, data_dir, freshness, follows=follows)
            bot = await parts.enter_async_context(serving)
            say(f"The bot is online in #{newsroom.general.name} of a Discord on this machine.")
            await _ask(discord, newsroom, say, is_sample=named is None)
            if once:
                return
            desk = await NewsDesk.open(data_dir, _settings(), freshness, is_followed=follows)
            await parts.enter_async_context(desk)
            await parts.enter_async_context(_page(discord, newsroom, desk, port, say))
            await bot


@asynccontextmanager
async def _local_discord() -> AsyncIterator[tuple[LoopbackDiscord, Newsroom]]:
    # an installation without the development group has no judge, and needs none to talk
    judged = find_spec("jsonschema_rs") is not None
    async with LoopbackDiscord(judged=judged) as discord:
        newsroom = open_newsroom(discord.world)
        with point_client(discord.api, discord.gateway):
            yield discord, newsroom


def _settings(**others: str) -> Settings:
    heeded = {name: os.environ[name] for name in _HEEDED if name in os.environ}
    return Settings.read(heeded | others)


@asynccontextmanager
async def _bot(
    discord: LoopbackDiscord, data_dir: Path, freshness: Freshness, *, follows: bool
) -> AsyncIterator[asyncio.Task[None]]:
    settings = _settings(
        DISCORD_TOKEN=discord.token,
        PULLQUOTE_LOG_LEVEL="warning",
        PULLQUOTE_COOLDOWN_COUNT="30",  # who tries things out presses this and that
        PULLQUOTE_POLL=str(follows).lower(),
    )
    bot = asyncio.create_task(serve(settings, data_dir, freshness.note))
    online = asyncio.create_task(discord.sessions.until_online(_START_SECONDS))
    try:
        await asyncio.wait({bot, online}, return_when=asyncio.FIRST_COMPLETED)
        if bot.done():
            await bot
        await online
        yield bot
    finally:
        for task in (online, bot):
            task.cancel()
        await asyncio.gather(online, bot, return_exceptions=True)


async def _ask(
    discord: LoopbackDiscord, newsroom: Newsroom, say: Callable[[str], None], *, is_sample: bool
) -> None:
    """Ask what the sample answers; of other news, only what is new can be asked."""
    name, options = ("ask", {"question": QUESTION}) if is_sample else ("latest", {})
    interaction = discord.slash(newsroom.alice, newsroom.general, name, **options)
    message = await interaction.final()
    say("")
    say(" ".join((f"{newsroom.alice.name}: /{name}", *options.values())))
    say(f"{discord.world.bot.name}:")
    for line in readable(message.text).splitlines():
        say(f"  {line}")
    say("")


def readable(markdown: str) -> str:
    """Return a message as Discord shows it: dates as dates, links in full, no marks of Markdown."""
    text = re.sub(r"<t:(\d+):D>", lambda found: _day(int(found[1])), markdown)
    text = re.sub(r"\[[^\]]*\]\(<(\S+)>\)", r"\1", text)
    text = re.sub(r"^(?:-# |\*\*)|\*\*$", "", text, flags=re.MULTILINE)
    return re.sub(r"\\(\W)", r"\1", text)


def _day(timestamp: int) -> str:
    day = datetime.fromtimestamp(timestamp, UTC)
    return f"{day.day} {day:%B %Y}"


@asynccontextmanager
async def _page(
    discord: LoopbackDiscord,
    newsroom: Newsroom,
    desk: NewsDesk,
    port: int,
    say: Callable[[str], None],
) -> AsyncIterator[None]:
    try:
        async with Page(discord, newsroom, port=port, desk=desk) as page:
            say(f"Talk to it at {page.own_url} (Ctrl+C ends the demo).")
            yield
    except OSError as error:
        raise PullquoteError(
            f"The page cannot be served on port {port} ({error.strerror}); "
            "choose another with --port, or --port 0 for any."
        ) from error
