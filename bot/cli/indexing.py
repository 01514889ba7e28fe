"""`pullquote index` and `stats`: bringing news in, and what there is."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import AsJson, DataDir, data_dir_of
from bot.cli.printing import print_json, print_styled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from index import CorpusStatistics, IndexProgress, IndexReport

SOME_REFUSED = 1


def index(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATH…",
            help="Files and folders of news; without any, those of earlier runs again.",
            show_default=False,
        ),
    ] = None,
    *,
    prune: Annotated[bool, typer.Option("--prune", help="Forget files that are gone.")] = False,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Read articles from files and folders.

    .txt .md .html .json .jsonl .csv are read, the last three also as .gz; with the extra `warc`
    also .warc and .warc.gz. Unchanged files are skipped. Exits with 1 when anything was refused;
    the rest is in.
    """
    with termination_as_interrupt():
        report = asyncio.run(_index(paths, data_dir_of(data_dir), prune=prune, quiet=as_json))
    if as_json:
        from bot.views.machine import report_value

        print_json(report_value(report))
    else:
        from bot.views.terminal import report_lines

        print_styled(report_lines(report))
    if report.refusals:
        raise typer.Exit(SOME_REFUSED)


def stats(*, as_json: AsJson = False, data_dir: DataDir = None) -> None:
    """Count articles, passages and publishers."""
    statistics = asyncio.run(_statistics(data_dir_of(data_dir)))
    if as_json:
        from bot.views.machine import statistics_value

        print_json(statistics_value(statistics))
    else:
        from bot.views.terminal import statistics_lines

        print_styled(statistics_lines(statistics))


async def _index(
    paths: list[Path] | None, data_dir: Path, *, prune: bool, quiet: bool
) -> IndexReport:
    from index import NewsIndex

    async with await NewsIndex.open(data_dir, searchable=False) as news:
        roots = paths or await news.roots()
        if not roots:
            raise typer.BadParameter("nothing has been indexed yet: name a file or folder")
        with progress_shown(quiet=quiet) as on_progress:
            report = await news.ingest(roots, prune=prune, on_progress=on_progress)
        await news.settled()
        return report


async def _statistics(data_dir: Path) -> CorpusStatistics:
    from index import NewsIndex

    async with await NewsIndex.open(data_dir, searchable=False) as news:
        return await news.statistics()


@contextmanager
def termination_as_interrupt() -> Iterator[None]:
    """Let SIGTERM and SIGHUP end a run as Ctrl+C does: undone to the last whole file, tidied up.

    Also where a shell has started it in the background, with interrupts ignored.
    """

    def interrupt(_number: int, _frame: object) -> None:
        os.kill(os.getpid(), signal.SIGINT)

    numbers = [getattr(signal, name, None) for name in ("SIGTERM", "SIGHUP")]
    before = {
        number: signal.signal(number, interrupt)
        for number in numbers
        # `nohup` wants it to outlive a hangup
        if number and signal.getsignal(number) is not signal.SIG_IGN
    }
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # what is ignored would not end it either
        before[signal.SIGINT] = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def progress_shown(*, quiet: bool) -> Iterator[Callable[[IndexProgress], None]]:
    """Show progress on standard error: a bar on a terminal, now and then a line elsewhere."""
    if quiet:
        yield lambda _: None
    elif sys.stderr.isatty():
        with _bar() as on_progress:
            yield on_progress
    else:
        yield _Lines()


@contextmanager
def _bar() -> Iterator[Callable[[IndexProgress], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    columns = (
        BarColumn(bar_width=20),
        TaskProgressColumn(),
        TextColumn("{task.fields[told]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("indexing", total=None, told="")

        def on_progress(progress: IndexProgress) -> None:
            if progress.passage_count:
                done, total = progress.done_passage_count, progress.passage_count
                bar.update(task, total=total, completed=done, told=f"{done:,}/{total:,} passages")
            else:
                files = f"{progress.done_file_count:,}/{progress.file_count:,} files"
                bar.update(
                    task,
                    total=progress.byte_count,
                    completed=progress.done_byte_count,
                    told=f"{files} · {progress.article_count:,} articles",
                    # what comes next may take its place before the bar is drawn again
                    refresh=progress.done_file_count == progress.file_count,
                )

        yield on_progress


class _Lines:
    """A line whenever the articles have doubled: news of a long run without flooding a log."""

    def __init__(self) -> None:
        self._next_count = 1000

    def __call__(self, progress: IndexProgress) -> None:
        if progress.article_count >= self._next_count:
            self._next_count = 2 * progress.article_count
            typer.echo(
                f"{progress.article_count:,} articles, "
                f"{progress.done_file_count:,} of {progress.file_count:,} files",
                err=True,
            )
