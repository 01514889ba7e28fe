"""`pullquote warm`: what a first start would wait for, done beforehand."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import typer

from bot.cli.options import DataDir, data_dir_of

if TYPE_CHECKING:
    from pathlib import Path


def warm(*, data_dir: DataDir = None) -> None:
    """Compile the search, and build the search index where it is missing or damaged.

    For images and after upgrades: the first start then finds both on disk. Exits with 1 where the
    search cannot be compiled; Pullquote then answers the same, more slowly.
    """
    from index import KernelLoader

    started = time.perf_counter()
    is_compiled = KernelLoader().load()
    seconds = time.perf_counter() - started
    if is_compiled:
        typer.echo(f"The search is compiled ({seconds:.1f} s).")
    else:
        typer.echo("The search cannot be compiled on this machine.", err=True)
    count = asyncio.run(_passage_count(data_dir_of(data_dir)))
    typer.echo(f"The search index holds {count:,} passages.")
    if not is_compiled:
        raise typer.Exit(1)


async def _passage_count(data_dir: Path) -> int:
    from index import NewsIndex

    async with await NewsIndex.open(data_dir) as news:
        await news.settled()
        return news.searcher.passage_count
