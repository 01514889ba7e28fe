"""`pullquote doctor`, `invite` and `upgrade-check`: what to know before a start."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import AsJson, DataDir, data_dir_of
from bot.cli.printing import print_json

if TYPE_CHECKING:
    from pathlib import Path

    from bot.operations.checks import Check
    from bot.settings import Settings

SOMETHING_WRONG = 1


def doctor(
    *,
    offline: Annotated[bool, typer.Option("--offline", help="Do not ask Discord.")] = False,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Look at everything that a bot needs, and say of each what to do.

    Settings, token, permissions, data directory, disk, news, search index, feeds, clock and
    versions. Changes nothing. Exits with 1 when something keeps the bot from working.
    """
    from bot.operations.checks import Mark
    from bot.views.terminal import one_line

    checks = asyncio.run(_examined(data_dir, offline=offline))
    if as_json:
        values = [
            {"name": c.name, "mark": str(c.mark), "told": c.told, "advice": c.advice or None}
            for c in checks
        ]
        print_json({"ok": all(c.mark is not Mark.WRONG for c in checks), "checks": values})
    else:
        for check in checks:
            advice = f"; {check.advice}" if check.advice else ""
            told = one_line(f"{check.name}: {check.told}{advice}")
            typer.echo(f"{check.mark:7}  {told}")
    if any(check.mark is Mark.WRONG for check in checks):
        raise typer.Exit(SOMETHING_WRONG)


def invite(*, data_dir: DataDir = None) -> None:
    """Print the link that adds the bot to a server, with the permissions it needs.

    It is made from the token; Discord is not asked.
    """
    del data_dir  # every command takes one
    from bot.client.inviting import application_id_of, invite_link
    from bot.settings import Settings
    from index.errors import PullquoteError

    application_id = application_id_of(Settings.read().token())
    if application_id is None:
        raise PullquoteError(
            "The token has no application's id in it, as Discord's tokens do; copy it again from "
            "the Bot page at https://discord.com/developers/applications."
        )
    typer.echo(invite_link(application_id))


def upgrade_check(*, as_json: AsJson = False, data_dir: DataDir = None) -> None:
    """Say what the next start of this version would change in the data directory.

    Changes nothing. Exits with 1 where a newer version has written there, which this one refuses.
    """
    from bot.operations.upgrading import upgrade_steps

    directory = data_dir_of(data_dir)
    steps = upgrade_steps(directory)
    if as_json:
        print_json({"steps": [{"place": s.place, "change": s.change} for s in steps]})
        return
    for step in steps:
        typer.echo(f"{step.place}: {step.change}")
    if steps:
        typer.echo("Each database that changes is copied beside itself first.")
        typer.echo("Take a backup first: pullquote backup FILE")
    else:
        typer.echo(f"Nothing changes in {directory}.")


async def _examined(data_dir: Path | None, *, offline: bool) -> list[Check]:
    from bot.operations.checks import fine, wrong
    from bot.operations.examining_bot import examined_health, versions
    from bot.operations.examining_data import examined_data
    from bot.setting_values import SettingsError
    from bot.settings import Settings

    try:
        settings = Settings.read()
    except SettingsError as error:
        told = (line.partition("; ") for line in str(error).splitlines())
        return [
            versions(),
            *(wrong("settings", what, advice.rstrip(".")) for what, _, advice in told),
        ]
    return [
        versions(),
        fine("settings", "all are understood"),
        *await _examined_bot(settings, offline=offline),
        *await examined_data(data_dir or settings.data_dir, datetime.now(UTC)),
        await asyncio.to_thread(examined_health, settings.health()),
    ]


async def _examined_bot(settings: Settings, *, offline: bool) -> list[Check]:
    from bot.client import DisconnectedError, StartError
    from bot.client.introducing import introduced
    from bot.client.inviting import application_id_of, invite_link
    from bot.operations.checks import doubtful, fine, wrong
    from bot.operations.examining_bot import examined_introduction, refused, unreached
    from bot.setting_values import SettingsError

    try:
        token = settings.token()
    except SettingsError as error:
        told, _, advice = str(error).rstrip(".").partition("; ")
        return [wrong("token", told, advice)]
    application_id = application_id_of(token)
    form = (
        fine("token", "is there, and looks like one")
        if application_id is not None
        else doubtful("token", "is there, and does not look like Discord's", "copy it again")
    )
    if offline:
        link = [] if application_id is None else [fine("invite", invite_link(application_id))]
        return [form, *link]
    try:
        said = await introduced(token)
    except StartError as error:
        return [form, refused(str(error))]
    except DisconnectedError as error:
        return [form, unreached(str(error))]
    return [form, *examined_introduction(said, invite_link(said.application_id))]
