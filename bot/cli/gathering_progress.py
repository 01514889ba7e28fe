"""How far a round of all feeds has come, on standard error."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from index.gathering.model import GatheringProgress

_FIRST_TOLD_COUNT = 100


@contextmanager
def gathering_shown(*, quiet: bool) -> Iterator[Callable[[GatheringProgress], None]]:
    """Show a bar on a terminal, now and then a line elsewhere."""
    if quiet:
        yield lambda _: None
    elif sys.stderr.isatty():
        with _bar() as on_progress:
            yield on_progress
    else:
        yield _Lines()


@contextmanager
def _bar() -> Iterator[Callable[[GatheringProgress], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(bar_width=20), TextColumn("{task.fields[told]}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("gathering", total=None, told="")

        def on_progress(progress: GatheringProgress) -> None:
            bar.update(
                task,
                total=progress.feed_count + progress.story_count,
                completed=progress.done_feed_count + progress.done_story_count,
                told=_told(progress),
                refresh=_is_done(progress),
            )

        yield on_progress


class _Lines:
    """A line whenever the stories have doubled: news of a long round without flooding a log."""

    def __init__(self) -> None:
        self._next_count = _FIRST_TOLD_COUNT

    def __call__(self, progress: GatheringProgress) -> None:
        if progress.done_story_count >= self._next_count:
            self._next_count = 2 * progress.done_story_count
            typer.echo(_told(progress), err=True)


def _told(progress: GatheringProgress) -> str:
    return (
        f"{progress.done_feed_count:,}/{progress.feed_count:,} feeds · "
        f"{progress.done_story_count:,}/{progress.story_count:,} stories"
    )


def _is_done(progress: GatheringProgress) -> bool:
    return (progress.done_feed_count, progress.done_story_count) == (
        progress.feed_count,
        progress.story_count,
    )
