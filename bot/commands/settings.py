"""`/settings`: what those who manage a server decide for it, and see of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import discord
from discord import app_commands

from bot.commands.askers import community_of
from bot.commands.managing import ADDED_TO_SERVERS, IN_SERVERS, managed_server
from bot.commands.search import known_publisher, publisher_choices
from bot.commands.setting_changes import (
    RESETS,
    Named,
    Resettable,
    checked_language,
    with_channels,
    with_people,
    with_publishers,
)
from bot.commands.zones import known_zone, zone_choices
from bot.texts import RefusedError, saying
from bot.views.limits import CHOICE_LENGTH

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.commands.deciding import Deciding
    from bot.commands.ports import News

AnyChannel: TypeAlias = discord.TextChannel | discord.VoiceChannel
_MOST_AN_HOUR = 10_000
_WHAT = [
    app_commands.Choice(name=app_commands.locale_str("language"), value=Resettable.LANGUAGE),
    app_commands.Choice(name=app_commands.locale_str("time zone"), value=Resettable.ZONE),
    app_commands.Choice(name=app_commands.locale_str("private answers"), value=Resettable.PRIVATE),
    app_commands.Choice(name=app_commands.locale_str("threads"), value=Resettable.THREADS),
    app_commands.Choice(
        name=app_commands.locale_str("channel of questions"), value=Resettable.QUESTIONS
    ),
    app_commands.Choice(name=app_commands.locale_str("channel of the log"), value=Resettable.LOG),
    app_commands.Choice(
        name=app_commands.locale_str("channels to ask in"), value=Resettable.CHANNELS
    ),
    app_commands.Choice(name=app_commands.locale_str("blocked people"), value=Resettable.PEOPLE),
    app_commands.Choice(name=app_commands.locale_str("publishers"), value=Resettable.PUBLISHERS),
    app_commands.Choice(name=app_commands.locale_str("limits"), value=Resettable.LIMITS),
    app_commands.Choice(name=app_commands.locale_str("everything"), value=Resettable.EVERYTHING),
]


def settings(deciding: Deciding, news: News) -> app_commands.Group:
    """Return the commands."""
    group = app_commands.Group(
        name="settings",
        description="What holds in this server (for those who run it)",
        allowed_contexts=IN_SERVERS,
        allowed_installs=ADDED_TO_SERVERS,
        default_permissions=discord.Permissions(manage_guild=True),
    )

    @group.command(name="show", description="Show what holds in this server")
    async def show(interaction: discord.Interaction[Any]) -> None:
        await deciding.show(interaction)

    _add_set(group, deciding)
    _add_lists(group, deciding)
    _add_publishers(group, deciding, news)
    _add_limits(group, deciding)

    @group.command(name="reset", description="Let something be as it was at first")
    @app_commands.describe(what="What is to be as it was at first")
    @app_commands.choices(what=_WHAT)
    async def reset(interaction: discord.Interaction[Any], what: str) -> None:
        await deciding.change(interaction, RESETS[Resettable(what)])

    return group


def _add_set(group: app_commands.Group, deciding: Deciding) -> None:
    @group.command(name="set", description="Decide how I speak and listen in this server")
    @app_commands.describe(
        language="The language of answers that all can see",
        zone="The time zone in which dates in questions are understood",
        private="Whether answers to commands are shown to who asked alone",
        questions="A channel in which every message is a question",
        log="A channel in which I tell what was changed and what is wrong",
        threads="Whether I answer each question in a message in a thread of its own",
    )
    async def set_(
        interaction: discord.Interaction[Any],
        language: app_commands.Range[str, 1, CHOICE_LENGTH] | None = None,
        zone: app_commands.Range[str, 1, CHOICE_LENGTH] | None = None,
        private: bool | None = None,
        questions: discord.TextChannel | None = None,
        log: discord.TextChannel | None = None,
        threads: bool | None = None,
    ) -> None:
        managed_server(interaction)
        named = Named(
            checked_language(language, deciding.speaking.languages),
            None if zone is None else known_zone(zone),
            private,
            _id(questions),
            _id(log),
            opens_threads=threads,
        )
        if named == Named():
            raise RefusedError(saying("Name at least one thing to change."))
        await deciding.change(interaction, named.decided)

    @set_.autocomplete("language")
    async def offer_languages(
        _interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        spoken = deciding.speaking.languages.all()
        return [
            app_commands.Choice(name=each.name, value=each.language)
            for each in spoken
            if current.casefold() in each.name.casefold()
        ]

    @set_.autocomplete("zone")
    async def offer_zones(
        _interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=name, value=name) for name in zone_choices(current)]


def _add_lists(group: app_commands.Group, deciding: Deciding) -> None:
    @group.command(name="channels", description="Decide in which channels I may be asked")
    @app_commands.describe(
        allow="A channel to ask in; where one is named, no other will do",
        disallow="A channel to take from the list; an empty list stands for all",
    )
    async def channels(
        interaction: discord.Interaction[Any],
        allow: AnyChannel | None = None,
        disallow: AnyChannel | None = None,
    ) -> None:
        managed_server(interaction)
        change = with_channels(_id(allow), _id(disallow))
        await deciding.change(interaction, change)

    @group.command(name="people", description="Decide whom I do not answer in this server")
    @app_commands.describe(
        block="Somebody whom I answer no more in this server",
        unblock="Somebody whom I answer again",
    )
    async def people(
        interaction: discord.Interaction[Any],
        block: discord.User | None = None,
        unblock: discord.User | None = None,
    ) -> None:
        managed_server(interaction)
        if block is not None and block.id == interaction.user.id:
            raise RefusedError(saying("You cannot block yourself; choose somebody else."))
        await deciding.change(interaction, with_people(_id(block), _id(unblock)))


def _add_publishers(group: app_commands.Group, deciding: Deciding, news: News) -> None:
    @group.command(name="publishers", description="Decide whose news I quote in this server")
    @app_commands.describe(
        allow="A publisher to quote; where one is named, no other is quoted",
        disallow="A publisher to take from the list; an empty list stands for all",
    )
    async def publishers(
        interaction: discord.Interaction[Any],
        allow: app_commands.Range[str, 1, CHOICE_LENGTH] | None = None,
        disallow: app_commands.Range[str, 1, CHOICE_LENGTH] | None = None,
    ) -> None:
        community = community_of(managed_server(interaction))
        known = known_publisher(allow, news.publishers_for(community))
        await deciding.change(interaction, with_publishers(known, disallow))

    @publishers.autocomplete("allow")
    async def offer_all(
        interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        names = news.publishers_for(community_of(managed_server(interaction)))
        return _choices(publisher_choices(names, current))

    @publishers.autocomplete("disallow")
    async def offer_chosen(
        interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        chosen = deciding.memory.servers.of(managed_server(interaction)).publishers
        return _choices(publisher_choices(sorted(chosen), current))


def _choices(names: Iterable[str]) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=name, value=name) for name in names]


def _add_limits(group: app_commands.Group, deciding: Deciding) -> None:
    @group.command(name="limits", description="Decide how often I may be asked in this server")
    @app_commands.describe(
        person="How often one person may ask within an hour",
        everyone="How often all together may ask within an hour",
    )
    async def limits(
        interaction: discord.Interaction[Any],
        person: app_commands.Range[int, 1, _MOST_AN_HOUR] | None = None,
        everyone: app_commands.Range[int, 1, _MOST_AN_HOUR] | None = None,
    ) -> None:
        managed_server(interaction)
        named = Named(person_limit=person, server_limit=everyone)
        if named == Named():
            raise RefusedError(saying("Name at least one thing to change."))
        await deciding.change(interaction, named.decided)


def _id(named: discord.abc.Snowflake | None) -> int | None:
    return None if named is None else named.id
