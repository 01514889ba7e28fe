"""Commands in plain words, for whoever cannot use slash commands: what readers may do."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.commands.cooldown import Cooldown
from bot.commands.message_content import MessageContent
from bot.sandbox import MessageFlag, Permission
from tests.integration.bot.corpus import FED_QUESTION, FED_SENTENCE
from tests.integration.bot.live import LiveBot, live_bot
from tests.integration.bot.plain_words import ALONE, PATIENCE_SECONDS, said, said_alone
from tests.integration.bot.test_questions_on_discord import SlowAnswers, displays
from tests.integration.sandbox.running import eventually

if TYPE_CHECKING:
    from pathlib import Path

    from bot.sandbox import LoopbackDiscord, Newsroom

SAME = [
    ("ask: " + FED_QUESTION, "ask", {"question": FED_QUESTION}),
    (
        "!ask " + FED_QUESTION + " publisher: The Example",
        "ask",
        {"question": FED_QUESTION, "publisher": "The Example"},
    ),
    ("search storm", "search", {"query": "storm"}),
    ("Find storm newest", "search", {"query": "storm", "sort": 1}),
    (
        "search storm since 2026-02-03 until 2026-02-05 from Harbour Post",
        "search",
        {
            "query": "storm",
            "since": "2026-02-03",
            "until": "2026-02-05",
            "publisher": "Harbour Post",
        },
    ),
    ("latest", "latest", {}),
    ("latest storm", "latest", {"topic": "storm"}),
    ("article rates FED", "article", {"headline": "rates FED"}),
    ("status", "status", {}),
    ("search storm since:soon", "search", {"query": "storm since:soon"}),
    ("!article xylophone", "article", {"headline": "xylophone"}),
]


@pytest.mark.parametrize(("words", "name", "options"), SAME)
@pytest.mark.usefixtures("bot")
async def test_words_lead_to_what_the_slash_command_says(
    local: LoopbackDiscord, room: Newsroom, words: str, name: str, options: dict[str, object]
):
    slash = await local.slash(room.alice, room.general, name, **options).final()  # type: ignore[arg-type]
    shown = displays(slash)
    assert displays(await said(local, room.alice, room.general, words)) == shown
    direct = await said(local, room.alice, local.world.dm(room.alice), words)
    assert displays(direct) == shown


@pytest.mark.usefixtures("bot")
async def test_an_answer_is_plain_content_where_it_has_room_and_points_at_what_was_written(
    local: LoopbackDiscord, room: Newsroom
):
    with local.watch(room.general) as watch:
        asked = local.say(room.alice, room.general, f"{local.world.bot.mention} status")
        answer = await watch.posted(PATIENCE_SECONDS)
    assert answer.replies_to == asked.id
    assert answer.content.startswith("**15 articles**")
    assert MessageFlag.COMPONENTS_V2 not in answer.flags


@pytest.mark.usefixtures("bot")
async def test_pages_are_turned_as_below_a_slash_command(local: LoopbackDiscord, room: Newsroom):
    found = await said(local, room.alice, room.general, "search storm")
    with local.watch(room.general) as watch:
        local.click(room.alice, found, "Next")
        assert "page 2 of 3" in (await watch.edited(PATIENCE_SECONDS)).text
    answered = await said(local, room.alice, room.general, f"ask: {FED_QUESTION}")
    context = await local.click(room.alice, answered, "Context").final()
    assert context.is_ephemeral
    assert FED_SENTENCE in context.text


async def test_alerts_are_kept_listed_and_removed_and_the_channel_learns_nothing_of_them(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom
):
    added = await said_alone(
        local,
        room.alice,
        room.general,
        'alerts add "strong winds" -hail quiet-from 22:00 quiet-until 7 zone berlin',
    )
    assert "quiet 22:00–07:00 (Europe/Berlin)" in added.text
    await said_alone(local, room.alice, room.general, "alerts add gargoyles")
    listed = await said_alone(local, room.alice, room.general, "alerts list")
    first, second = await bot.memory.alerts.of_person(room.alice.id)
    assert f'#{first.id} · “"strong winds" -hail” · by direct message' in listed.text
    assert f"#{second.id} · “gargoyles”" in listed.text
    removed = await said_alone(local, room.alice, room.general, f"alerts remove {first.id}")
    assert "is removed" in removed.text
    # or by words of its own
    await said_alone(local, room.alice, room.general, "alerts remove gargoyle")
    assert await bot.memory.alerts.of_person(room.alice.id) == []
    others = {each.content for each in local.messages(room.general) if each.author.is_bot}
    assert others == {ALONE}


async def test_nobody_removes_the_alert_of_somebody_else_in_words(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom
):
    await said_alone(local, room.olive, room.general, "alerts add storm")
    (alert,) = await bot.memory.alerts.of_person(room.olive.id)
    refused = await said_alone(local, room.alice, room.general, f"alerts remove {alert.id}")
    assert "There is no such alert of yours" in refused.content
    unknown = await said(local, room.alice, room.general, "alerts remove storm")
    assert "“storm” does not fit “alert”" in unknown.content
    assert len(await bot.memory.alerts.of_person(room.olive.id)) == 1


@pytest.mark.usefixtures("bot")
async def test_a_digest_is_started_listed_and_stopped(local: LoopbackDiscord, room: Newsroom):
    direct = local.world.dm(room.alice)
    started = await said(local, room.alice, direct, "digest daily 08:00")
    assert "The top stories are told by direct message every day" in started.text
    friday = await said_alone(local, room.alice, room.general, "digest start Friday at 7:30")
    assert "every Friday" in friday.text
    assert "every Friday" in (await said(local, room.alice, direct, "digest list")).text
    await said(local, room.alice, direct, "digest stop")
    assert "There is no digest" in (await said(local, room.alice, direct, "digest list")).text


async def test_what_is_kept_of_a_person_goes_to_them_alone_and_is_deleted_once_confirmed(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom
):
    await said_alone(local, room.alice, room.general, "alerts add storm")
    shown = await said_alone(local, room.alice, room.general, "privacy show")
    assert "Your alerts, of which there are 1 now" in shown.text
    exported = await said_alone(local, room.alice, room.general, "privacy export")
    (attachment,) = exported.payload["attachments"]
    whole = json.loads(local.world.uploads[int(attachment["id"])].content)
    assert whole["user_id"] == str(room.alice.id)
    assert [each["typed"] for each in whole["alerts"]] == ["storm"]
    asked = await said_alone(local, room.alice, room.general, "privacy delete")
    assert "It cannot be undone" in asked.text
    assert len(await bot.memory.alerts.of_person(room.alice.id)) == 1
    direct = local.world.dm(room.alice)
    with local.watch(direct) as watch:
        local.click(room.alice, asked, "Delete all of it")
        assert "Deleted, all that was there" in (await watch.edited(PATIENCE_SECONDS)).text
    assert await bot.memory.alerts.of_person(room.alice.id) == []
    assert all(not each.payload["attachments"] for each in local.messages(room.general))


async def test_whoever_takes_no_direct_messages_is_told_how_to(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom
):
    room.alice.accepts_direct_messages = False
    for words in ("privacy show", "alerts list", "privacy export", "alerts remove 99"):
        told = await said(local, room.alice, room.general, words)
        assert "is for you alone" in told.content
        assert "allow direct messages in the privacy settings of this server" in told.content
    await bot.memory.servers.change(room.guild.id, lambda known: replace(known, is_private=True))
    told = await said(local, room.alice, room.general, "search storm")
    assert "allow direct messages" in told.content


async def test_what_a_server_wants_private_is_so_in_words_as_well(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom
):
    await bot.memory.servers.change(room.guild.id, lambda known: replace(known, is_private=True))
    for words in ("search storm", "latest", "status", "article rates FED", f"ask: {FED_QUESTION}"):
        assert await said_alone(local, room.alice, room.general, words)
    await bot.memory.servers.change(room.guild.id, lambda known: replace(known, is_private=False))
    asked = f"ask: {FED_QUESTION} private"
    assert FED_SENTENCE in (await said_alone(local, room.alice, room.general, asked)).text
    assert FED_SENTENCE not in "".join(each.text for each in local.messages(room.general))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            "search",
            (
                "I read that as “search”, but “query” is missing; "
                "write it like “search bridge repair”."
            ),
        ),
        (
            "!status now",
            "I read that as “status”, but there is no place for “now”; write it like “status”.",
        ),
        (
            "alerts",
            "but it needs one of the words “add” or “list” or “remove” behind it; write it like",
        ),
        ("!xylophone", "There is no command “xylophone”; write “help” to learn which there are."),
        ("suche", "Ich lese das als „suche“, aber „suche“ fehlt; schreib es wie „suche Brücke "),
        ("search storm since 2026-13-45", "is not a date that I understand; write it like"),
        ("!search storm publisher: The Exampel", "There is no news from “The Exampel”"),
        ("alerts add storm zone Berlin quiet-from 9", "Quiet hours need both"),
        ("is this quoted correctly?", "but it is no reply to the message that you mean"),
        ("help xylophone", "Nothing in the news"),
        ("!help xylophone", "There is no command “xylophone”; write “help” to learn"),
    ],
)
@pytest.mark.usefixtures("bot")
async def test_what_is_wrong_is_told_in_a_sentence_with_an_example(
    local: LoopbackDiscord, room: Newsroom, words: str, told: str
):
    answer = await said(local, room.alice, local.world.dm(room.alice), words)
    assert told in answer.text.replace("\\", "")


@pytest.mark.usefixtures("bot")
async def test_what_was_typed_does_no_harm_in_what_is_told(local: LoopbackDiscord, room: Newsroom):
    hostile = "@everyone @here <@1> **x** `y` </ask:4> <:smile:5> <t:0:R>"
    for words in (
        f"!{'x' * 40}**bold** {hostile}",
        f"!status {hostile}",
        f"!alerts remove {hostile}",
        f"search {hostile}",
        f"latest {hostile}",
        f"settings set log {hostile}",
        f"!help {hostile}",
        f"article {hostile}",
        # as much as a message may hold
        "!" + "x*" * 990,
        "!status " + "*" * 1900,
        "!settings set log " + "`" * 1900,
        "!digest start daily " + "_" * 1900,
        "!alerts add storm zone: " + "~" * 1900,
        "!search storm publisher: " + "|" * 1900,
        "!search storm since: 1" + "*" * 1900,
        "!search " + "*" * 1900,
        "help " + "*" * 90,
        "!help " + "*" * 1900,
    ):
        answer = await said(local, room.alice, local.world.dm(room.alice), words)
        text = answer.text
        assert "@everyone" not in text
        assert "@here" not in text
        assert "<@1>" not in text.replace("\\<", "")
        assert "**x**" not in text
        assert answer.payload["mention_everyone"] is False
    assert local.violations == []


@pytest.mark.usefixtures("bot")
async def test_a_question_is_still_a_question(local: LoopbackDiscord, room: Newsroom):
    for question in ("Search what the Federal Reserve did", "status of interest rates"):
        answer = await said(local, room.alice, room.general, question)
        assert answer.content.startswith(f"-# In answer to: {question}")


@pytest.mark.usefixtures("bot")
async def test_help_tells_what_can_be_written_to_whom(local: LoopbackDiscord, room: Newsroom):
    shown = await said(local, room.alice, room.general, "help")
    assert "**search bridge repair** – Find passages in the news" in shown.text
    assert "settings" not in shown.text
    of_owner = await said(local, room.olive, room.general, "help")
    assert "**settings set language English** – " in of_owner.text
    direct = local.world.dm(room.olive)
    assert "settings" not in (await said(local, room.olive, direct, "commands")).text
    one = await said(local, room.alice, room.general, "help search")
    assert "- **since** – Only articles since this date" in one.text
    german = await said(local, room.alice, room.general, "hilfe hinweise")
    assert "**hinweise neu Brücke Reparatur** – " in german.text
    mention = await local.ask(room.alice, room.general, local.world.bot.mention)
    assert "write “help” for all that I understand in plain words" in mention.content


@pytest.mark.usefixtures("bot")
async def test_german_words_are_answered_in_german(local: LoopbackDiscord, room: Newsroom):
    direct = local.world.dm(room.alice)
    added = await said(local, room.alice, direct, "hinweise neu Sturm ruhe-von 22 ruhe-bis 7")
    assert added.text.startswith("Von jetzt an sage ich")
    assert "Deine Hinweise" in (await said(local, room.alice, direct, "hinweise liste")).text
    # what a whole server sees is in its language
    found = await said(local, room.alice, room.general, "suche storm neueste")
    assert "12 passages for “storm”" in found.text
    await said_alone(local, room.olive, room.general, "settings set language de")
    found = await said(local, room.alice, room.general, "search storm")
    assert "Seite 1 von 3" in found.text
    assert "Artikel" in (await said(local, room.alice, room.general, "status")).text
    wrong = await said_alone(local, room.alice, room.general, "überblick täglich 25:61")
    assert "ist keine Uhrzeit" in wrong.text


@pytest.mark.usefixtures("bot")
async def test_a_message_that_is_replied_to_is_checked_and_searched_for(
    local: LoopbackDiscord, room: Newsroom
):
    mention = local.world.bot.mention
    quoting = local.say(room.alice, room.general, f"{mention}, they wrote “{FED_SENTENCE}”, right?")
    await local.reply_in(room.general, PATIENCE_SECONDS)
    for words in ("Is this quoted correctly?", "Ist das richtig zitiert?"):
        told = await said_alone(local, room.olive, room.general, words, reply_to=quoting)
        assert FED_SENTENCE in told.text
        assert ("word for word" if words.startswith("Is ") else "Wort für Wort") in told.text
    copied = f"!is this quoted correctly “{FED_SENTENCE}”"
    assert "**Quoted correctly" in (await said_alone(local, room.olive, room.general, copied)).text
    found = await said_alone(
        local, room.olive, room.general, "search the news for this", reply_to=quoting
    )
    assert "Fed holds rates" in found.text
    # of what does not mention it, Discord tells the bot no words
    unread = local.say(room.alice, room.general, f"They wrote “{FED_SENTENCE}”")
    told = await said(local, room.olive, room.general, "Is this quoted correctly?", reply_to=unread)
    assert "copy its words behind the command" in told.content


async def test_words_are_commands_in_a_channel_of_questions_and_in_threads(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    async with live_bot(local, data_dir, content=MessageContent("always")) as bot:
        await bot.memory.servers.change(
            room.guild.id,
            lambda known: replace(known, question_channel_id=room.general.id, opens_threads=True),
        )
        found = await local.ask(
            room.alice, room.general, "search storm", timeout_seconds=PATIENCE_SECONDS
        )
        assert "12 passages" in found.text
        local.say(room.alice, room.general, FED_QUESTION)
        threads = local.world.channels
        await eventually(lambda: any(each.is_thread and each.messages for each in threads.values()))
        thread = next(each for each in threads.values() if each.is_thread)
        newest = await local.ask(
            room.alice, thread, "latest storm", timeout_seconds=PATIENCE_SECONDS
        )
        assert "The newest stories about “storm”" in newest.text
        assert newest.channel is thread


async def test_each_command_counts_once_however_often_it_counts_itself(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    direct = local.world.dm(room.alice)
    async with live_bot(local, data_dir, cooldown=Cooldown(4, 600.0)):
        for words in ("search storm", "status", "help", "!xylophone"):
            assert "a lot of questions" not in (await said(local, room.alice, direct, words)).text
        told = await said(local, room.alice, direct, "alerts list")
        assert told.content.startswith("That is a lot of questions at once; please wait")
        # she is not told again and again
        local.say(room.alice, direct, "alerts list")
        assert "15 articles" in (await said(local, room.olive, room.general, "status")).text
        assert len([each for each in local.messages(direct) if each.author.is_bot]) == 5


async def test_a_crash_is_owned_up_to_without_a_word_of_what_it_was(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    answers = SlowAnswers()
    answers.release.set()
    async with live_bot(local, data_dir, answers=answers):
        told = await said(local, room.alice, room.general, "ask: why is that?")
        alone = await said_alone(local, room.alice, room.general, "ask: why is that? private")
    for message in (told, alone):
        assert message.content.startswith("Something went wrong on my side; if it happens again")
        assert "no answer to" not in message.content


async def test_a_place_where_the_bot_may_not_write_does_no_harm(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom
):
    del bot
    silent = local.world.add_channel(room.guild, "silent")
    local.world.deny(silent, local.world.bot, Permission.SEND_MESSAGES)
    local.say(room.alice, silent, f"{local.world.bot.mention} status")
    await eventually(lambda: any(each.status == 403 for each in local.requests))
    assert "15 articles" in (await said(local, room.alice, room.general, "status")).text
    assert [each.author for each in local.messages(silent)] == [room.alice]
