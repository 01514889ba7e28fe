"""`pullquote ingest` and `fetch`: bringing in what feeds and pages have now."""

from __future__ import annotations

import asyncio
import signal
import sys
import time
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from bot.cli.gathering_progress import gathering_shown
from bot.cli.indexing import termination_as_interrupt
from bot.cli.opening import gathering_in
from bot.cli.options import AsJson, DataDir
from bot.cli.printing import print_json, print_styled
from bot.views.feed_health import is_routine, is_trouble
from index.errors import SourceError
from index.gathering.model import EventKind, GatheringEvent, GatheringReport

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.gathering.gathering import Gathering

FAILED = 1

Opening: TypeAlias = "Callable[[], AbstractAsyncContextManager[Gathering]]"


class Told:
    """Counts what happens, and tells it as it happens where `tell` is given.

    `remembers` keeps what went wrong to be told at the end; whoever goes on for ever does not.
    `has_failed` says that a feed or a page could not be read.
    `deaf` is set when nobody takes up what is told: the pipe is closed, or the disk is full.
    """

    def __init__(self, tell: Callable[[GatheringEvent], None] | None, *, remembers: bool):
        self._tell = tell
        self._remembers = remembers
        self._started = time.monotonic()
        self._report = GatheringReport(datetime.now(UTC))
        self.has_failed = False
        self.deaf: OSError | None = None

    def __call__(self, event: GatheringEvent) -> None:
        """Take up something that happened."""
        self._report.add(event)
        self.has_failed |= is_trouble(event)
        if not self._remembers:
            self._report.failures.clear()
        if self._tell is None:
            return
        try:
            self._tell(event)
        except OSError as error:
            # not raised here, where it would pass for a failure of this one story
            self._tell, self.deaf = None, error
            signal.raise_signal(signal.SIGINT)

    @property
    def report(self) -> GatheringReport:
        """All until now."""
        self._report.duration_seconds = time.monotonic() - self._started
        return self._report


def ingest(
    *,
    once: Annotated[
        bool, typer.Option("--once", help="End when every feed that is due is read.")
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Begin with every feed that is not paused, due or not.")
    ] = False,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Bring in what the feeds have, and go on doing so.

    Ends in order on Ctrl+C and SIGTERM. With --json, each thing that happens is an object on a line
    of its own, and the last line a summary. With --once, exits with 1 when a feed or a page could
    not be read; the rest is in.
    """
    from bot import telemetry
    from bot.settings import Settings

    settings = Settings.read()
    # what goes wrong inside is told to whoever runs it for weeks as `pullquote run` would
    telemetry.configure(settings.log_level, settings.log_format)
    if not run_ingest(partial(gathering_in, data_dir), once, everything, as_json=as_json):
        raise typer.Exit(FAILED)


def fetch(
    urls: Annotated[
        list[str],
        typer.Argument(metavar="URL…", help="Addresses of pages.", show_default=False),
    ],
    *,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Store the articles of single pages, or what their publishers changed in them.

    Exits with 1 when a page could not be read or holds no article; the others are in.
    """
    with termination_as_interrupt():
        if not asyncio.run(run_fetch(partial(gathering_in, data_dir), urls, as_json=as_json)):
            raise typer.Exit(FAILED)


def run_ingest(opening: Opening, once: bool, everything: bool, *, as_json: bool) -> bool:
    """Follow the news until it is done or stopped. Returns whether all went well."""
    tell = _teller(as_json=as_json, routine=False)
    told = Told(tell if as_json or not once else None, remembers=once)
    is_complete = True
    with termination_as_interrupt():
        try:
            asyncio.run(_ingest(opening, told, once, everything, quiet=as_json))
        except KeyboardInterrupt:
            # who follows without end is ended like this
            is_complete = not once
    if told.deaf is not None:
        raise told.deaf
    if as_json:
        from bot.views.feeds_as_json import gathering_report_value

        print_json(gathering_report_value(told.report, is_complete=is_complete))
    else:
        from bot.views.feeds_in_terminal import gathering_report_lines

        print_styled(gathering_report_lines(told.report, is_complete=is_complete))
    return not once or (is_complete and not told.has_failed)


async def _ingest(
    opening: Opening, told: Told, once: bool, everything: bool, *, quiet: bool
) -> None:
    async with opening() as gathering:
        if not quiet and not await gathering.feeds.all():
            typer.echo("No feed is followed; add one with `pullquote feeds add ADDRESS`.", err=True)
        if once or everything:
            with gathering_shown(quiet=quiet or not once) as on_progress:
                await gathering.run_once(told, on_progress, everything=everything)
        if not once:
            await gathering.run(told)


async def run_fetch(opening: Opening, urls: Sequence[str], *, as_json: bool) -> bool:
    """Fetch pages and tell of each. Returns whether all were articles."""
    tell = _teller(as_json=as_json, routine=True)
    all_went_well = True
    async with opening() as gathering:
        for url in urls:
            try:
                events = await gathering.fetch_page(url)
            except SourceError as error:
                now = datetime.now(UTC)
                events = [GatheringEvent(EventKind.FAILED, now, url=url, reason=str(error))]
            for event in events:
                tell(event)
                all_went_well &= event.kind not in {EventKind.FAILED, EventKind.REFUSED}
    return all_went_well


def _teller(*, as_json: bool, routine: bool) -> Callable[[GatheringEvent], None]:
    """Return what prints events: for programs all of them, for people perhaps no routine."""
    from bot.views.feeds_as_json import event_value
    from bot.views.feeds_in_terminal import event_line

    def tell_program(event: GatheringEvent) -> None:
        print_json(event_value(event))

    def tell_person(event: GatheringEvent) -> None:
        if routine or not is_routine(event):
            print_styled(iter((event_line(event),)))
            sys.stdout.flush()  # whoever reads a file or a pipe wants it now, too

    return tell_program if as_json else tell_person
