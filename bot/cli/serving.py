"""`pullquote run` and `demo`: the bot on Discord, and on a Discord of this machine's own."""

from __future__ import annotations

import asyncio
import os
import signal
from typing import Annotated

import typer

from bot.cli.options import DataDir


def run(*, data_dir: DataDir = None) -> None:
    """Start the bot on Discord.

    It needs DISCORD_TOKEN or DISCORD_TOKEN_FILE, ends in order on SIGTERM within ten seconds, and
    reads log and cooldown settings again on SIGHUP.
    """
    # what is loaded and read until then leaves nothing to be closed
    signal.signal(signal.SIGTERM, _leave)
    from bot.app import serve
    from bot.settings import Settings

    settings = Settings.read()
    asyncio.run(serve(settings, data_dir or settings.data_dir))


def _leave(_number: int, _frame: object) -> None:
    # not by an exception: Python forgets one that is raised while it calls back or finalizes, as it
    # does at every import, and the bot would go on as if it had never been told to end
    os._exit(0)


def demo(
    news: Annotated[
        str | None,
        typer.Argument(
            metavar="[NEWS]",
            help="A file or folder of articles, or the address of a feed or site, in place of the "
            "sample news.",
            show_default=False,
        ),
    ] = None,
    *,
    once: Annotated[
        bool, typer.Option("--once", help="End after the first exchange; serve no page.")
    ] = False,
    port: Annotated[
        int,
        typer.Option(min=0, max=65535, help="The page's port on 127.0.0.1; 0 takes a free one."),
    ] = 8765,
    data_dir: DataDir = None,
) -> None:
    """Try the bot on this machine, without Discord.

    Indexes sample news, or yours, starts a local Discord and the bot in it, and serves a page where
    more news can be added.
    Needs no token and no configuration, and no network but for feeds.
    """
    from bot.demo import show

    asyncio.run(show(news, once=once, port=port, data_dir=data_dir, say=typer.echo))
