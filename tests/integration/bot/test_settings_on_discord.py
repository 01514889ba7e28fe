from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.commands.message_content import MessageContent
from bot.sandbox import CannotInvokeError, Permission
from bot.storage.servers import UNDECIDED
from tests.integration.bot.corpus import FED_QUESTION, FED_SENTENCE
from tests.integration.bot.live import LiveBot, live_bot
from tests.integration.sandbox.running import eventually

if TYPE_CHECKING:
    from pathlib import Path

    from bot.sandbox import Channel, LoopbackDiscord, Message, Newsroom, User

NOT_HERE = "I may not be asked in this channel; "
NOT_YOU = "Those who run this server have asked me not to answer you there"


async def told(
    local: LoopbackDiscord, user: User, channel: Channel, command: str, /, **options: object
) -> Message:
    return await local.slash(user, channel, command, **options).final()  # type: ignore[arg-type]


async def test_an_owner_decides_sees_and_undoes_it_and_a_restart_changes_nothing(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    log = local.world.add_channel(room.guild, "log")

    async def show() -> str:
        return (await told(local, room.olive, room.general, "settings show")).text

    # else it would connect anew as soon as there is a channel of questions
    async with live_bot(local, data_dir, content=MessageContent("always")):
        assert "**Language** · that of the server's Discord" in await show()
        changed = await told(
            local,
            room.olive,
            room.general,
            "settings set",
            language="de",
            zone="europe/berlin",
            private=True,
            questions=room.general,
            log=log,
        )
        assert changed.is_ephemeral
        assert "Language: that of the server's Discord → Deutsch" in changed.text
        assert "Time zone: UTC → Europe/Berlin" in changed.text
        again = await told(local, room.olive, room.general, "settings set", private=True)
        assert "Nothing has changed" in again.text
    async with live_bot(local, data_dir) as bot:
        shown = await show()
        assert "**Language** · Deutsch" in shown
        assert f"**Channel of the log** · {log.mention}" in shown
        assert f"is a question** · {room.general.mention}" in shown
        await told(local, room.olive, room.general, "settings reset", what="language")
        assert bot.memory.servers.of(room.guild.id).language is None
        assert bot.memory.servers.of(room.guild.id).zone == "Europe/Berlin"
        await told(local, room.olive, room.general, "settings reset", what="everything")
        assert bot.memory.servers.of(room.guild.id) == UNDECIDED


async def test_only_who_manages_a_server_may_decide_whatever_the_server_offers(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom
):
    with pytest.raises(CannotInvokeError, match="needs"):
        local.slash(room.alice, room.general, "settings show")
    with pytest.raises(CannotInvokeError, match="not offered in direct"):
        local.slash(room.olive, local.world.dm(room.olive), "settings show")
    for command in local.commands():
        command["default_member_permissions"] = None  # as a server may decide
    for command, options in (
        ("settings show", {}),
        ("settings set", {"private": True}),
        ("settings channels", {"allow": room.general}),
        ("settings people", {"block": room.olive}),
        ("settings reset", {"what": "everything"}),
    ):
        refused = await told(local, room.alice, room.general, command, **options)
        assert refused.content == "Only members with the permission Manage Server may."
    assert bot.memory.servers.decided() == {}


@pytest.mark.usefixtures("bot")
async def test_what_cannot_be_decided_is_explained(local: LoopbackDiscord, room: Newsroom):
    for command, options, reason in (
        ("settings set", {}, "Name at least one thing to change."),
        ("settings people", {}, "Name at least one thing to change."),
        ("settings set", {"zone": "Atlantis"}, "I know no time zone “Atlantis”; "),
        ("settings set", {"language": "xx"}, "I do not speak “xx”; I speak English, Deutsch."),
        ("settings people", {"block": room.olive}, "You cannot block yourself; "),
    ):
        refused = await told(local, room.olive, room.general, command, **options)
        assert refused.content.startswith(reason)
    zones = await local.autocomplete(
        room.olive, room.general, "settings set", "zone", zone="new yo"
    )
    assert [each["value"] for each in zones] == ["America/New_York"]
    spoken = await local.autocomplete(
        room.olive, room.general, "settings set", "language", language="deu"
    )
    assert spoken == [{"name": "Deutsch", "value": "de"}]


async def test_languages_privacy_and_zone_hold_at_once(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom
):
    del bot

    async def decide(**options: object) -> None:
        await told(local, room.olive, room.general, "settings set", **options)

    await decide(language="de", zone="Pacific/Kiritimati")  # NOW is the 8th there, in UTC the 7th
    answer = await told(local, room.alice, room.general, "ask", question=FED_QUESTION)
    assert f"Antwort auf: {FED_QUESTION}" in answer.text
    assert not answer.is_ephemeral
    for since in (
        await told(
            local, room.alice, room.general, "ask", question=f"{FED_QUESTION} since:yesterday"
        ),
        await told(local, room.alice, room.general, "search", query="storm since:yesterday"),
        await local.ask(
            room.alice,
            room.general,
            f"{local.world.bot.mention} {FED_QUESTION} since:yesterday",
        ),
    ):
        assert "seit Samstag, 7\\. März 2026" in since.text
    await decide(private=True)
    for asked in ({}, {"private": False}):
        answer = await told(local, room.alice, room.general, "ask", question=FED_QUESTION, **asked)
        assert answer.is_ephemeral is not bool(asked)
    found = await told(local, room.alice, room.general, "search", query="storm")
    assert found.is_ephemeral
    assert "page 1 of 3" in found.text.lower()
    local.click(room.alice, found, "Next")
    await eventually(lambda: "page 2 of 3" in found.text.lower())


async def test_channels_and_people_that_are_not_allowed_are_refused_politely_in_private(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom
):
    del bot
    news = local.world.add_channel(room.guild, "news")
    thread = local.world.add_thread(news, "on rates", room.alice)
    mention = f"{local.world.bot.mention} {FED_QUESTION}"
    dm = local.world.dm(room.alice)
    old = await told(local, room.alice, room.general, "search", query="storm")
    await told(local, room.olive, room.general, "settings channels", allow=news)

    async def refused(reason: str) -> None:
        for asked in (
            local.slash(room.alice, room.general, "ask", question=FED_QUESTION),
            local.slash(room.alice, room.general, "status"),
            local.click(room.alice, old, "Next"),
        ):
            answer = await asked.final()
            assert answer.is_ephemeral
            assert reason in answer.content
        names = await local.autocomplete(
            room.alice, room.general, "search", "publisher", query="storm", publisher=""
        )
        assert names == []
        count = len(room.general.messages)
        with local.watch(dm) as watch:
            local.say(room.alice, room.general, mention)
            assert reason in (await watch.posted()).content
        assert len(room.general.messages) == count + 1

    await refused(f"{NOT_HERE}ask in #news")
    for place in (news, thread, dm):
        assert FED_SENTENCE in (await local.ask(room.alice, place, mention)).content
    # in another channel, which is not told of again
    local.say(room.alice, room.general, mention)
    await told(local, room.olive, room.general, "settings channels", disallow=news)
    assert FED_SENTENCE in (await local.ask(room.alice, room.general, mention)).content
    assert sum(NOT_HERE in each.content for each in local.messages(dm)) == 1

    await told(local, room.olive, room.general, "settings people", block=room.alice)
    await refused(NOT_YOU)
    assert FED_SENTENCE in (await local.ask(room.alice, dm, FED_QUESTION)).content
    await told(local, room.olive, room.general, "settings people", unblock=room.alice)
    assert FED_SENTENCE in (await local.ask(room.alice, room.general, mention)).content


async def test_a_channel_that_somebody_does_not_see_is_not_named_to_them(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    secret = local.world.add_channel(room.guild, "secret")
    local.world.deny(secret, room.alice, Permission.VIEW_CHANNEL)
    async with live_bot(local, data_dir):
        await told(local, room.olive, room.general, "settings channels", allow=secret)
        refused = await told(local, room.alice, room.general, "ask", question=FED_QUESTION)
        assert refused.content == f"{NOT_HERE}ask in another, or write to me directly."
