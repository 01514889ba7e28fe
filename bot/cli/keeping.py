"""`pullquote backup` and `restore`: a data directory as one file, and back."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.indexing import termination_as_interrupt
from bot.cli.options import AsJson, DataDir, data_dir_of
from bot.cli.printing import print_json
from bot.cli.warming import build_index

if TYPE_CHECKING:
    from bot.operations.archive import Contents

_File = Annotated[Path, typer.Argument(metavar="FILE", help="The backup.", show_default=False)]


def backup(
    file: _File,
    *,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace FILE where it is there already.")
    ] = False,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Write the news and all that the bot remembers to one file.

    The bot may go on answering and following the news meanwhile. The search index is left out,
    since it is built anew from the news. Without --overwrite, no file is ever replaced.
    """
    from bot.operations.backup import back_up

    with termination_as_interrupt():
        directory = data_dir_of(data_dir)
        contents = back_up(directory, file, datetime.now(UTC), overwrite=overwrite)
    if as_json:
        print_json(_value(file, contents))
    else:
        size = file.stat().st_size
        typer.echo(f"{file} holds {_told(contents)} in {size:,} bytes, read back and sound.")


def restore(
    file: _File,
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace what the data directory holds.")
    ] = False,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Put a backup in the place of the data directory's content, and build the search index.

    Stop the bot and all else that uses the directory before. The backup is checked first; until
    all of it is in place, and whatever fails, the data that were there stay.
    """
    from bot.operations.restore import restore as put_back

    directory = data_dir_of(data_dir)
    with termination_as_interrupt():
        contents = put_back(file, directory, replace=replace)
        passage_count = asyncio.run(build_index(directory))
    if as_json:
        print_json(_value(file, contents) | {"passages": passage_count})
    else:
        made = contents.made_at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
        typer.echo(f"{directory} holds {_told(contents)} as of {made}.")
        typer.echo(f"The search index holds {passage_count:,} passages.")


def _told(contents: Contents) -> str:
    return " and ".join(f"{file.name} ({file.bytes:,} bytes)" for file in contents.files)


def _value(file: Path, contents: Contents) -> dict[str, Any]:
    return {
        "file": str(file),
        "version": contents.version,
        "made_at": contents.made_at.isoformat(),
        "files": [
            {"name": each.name, "bytes": each.bytes, "sha256": each.sha256, "schema": each.schema}
            for each in contents.files
        ],
    }
