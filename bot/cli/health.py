"""`pullquote health`: one question to a running bot, and its answer as an exit status."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.options import AsJson, DataDir
from index.errors import PullquoteError

NOT_WELL = 1


def health(
    *,
    live: Annotated[
        bool, typer.Option("--live", help="Only whether it is alive, not whether it is ready.")
    ] = False,
    timeout: Annotated[
        float, typer.Option(metavar="S", min=0.1, max=60, help="How many seconds it may take.")
    ] = 5.0,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Ask the running bot whether it is well; for healthchecks of containers.

    It is asked at PULLQUOTE_HEALTH_ADDRESS, where `pullquote run` tells its health. Exits with 1
    when it is not ready to answer questions (with --live: not alive), and says why.
    """
    del data_dir  # every command takes one
    from bot.operations.health import ask_how_it_is
    from bot.settings import Settings

    address = Settings.read().health()
    if address is None:
        raise PullquoteError(
            "PULLQUOTE_HEALTH_ADDRESS is not set, so no bot tells its health; set it, for example "
            "to 127.0.0.1:8787, for the bot and for this command."
        )
    found = ask_how_it_is(address, is_ready=not live, timeout_seconds=timeout)
    if as_json:
        from bot.cli.printing import print_json

        print_json({"ok": found.is_well, "reasons": list(found.reasons)})
    elif found.is_well:
        typer.echo("alive" if live else "ready")
    else:
        for reason in found.reasons:
            typer.echo(reason, err=True)
    if not found.is_well:
        raise typer.Exit(NOT_WELL)
