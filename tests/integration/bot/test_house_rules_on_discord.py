"""What a server has decided holds for every way to ask: none may be forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.sandbox import Permission
from tests.integration.bot.corpus import FED_QUESTION, FED_SENTENCE, NOT_IN_THE_NEWS
from tests.integration.bot.test_commands_on_discord import FOR_ALL
from tests.integration.bot.test_settings_on_discord import NOT_HERE, NOT_YOU, told

if TYPE_CHECKING:
    from bot.sandbox import Channel, LoopbackDiscord, Message, Newsroom, User
    from tests.integration.bot.live import LiveBot

OPTIONS: dict[str, dict[str, object]] = {
    "alerts add": {"query": "storm"},
    "alerts list": {},
    "alerts remove": {"alert": 1},
    "article": {"headline": "Fed holds rates"},
    "ask": {"question": FED_QUESTION},
    "digest list": {},
    "digest start": {"every": -1, "at": "7"},
    "digest stop": {},
    "latest": {},
    "search": {"query": "storm"},
    "sources": {},
    "status": {},
}
# what everybody has a right to, wherever they are
FREE = ["privacy"]
TYPED = [
    ("alerts add", "zone", {"query": "storm", "zone": "ber"}),
    ("alerts remove", "alert", {"alert": "s"}),
    ("article", "headline", {"headline": "Fed"}),
    ("ask", "publisher", {"question": FED_QUESTION, "publisher": ""}),
    ("digest start", "zone", {"every": -1, "at": "7", "zone": "ber"}),
    ("search", "publisher", {"query": "storm", "publisher": ""}),
    ("search", "query", {"query": "Fed"}),
]
MENUS = ("Search the news for this", "Is this quoted correctly?")


async def everything_with_buttons(
    local: LoopbackDiscord, user: User, channel: Channel
) -> list[tuple[Message, str]]:
    """Each button that there is, below answers of which the bot remembers what was asked."""
    answered = await told(local, user, channel, "ask", question=FED_QUESTION)
    unanswered = await told(local, user, channel, "ask", question=NOT_IN_THE_NEWS)
    found = await told(local, user, channel, "search", query="storm")
    newest = await told(local, user, channel, "latest")
    return [
        *((answered, label) for label in answered.button_labels),
        *((unanswered, label) for label in unanswered.button_labels),
        (found, "Next"),
        (newest, "Next"),
    ]


@pytest.mark.parametrize("reason", [NOT_HERE, NOT_YOU])
async def test_whoever_may_not_ask_is_refused_whichever_way_they_try(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom, reason: str
):
    del bot
    assert sorted({name.split()[0] for name in OPTIONS} | {*FREE}) == FOR_ALL
    buttons = await everything_with_buttons(local, room.alice, room.general)
    assert len({label for _, label in buttons}) > 4
    quoting = local.say(room.alice, room.general, f"“{FED_SENTENCE}”")
    if reason == NOT_HERE:
        news = local.world.add_channel(room.guild, "news")
        await told(local, room.olive, room.general, "settings channels", allow=news)
    else:
        await told(local, room.olive, room.general, "settings people", block=room.alice)
    before = len(local.messages(room.general, room.olive))
    for asked in (
        *(local.slash(room.alice, room.general, name, **OPTIONS[name]) for name in OPTIONS),  # type: ignore[arg-type]
        *(local.message_menu(room.alice, quoting, name) for name in MENUS),
        *(local.click(room.alice, message, label) for message, label in buttons),
    ):
        answer = await asked.final()
        assert answer.is_ephemeral
        assert reason in answer.content
    for command, option, options in TYPED:
        offered = await local.autocomplete(room.alice, room.general, command, option, **options)
        assert offered == []
    assert len(local.messages(room.general, room.olive)) == before
    shown = await told(local, room.alice, room.general, "privacy show")
    assert reason not in shown.text


async def test_whoever_may_ask_is_offered_what_fits(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom
):
    """What the test above finds empty would not be so anyway."""
    del bot
    await told(local, room.alice, room.general, "alerts add", query="storm")
    for command, option, options in TYPED:
        assert await local.autocomplete(room.alice, room.general, command, option, **options)


async def test_all_that_everyone_sees_is_in_the_language_of_the_server(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom
):
    del bot
    await told(local, room.olive, room.general, "settings set", language="de")
    spoken = {
        "article": "4. März 2026",
        "ask": "Antwort auf:",
        "latest": "Die neuesten Meldungen",
        "search": "Seite 1 von 3",
        "status": "15 Artikel",
    }
    for name, words in spoken.items():
        answer = await told(local, room.alice, room.general, name, **OPTIONS[name])
        assert words in answer.text
        assert not answer.is_ephemeral
    found = await told(local, room.alice, room.general, "search", query="storm")
    with local.watch(room.general) as watch:
        local.click(room.alice, found, "Weiter")
        assert "Seite 2 von 3" in (await watch.edited()).text
    mention = f"{local.world.bot.mention} {FED_QUESTION}"
    assert "Antwort auf:" in (await local.ask(room.olive, room.general, mention)).content
    await told(local, room.olive, room.general, "settings set", private=True)
    for name, words in spoken.items():
        answer = await told(local, room.alice, room.general, name, **OPTIONS[name])
        assert answer.is_ephemeral  # and in the language of who asked
        assert words not in answer.text


async def test_quiet_hours_are_those_of_the_servers_zone_and_alerts_stay_in_its_channels(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom
):
    del bot
    news = local.world.add_channel(room.guild, "news")
    night = {"query": "storm", "quiet-from": "22", "quiet-until": "7"}
    assert "(UTC)" in (await told(local, room.alice, room.general, "alerts add", **night)).text
    await told(local, room.olive, room.general, "settings set", zone="europe/berlin")
    await told(local, room.olive, room.general, "settings channels", allow=room.general)
    added = await told(local, room.alice, room.general, "alerts add", **night)
    assert "(Europe/Berlin)" in added.text
    room.guild.grant(room.alice, Permission.MANAGE_GUILD)
    refused = await told(local, room.alice, room.general, "alerts add", query="storm", channel=news)
    assert refused.content.startswith("\\#news is not among the channels to ask me in; ")
    added = await told(
        local, room.alice, room.general, "alerts add", query="storm", channel=room.general
    )
    assert f"is told in {room.general.mention}" in added.text


async def test_a_server_limits_questions_whichever_way_they_are_asked(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom
):
    del bot
    limited = await told(local, room.olive, room.general, "settings limits", person=2, everyone=3)
    assert "Questions of one person an hour: no limit → 2" in limited.text
    mention = f"{local.world.bot.mention} {FED_QUESTION}"
    answered = await told(local, room.alice, room.general, "ask", question=FED_QUESTION)
    assert FED_SENTENCE in (await local.ask(room.alice, room.general, mention)).content
    too_often = "You have asked 2 times in the last hour"
    for asked in (
        local.slash(room.alice, room.general, "latest"),
        local.click(room.alice, answered, "Context"),
    ):
        refused = await asked.final()
        assert refused.is_ephemeral
        assert refused.content.startswith(too_often)
    dm = local.world.dm(room.alice)
    assert FED_SENTENCE in (await local.ask(room.alice, dm, FED_QUESTION)).content
    await told(local, room.olive, room.general, "ask", question=FED_QUESTION)
    refused = await local.ask(room.olive, room.general, mention)
    assert refused.content.startswith("I was asked 3 times in the last hour")
    # whoever runs the server can still say otherwise
    await told(local, room.olive, room.general, "settings reset", what="limits")
    assert FED_SENTENCE in (await local.ask(room.alice, room.general, mention)).content
