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
    from index import KernelLoader, NewsIndex

    started = time.perf_counter()
    is_compiled = KernelLoader().load()
    seconds = time.perf_counter() - started
    if is_compiled:
        typer.echo(f"The search is compiled ({seconds:.1f} s).")
    else:
        typer.echo("The search cannot be compiled on this machine.", err=True)
    directory = data_dir_of(data_dir)
    # an image is made before there are data, and perhaps by somebody else
    if NewsIndex.is_in(directory):
        count = asyncio.run(build_index(directory))
        typer.echo(f"The search index holds {count:,} passages.")
    else:
        typer.echo("There is no news yet.")
    if not is_compiled:
        raise typer.Exit(1)


async def build_index(data_dir: Path) -> int:
    """Write the search index where it is missing or behind; return how many passages it holds."""
    from index import NewsIndex

    async with await NewsIndex.open(data_dir) as news:
        await news.save()
        await news.settled()
        return news.searcher.passage_count
