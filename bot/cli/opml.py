"""`pullquote feeds import` and `export`: lists of feeds as feed readers exchange them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.opening import with_feeds
from bot.cli.options import AsJson, DataDir
from bot.cli.printing import print_json, print_styled
from index.errors import PullquoteError

SOME_REFUSED = 1


def import_opml(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="OPML, as feed readers export it; `-` reads the input."
        ),
    ],
    *,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Follow the feeds of an OPML file; its folders become tags.

    Exits with 1 when anything in it was refused; the rest is followed.
    """
    raw = _read(file)
    report = with_feeds(data_dir, lambda feeds: feeds.import_opml(raw))
    if as_json:
        from bot.views.feeds_as_json import opml_value

        print_json(opml_value(report))
    else:
        from bot.views.feeds_in_terminal import opml_lines

        print_styled(opml_lines(report))
    if report.refused:
        raise typer.Exit(SOME_REFUSED)


def export_opml(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="Where to; otherwise the standard output."),
    ] = Path("-"),
    *,
    data_dir: DataDir = None,
) -> None:
    """Write the feeds as OPML, which feed readers import."""
    raw = with_feeds(data_dir, lambda feeds: feeds.export_opml())
    if str(file) == "-":
        typer.echo(raw, nl=False)
        return
    try:
        file.write_bytes(raw)
    except OSError as error:
        raise PullquoteError(
            f"{file} cannot be written ({error.strerror}); name another file."
        ) from error


def _read(file: Path) -> bytes:
    try:
        return sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise PullquoteError(
            f"{file} cannot be read ({error.strerror}); check its name."
        ) from error
