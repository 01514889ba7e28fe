"""Commands in plain words, of those who run a server; and all there are, one after the other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from discord import app_commands

from bot.commands.words.examples import example
from bot.commands.words.vocabulary import title
from bot.sandbox import Permission
from bot.storage.servers import UNDECIDED
from bot.texts import Languages
from tests.integration.bot.corpus import FED_QUESTION, FED_SENTENCE
from tests.integration.bot.plain_words import (
    ALONE,
    ALONE_IN_GERMAN,
    PATIENCE_SECONDS,
    said,
    said_alone,
)
from tests.integration.bot.test_rating_on_discord import HELPFUL, rate
from tests.integration.bot.test_settings_on_discord import NOT_HERE, NOT_YOU
from tests.integration.sandbox.running import eventually
from tests.unit.bot.texts.written import every_command

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.sandbox import LoopbackDiscord, Newsroom
    from bot.texts import Texts
    from tests.integration.bot.live import LiveBot

LANGUAGES = Languages.shipped()
BOTH = pytest.mark.parametrize("texts", LANGUAGES.all(), ids=lambda texts: texts.language)
# what all may see, as with the slash commands
FOR_ALL_TO_SEE = {"article", "ask", "help", "latest", "search", "sources", "status"}
NOT_ALLOWED = "Only members with the permission Manage Server may."
NOT_ALLOWED_IN_GERMAN = "Das dürfen nur Mitglieder mit der Berechtigung Server verwalten."
# what was said went wrong with no reason given
CRASHED = ("Something went wrong", "ist bei mir etwas schiefgegangen")


def slash_commands() -> Iterator[app_commands.Command]:
    """Every command that is written with a slash, those in groups as well."""
    for command in every_command():
        if isinstance(command, app_commands.Group):
            yield from (
                each for each in command.walk_commands() if isinstance(each, app_commands.Command)
            )
        elif isinstance(command, app_commands.Command):
            yield command


def for_admins() -> list[app_commands.Command]:
    return [
        each
        for each in slash_commands()
        if (each.root_parent or each).default_permissions is not None
    ]


def written(command: app_commands.Command, texts: Texts, room: Newsroom) -> str:
    """How somebody writes it in the Newsroom."""
    # without a feed, so that all files are read, which is for all to see
    text = f"!{title(command, texts) if command.name == 'reindex' else example(command, texts)}"
    for sample in ("#channel", "#kanal"):
        text = text.replace(sample, "#general")
    text = text.replace("CNN", "Harbour Post")
    for sample in ("@somebody", "@jemand"):
        text = text.replace(sample, str(room.alice.id))
    return text


@BOTH
async def test_every_command_does_something_and_tells_all_no_more_than_with_a_slash(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom, texts: Texts
):
    """A command that is added is tried here by itself."""
    del bot
    tried = set()
    for command in slash_commands():
        name = command.qualified_name
        mention = local.world.bot.mention
        with local.watch(local.world.dm(room.olive)) as direct, local.watch(room.general) as watch:
            local.say(room.olive, room.general, f"{mention} {written(command, texts, room)}")
            told = await watch.posted(PATIENCE_SECONDS)
            if name == "reindex":
                # how an index run goes is for all to see
                told = await watch.posted(PATIENCE_SECONDS)
            assert (told.content in {ALONE, ALONE_IN_GERMAN}) == (name not in FOR_ALL_TO_SEE)
            if name not in FOR_ALL_TO_SEE:
                told = await direct.posted(PATIENCE_SECONDS)
        assert not any(each in told.text for each in CRASHED), told.text
        tried.add(name)
    assert len(tried) > 20
    assert local.violations == []


@BOTH
async def test_whoever_does_not_manage_the_server_is_refused_as_with_a_slash(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom, texts: Texts
):
    assert len(for_admins()) > 8
    for command in for_admins():
        told = await said(local, room.alice, room.general, written(command, texts, room))
        assert told.content in {NOT_ALLOWED, NOT_ALLOWED_IN_GERMAN}
    for words in ("!alerts add storm channel general", "!digest start daily 7 channel general"):
        refused = await said_alone(local, room.alice, room.general, words)
        assert refused.content == NOT_ALLOWED
    assert bot.memory.servers.of(room.guild.id) == UNDECIDED
    assert await bot.memory.alerts.of_server(room.guild.id) == []
    local.world.promote(room.guild, room.alice, Permission.MANAGE_GUILD)
    allowed = await said_alone(local, room.alice, room.general, "alerts add storm channel general")
    assert "is told in" in allowed.text


@BOTH
async def test_what_is_about_a_server_is_refused_outside_of_one(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom, texts: Texts
):
    del bot
    direct = local.world.dm(room.olive)
    for command in for_admins():
        told = await said(local, room.olive, direct, written(command, texts, room))
        assert told.content.startswith(("That is about a server; ", "Dabei geht es um einen "))


async def test_an_owner_decides_in_words_what_holds_in_their_server(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom
):
    log = local.world.add_channel(room.guild, "log")
    changed = await said_alone(
        local,
        room.olive,
        room.general,
        f"settings set language deutsch zone Berlin private yes log {log.mention} threads off",
    )
    assert "Time zone: UTC → Europe/Berlin" in changed.text
    await eventually(lambda: len(log.messages) == 1)
    await said_alone(local, room.olive, room.general, "settings limits person 5, everyone: 50")
    await said_alone(local, room.olive, room.general, "settings channels allow #general")
    await said_alone(local, room.olive, room.general, f"settings people block {room.alice.mention}")
    assert bot.memory.servers.of(room.guild.id) == replace(
        UNDECIDED,
        language="de",
        zone="Europe/Berlin",
        is_private=True,
        log_channel_id=log.id,
        person_limit=5,
        server_limit=50,
        allowed_channel_ids=frozenset({room.general.id}),
        blocked_user_ids=frozenset({room.alice.id}),
    )
    await said_alone(local, room.olive, room.general, "einstellungen zurücksetzen alles")
    assert bot.memory.servers.of(room.guild.id) == UNDECIDED
    shown = await said_alone(local, room.olive, room.general, "settings show")
    assert "**Settings of this server**" in shown.text


@pytest.mark.usefixtures("bot")
async def test_what_is_chosen_from_lists_is_said_to_go_in_words(
    local: LoopbackDiscord, room: Newsroom
):
    told = await said_alone(local, room.olive, room.general, "setup")
    assert "write “settings set”, which decides the same in words" in told.content
    assert told.components == []


async def test_a_channel_is_named_by_whoever_sees_it(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom
):
    local.world.promote(room.guild, room.alice, Permission.MANAGE_GUILD)
    secret = local.world.add_channel(room.guild, "secret")
    local.world.deny(secret, room.alice, Permission.VIEW_CHANNEL)
    for channel in ("secret", secret.mention):
        told = await said(local, room.alice, room.general, f"settings set log {channel}")
        assert "does not fit “log”" in told.content
    assert bot.memory.servers.of(room.guild.id) == UNDECIDED
    added = await said_alone(
        local, room.alice, room.general, f"alerts add storm channel {room.general.mention}"
    )
    assert f"is told in {room.general.mention}" in added.text
    (alert,) = await bot.memory.alerts.of_server(room.guild.id)
    assert alert.typed == "storm"


async def test_an_index_run_is_shown_in_the_channel_and_its_end_as_well(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom
):
    del bot
    with local.watch(room.general) as watch:
        local.say(room.olive, room.general, f"{local.world.bot.mention} reindex")
        board = await watch.posted(PATIENCE_SECONDS)
        assert (await watch.posted(PATIENCE_SECONDS)).content == ALONE
    await eventually(lambda: "15" in board.content)
    (begun,) = [each for each in local.messages(local.world.dm(room.olive)) if each.author.is_bot]
    assert str(room.general.id) in begun.content


@pytest.mark.parametrize("reason", [NOT_HERE, NOT_YOU])
async def test_what_a_server_has_decided_holds_for_words_and_is_told_in_private(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom, reason: str
):
    other = local.world.add_channel(room.guild, "other")
    await bot.memory.servers.change(
        room.guild.id,
        lambda known: replace(
            known,
            allowed_channel_ids=frozenset({other.id}) if reason == NOT_HERE else frozenset(),
            blocked_user_ids=frozenset({room.alice.id}) if reason == NOT_YOU else frozenset(),
        ),
    )
    direct = local.world.dm(room.alice)
    with local.watch(direct) as watch:
        local.say(room.alice, room.general, f"{local.world.bot.mention} search storm")
        assert reason in (await watch.posted(PATIENCE_SECONDS)).content
    # what everybody has a right to, wherever they are
    shown = await said_alone(local, room.alice, room.general, "privacy show")
    assert "What I keep of you" in shown.text
    assert [e.content for e in local.messages(room.general) if e.author.is_bot] == [ALONE]
    # and whoever runs the server can change it where they like
    assert await said_alone(local, room.olive, room.general, "settings reset everything")
    assert "12 passages" in (await said(local, room.alice, room.general, "search storm")).text


async def test_limits_of_a_server_count_words(bot: LiveBot, local: LoopbackDiscord, room: Newsroom):
    await bot.memory.servers.change(room.guild.id, lambda known: replace(known, person_limit=2))
    assert "12 passages" in (await said(local, room.alice, room.general, "search storm")).text
    assert FED_SENTENCE in (await said(local, room.alice, room.general, FED_QUESTION)).content
    told = await said(local, room.alice, room.general, "latest")
    assert told.content.startswith("You have asked 2 times in the last hour")
    slash = await local.slash(room.alice, room.general, "latest").final()
    assert slash.content.startswith("You have asked 2 times in the last hour")
    assert await said_alone(local, room.alice, room.general, "privacy show")


async def test_whoever_manages_a_server_learns_alone_how_answers_were_rated(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom
):
    del bot
    answered = await said(local, room.alice, room.general, f"ask: {FED_QUESTION}")
    await rate(local, room.alice, answered, HELPFUL)
    with local.watch(local.world.dm(room.olive)) as direct, local.watch(room.general) as watch:
        local.say(room.olive, room.general, f"{local.world.bot.mention} status")
        assert "15 articles" in (await watch.posted(PATIENCE_SECONDS)).text
        assert "helpful" in (await direct.posted(PATIENCE_SECONDS)).text
        assert (await watch.posted(PATIENCE_SECONDS)).content == ALONE
