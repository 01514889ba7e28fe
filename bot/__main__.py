"""`pullquote`, also `python -m bot`: the commands, and what a failure looks like."""

from __future__ import annotations

import io
import os
import sys
from typing import Annotated, NoReturn

import typer

from bot.cli import (
    asking,
    evaluating,
    examining,
    gathering,
    health,
    indexing,
    keeping,
    serving,
    verifying,
    warming,
)
from bot.cli.feeds import feeds_app
from index.errors import InvalidQueryError, PullquoteError

FAILED = 1
WRONG_USAGE = 2

app = typer.Typer(
    name="pullquote",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Answers questions about the news with verbatim quotes.",
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"pullquote {version('pullquote')}")
        raise typer.Exit


@app.callback()
def _common(
    *,
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Take the options that stand before a command."""


for _command in (
    asking.ask,
    asking.search,
    asking.explain,
    indexing.index,
    indexing.stats,
    gathering.ingest,
    gathering.fetch,
    evaluating.evaluate,
    serving.run,
    warming.warm,
    keeping.backup,
    keeping.restore,
    health.health,
    verifying.verify,
    examining.doctor,
    examining.invite,
    examining.upgrade_check,
    serving.demo,
):
    app.command()(_command)
app.add_typer(feeds_app())


def main() -> NoReturn:
    """Run the command line; whatever goes wrong ends in one line and a status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # a character that the terminal cannot show is spelled out
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except InvalidQueryError as error:
        _fail(str(error), WRONG_USAGE)
    except PullquoteError as error:
        _fail(str(error), FAILED)
    except Exception as error:
        if os.environ.get("PULLQUOTE_LOG_LEVEL", "").lower() == "debug":
            raise
        _fail(
            f"Pullquote failed ({type(error).__name__}: {error}); "
            "set PULLQUOTE_LOG_LEVEL=debug to see where, and report it.",
            FAILED,
        )
    sys.exit(0)


def _fail(message: str, status: int) -> NoReturn:
    from bot.views.terminal import one_line

    typer.echo(f"pullquote: {one_line(message)}", err=True)
    sys.exit(status)


if __name__ == "__main__":
    main()
