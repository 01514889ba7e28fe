"""`/alerts`: searches that go on, and tell each new story once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.commands.alert_options import alert_query, quiet_hours
from bot.commands.askers import asker_of, community_of
from bot.commands.zones import zone_choices
from bot.storage.alerts import NewAlert, Target, TooManyAlertsError
from bot.texts import RefusedError, Saying, saying, saying_counted
from bot.views import limits
from bot.views.alerts import added_text, alerts_text, choice_name, removed_text
from bot.views.layout import layout

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from bot.commands.cooldown import Cooldown
    from bot.commands.ports import News
    from bot.commands.speaking import Speaking
    from bot.storage.alerts import Alert
    from bot.storage.memory import Memory
    from bot.storage.quiet_hours import QuietHours
    from bot.texts import Texts
    from index.model import Query

_TIME_LENGTH = 5
_ZONE_LENGTH = 64


class KeepingAlerts:
    """Adds, lists and removes alerts for people, as far as they may."""

    def __init__(
        self, news: News, memory: Memory, speaking: Speaking, clock: Callable[[], datetime]
    ):
        self._news = news
        self._memory = memory
        self._speaking = speaking
        self._clock = clock

    async def add(
        self,
        interaction: discord.Interaction[Any],
        text: str,
        channel: discord.TextChannel | None = None,
        quiet: QuietHours | None = None,
    ) -> Alert:
        """Keep an alert. Raises RefusedError, InvalidQueryError and MissingPermissions."""
        target = self.target(interaction, channel)
        typed, query = alert_query(
            text, self._clock(), self._news.seen_by(community_of(target.guild_id)).searcher
        )
        texts = await self._speaking.to(interaction, private=channel is None)
        return await self._keep(target, typed, query, texts, quiet)

    async def add_question(self, interaction: discord.Interaction[Any], question_id: str) -> Alert:
        """Keep an alert about a question that was asked, for whoever acts.

        Raises RefusedError, and InvalidQueryError.
        """
        asked = await self._memory.questions.find(question_id, self._clock())
        if asked is None:
            raise RefusedError(
                saying("That question is from too long ago; ask it again to be told of it.")
            )
        typed, query = alert_query(
            asked.text, asked.asked_at, self._news.seen_by(None).searcher, is_question=True
        )
        query = replace(query, publishers=query.publishers | asked.publishers)
        texts = self._speaking.privately(interaction)
        return await self._keep(Target(interaction.user.id), typed, query, texts)

    def target(
        self, interaction: discord.Interaction[Any], channel: discord.TextChannel | None
    ) -> Target:
        """Return where something is to be told. Raises RefusedError and MissingPermissions."""
        target = _chosen_target(interaction, channel)
        if channel is not None and not self._memory.servers.of(target.guild_id).allows(channel.id):
            raise RefusedError(
                saying(
                    "{channel} is not among the channels to ask me in; allow it first, with "
                    "{settings}.",
                    channel=f"#{channel.name}",
                    settings=self._speaking.privately(interaction).command("settings channels"),
                )
            )
        return target

    def zone_of(self, interaction: discord.Interaction[Any]) -> str | None:
        """Return the time zone of where somebody acts, None where none was decided."""
        return self._memory.servers.of(asker_of(interaction).server_id).zone

    async def _keep(
        self,
        target: Target,
        typed: str,
        query: Query,
        texts: Texts,
        quiet: QuietHours | None = None,
    ) -> Alert:
        newest = await self._news.newest_announcement()
        new = NewAlert(target, typed, query, texts.language, quiet, after=newest)
        try:
            return await self._memory.alerts.add(new, self._clock())
        except TooManyAlertsError as error:
            shared = target.channel_id is not None
            raise RefusedError(_too_many(error.most, shared=shared)) from error

    async def visible(
        self, interaction: discord.Interaction[Any]
    ) -> tuple[list[Alert], list[Alert]]:
        """Return the person's own alerts, and those of the server where they manage it."""
        alerts = self._memory.alerts
        own = await alerts.of_person(interaction.user.id)
        if interaction.guild_id is None or not interaction.permissions.manage_guild:
            return own, []
        return own, await alerts.of_server(interaction.guild_id)

    async def remove(self, interaction: discord.Interaction[Any], alert_id: int) -> Alert:
        """Remove an alert that the person may see. Raises RefusedError where there is none."""
        own, of_server = await self.visible(interaction)
        for alert in (*own, *of_server):
            if alert.id == alert_id:
                await self._memory.alerts.remove(alert.id)
                return alert
        raise RefusedError(saying("There is no such alert of yours; choose one from the list."))


async def show_added(
    interaction: discord.Interaction[Any],
    question_id: str,
    keeping: KeepingAlerts,
    texts: Texts,
) -> None:
    """Make an alert of a question, and tell whoever wanted it, alone. Raises RefusedError."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    alert = await keeping.add_question(interaction, question_id)
    await interaction.edit_original_response(view=layout(added_text(alert, texts)))


def alerts(keeping: KeepingAlerts, cooldown: Cooldown, speaking: Speaking) -> app_commands.Group:
    """Return the commands."""
    group = app_commands.Group(
        name="alerts", description="Be told when something new is in the news"
    )
    group.add_command(_add(keeping, cooldown, speaking))
    group.add_command(_list(keeping, speaking))
    group.add_command(_remove(keeping, speaking))
    return group


def _add(
    keeping: KeepingAlerts, cooldown: Cooldown, speaking: Speaking
) -> app_commands.Command[Any, ..., None]:
    @app_commands.command(name="add", description="Be told of each new story about something")
    @app_commands.rename(quiet_from="quiet-from", quiet_until="quiet-until")
    @app_commands.describe(
        query='Words, "phrases", -exclusions, publisher:name, author:name',
        channel="Tell everyone in this channel (for those who run the server)",
        quiet_from="Tell nothing from this time of day: 22:00",
        quiet_until="Tell nothing until this time of day: 07:00",
        zone="Your time zone, for the quiet hours",
    )
    async def add(
        interaction: discord.Interaction[Any],
        query: app_commands.Range[str, 1, limits.QUESTION_LENGTH],
        channel: discord.TextChannel | None = None,
        quiet_from: app_commands.Range[str, 1, _TIME_LENGTH] | None = None,
        quiet_until: app_commands.Range[str, 1, _TIME_LENGTH] | None = None,
        zone: app_commands.Range[str, 1, _ZONE_LENGTH] | None = None,
    ) -> None:
        cooldown.take(interaction.user.id)
        await interaction.response.defer(ephemeral=True, thinking=True)
        quiet = quiet_hours(quiet_from, quiet_until, zone, keeping.zone_of(interaction))
        alert = await keeping.add(interaction, query, channel, quiet)
        text = added_text(alert, speaking.privately(interaction))
        await interaction.edit_original_response(view=layout(text))

    @add.autocomplete("zone")
    async def complete(
        _interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=name, value=name) for name in zone_choices(current)]

    return add


def _list(keeping: KeepingAlerts, speaking: Speaking) -> app_commands.Command[Any, ..., None]:
    @app_commands.command(name="list", description="Show your alerts")
    async def listed(interaction: discord.Interaction[Any]) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        own, of_server = await keeping.visible(interaction)
        text = alerts_text(own, of_server, speaking.privately(interaction))
        await interaction.edit_original_response(view=layout(text))

    return listed


def _remove(keeping: KeepingAlerts, speaking: Speaking) -> app_commands.Command[Any, ..., None]:
    @app_commands.command(name="remove", description="Be told no more")
    @app_commands.describe(alert="Which one? Choose it from the list")
    async def remove(interaction: discord.Interaction[Any], alert: int) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        removed = await keeping.remove(interaction, alert)
        text = removed_text(removed, speaking.privately(interaction))
        await interaction.edit_original_response(view=layout(text))

    @remove.autocomplete("alert")
    async def complete(
        interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[int]]:
        own, of_server = await keeping.visible(interaction)
        return alert_choices([*own, *of_server], str(current))

    return remove


def alert_choices(alerts: Sequence[Alert], typed: str) -> list[app_commands.Choice[int]]:
    """Return the alerts whose words hold what was typed."""
    wanted = typed.strip().casefold()
    fitting = [alert for alert in alerts if wanted in alert.typed.casefold()]
    return [
        app_commands.Choice(name=choice_name(alert), value=alert.id)
        for alert in fitting[: limits.CHOICE_COUNT]
    ]


def _chosen_target(
    interaction: discord.Interaction[Any], channel: discord.TextChannel | None
) -> Target:
    """Return where something is to be told: in a channel, else to whoever acts.

    Raises RefusedError and MissingPermissions where they, or the bot, may not.
    """
    if channel is None:
        return Target(interaction.user.id)
    if interaction.guild_id is None or channel.guild.id != interaction.guild_id:
        raise RefusedError(saying("That channel is not in this server."))
    if not interaction.permissions.manage_guild:
        raise app_commands.MissingPermissions(["manage_guild"])
    held = channel.permissions_for(channel.guild.me)
    if not (held.view_channel and held.send_messages):
        raise RefusedError(
            saying(
                "I may not write in {channel}; give me View Channel and Send Messages there first.",
                channel=f"#{channel.name}",
            )
        )
    return Target(interaction.user.id, interaction.guild_id, channel.id)


def _too_many(most: int, *, shared: bool) -> Saying:
    if shared:
        return saying_counted(
            "This server has {count} alert, and may have no more; remove one first.",
            "This server has {count} alerts, and may have no more; remove one first.",
            count=most,
        )
    return saying_counted(
        "You have {count} alert, and may have no more; remove one first.",
        "You have {count} alerts, and may have no more; remove one first.",
        count=most,
    )
