"""`/digest`: the top stories of a day or a week, told again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.commands.alert_options import DEFAULT_ZONE, time_of_day
from bot.commands.zones import known_zone, zone_choices
from bot.storage.alerts import Target
from bot.storage.schedule import Schedule
from bot.texts import RefusedError, saying
from bot.views.digests import digests_text, started_text, stopped_text
from bot.views.layout import layout

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.commands.alerts import KeepingAlerts
    from bot.commands.cooldown import Cooldown
    from bot.commands.speaking import Speaking
    from bot.storage.memory import Memory

_TIME_LENGTH = 5
_ZONE_LENGTH = 64
_DAILY = -1
_EVERY = [
    app_commands.Choice(name=app_commands.locale_str("Day"), value=_DAILY),
    app_commands.Choice(name=app_commands.locale_str("Monday"), value=0),
    app_commands.Choice(name=app_commands.locale_str("Tuesday"), value=1),
    app_commands.Choice(name=app_commands.locale_str("Wednesday"), value=2),
    app_commands.Choice(name=app_commands.locale_str("Thursday"), value=3),
    app_commands.Choice(name=app_commands.locale_str("Friday"), value=4),
    app_commands.Choice(name=app_commands.locale_str("Saturday"), value=5),
    app_commands.Choice(name=app_commands.locale_str("Sunday"), value=6),
]


def digest(
    memory: Memory,
    keeping: KeepingAlerts,
    cooldown: Cooldown,
    speaking: Speaking,
    clock: Callable[[], datetime],
) -> app_commands.Group:
    """Return the commands."""
    group = app_commands.Group(
        name="digest", description="Be told the top stories every day or every week"
    )
    group.add_command(_start(memory, keeping, cooldown, speaking, clock))
    group.add_command(_list(memory, speaking))
    group.add_command(_stop(memory, speaking))
    return group


def _start(
    memory: Memory,
    keeping: KeepingAlerts,
    cooldown: Cooldown,
    speaking: Speaking,
    clock: Callable[[], datetime],
) -> app_commands.Command[Any, ..., None]:
    @app_commands.command(name="start", description="Be told the top stories at a time of day")
    @app_commands.describe(
        every="Every day, or on one day of the week",
        at="The time of day: 07:30",
        zone="Your time zone",
        channel="Tell everyone in this channel (for those who run the server)",
    )
    @app_commands.choices(every=_EVERY)
    async def start(
        interaction: discord.Interaction[Any],
        every: int,
        at: app_commands.Range[str, 1, _TIME_LENGTH],
        zone: app_commands.Range[str, 1, _ZONE_LENGTH] | None = None,
        channel: discord.TextChannel | None = None,
    ) -> None:
        cooldown.take(interaction.user.id)
        await interaction.response.defer(ephemeral=True, thinking=True)
        weekday = None if every == _DAILY else every
        schedule = Schedule(
            time_of_day(at),
            known_zone(zone or keeping.zone_of(interaction) or DEFAULT_ZONE),
            weekday,
        )
        target = keeping.target(interaction, channel)
        locale = (await speaking.to(interaction, private=channel is None)).language
        started = await memory.digests.start(target, schedule, locale, clock())
        text = started_text(started, speaking.privately(interaction))
        await interaction.edit_original_response(view=layout(text))

    @start.autocomplete("zone")
    async def complete(
        _interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=name, value=name) for name in zone_choices(current)]

    return start


def _list(memory: Memory, speaking: Speaking) -> app_commands.Command[Any, ..., None]:
    @app_commands.command(name="list", description="Show your digest, and those of this server")
    async def listed(interaction: discord.Interaction[Any]) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        own = await memory.digests.at(Target(interaction.user.id))
        found = [own] if own else []
        if interaction.guild_id is not None and interaction.permissions.manage_guild:
            found += await memory.digests.of_server(interaction.guild_id)
        text = digests_text(found, speaking.privately(interaction))
        await interaction.edit_original_response(view=layout(text))

    return listed


def _stop(memory: Memory, speaking: Speaking) -> app_commands.Command[Any, ..., None]:
    @app_commands.command(name="stop", description="Be told the top stories no more")
    @app_commands.describe(channel="The channel's digest, in place of your own")
    async def stop(
        interaction: discord.Interaction[Any], channel: discord.TextChannel | None = None
    ) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        target = Target(interaction.user.id)
        if channel is not None:
            if interaction.guild_id != channel.guild.id:
                raise RefusedError(saying("That channel is not in this server."))
            if not interaction.permissions.manage_guild:
                raise app_commands.MissingPermissions(["manage_guild"])
            target = Target(None, channel.guild.id, channel.id)
        if not await memory.digests.stop(target):
            raise RefusedError(saying("There is no digest to stop there."))
        await interaction.edit_original_response(
            view=layout(stopped_text(speaking.privately(interaction)))
        )

    return stop
