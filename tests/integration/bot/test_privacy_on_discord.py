from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from tests.integration.bot.corpus import FED_QUESTION
from tests.integration.bot.live import NOW, LiveBot, changed, live_bot

if TYPE_CHECKING:
    from pathlib import Path

    from bot.sandbox import Channel, LoopbackDiscord, Message, Newsroom, User

LABEL = "Delete all of it"
NOTHING = "I keep nothing of you."


async def told(
    local: LoopbackDiscord, person: User, channel: Channel, name: str, /, **options: Any
) -> Message:
    """What somebody is told alone."""
    message = await local.slash(person, channel, name, **options).final()
    assert message.is_ephemeral
    assert message.mentioned_ids == frozenset()
    return message


def file_of(local: LoopbackDiscord, message: Message) -> Any:
    (attachment,) = message.payload["attachments"]
    assert attachment["filename"] == "pullquote-data.json"
    return json.loads(local.world.uploads[int(attachment["id"])].content)


def rows_with(data_dir: Path, user: User) -> list[str]:
    with closing(sqlite3.connect(data_dir / "bot.sqlite3")) as connection:
        return [line for line in connection.iterdump() if str(user.id) in line]


@pytest.mark.usefixtures("bot")
async def test_everybody_sees_what_is_kept_of_them(local: LoopbackDiscord, room: Newsroom):
    for count, channel in enumerate((room.general, local.world.dm(room.alice))):
        message = await told(local, room.alice, channel, "privacy show")
        assert "**What I keep of you**\n- What you asked" in message.text
        assert f"- Your alerts, of which there are {count} now" in message.text
        await told(local, room.alice, channel, "alerts add", query=f"storm {channel.id}")
    message = await told(local, room.alice, room.general, "privacy show")
    assert "Your alerts, of which there are 2 now" in message.text
    assert not message.is_visible_to(room.olive)
    other = await told(local, room.olive, room.general, "privacy show")
    assert "Your alerts, of which there are 0 now" in other.text


@pytest.mark.usefixtures("bot")
async def test_everybody_gets_what_is_kept_of_them_as_a_file_and_nothing_of_others(
    local: LoopbackDiscord, room: Newsroom
):
    hostile = "@everyone <@1> storm"
    await told(local, room.alice, room.general, "alerts add", query=hostile)
    await told(local, room.olive, room.general, "alerts add", query="zeppelin")
    message = await told(local, room.alice, room.general, "privacy export")
    assert not message.is_visible_to(room.olive)
    whole = file_of(local, message)
    assert whole["user_id"] == str(room.alice.id)
    assert whole["made_at"] == NOW.isoformat()
    (alert,) = whole["alerts"]
    assert alert["typed"] == hostile
    assert str(alert["user_id"]) == str(room.alice.id)
    assert "zeppelin" not in json.dumps(whole)


async def test_all_that_is_kept_of_a_person_is_deleted_at_the_press_of_a_button_after_a_restart(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    async with live_bot(local, data_dir):
        await told(local, room.alice, room.general, "alerts add", query="storm")
        await told(local, room.olive, room.general, "alerts add", query="storm")
        await told(
            local, room.olive, room.general, "alerts add", query="rain", channel=room.general
        )
        before = await told(local, room.alice, room.general, "privacy delete")
        shared = await told(local, room.olive, room.general, "privacy delete")
        assert before.text == "**Delete all that I keep of you? It cannot be undone.**\n- 1 alert"
        assert before.button_labels == [LABEL]
        assert rows_with(data_dir, room.alice)
    async with live_bot(local, data_dir) as bot:
        click = await local.click(room.alice, before, LABEL).done()
        await click.edited()
        assert before.text == "**Deleted, all that was there:**\n- 1 alert"
        assert before.button_labels == []
        assert rows_with(data_dir, room.alice) == []
        assert len(await bot.memory.alerts.at_work()) == 2
        again = await told(local, room.alice, room.general, "privacy delete")
        assert (again.text, again.button_labels) == (NOTHING, [])
        click = await local.click(room.olive, shared, LABEL).done()
        await click.edited()
        assert "- your id in 1 alert of a channel, which stays" in shared.text
        assert rows_with(data_dir, room.olive) == []
        assert [alert.typed for alert in await bot.memory.alerts.at_work()] == ["rain"]


async def test_nobody_deletes_what_is_kept_of_somebody_else(
    bot: LiveBot, local: LoopbackDiscord, room: Newsroom
):
    await told(local, room.alice, room.general, "alerts add", query="storm")
    await told(local, room.olive, room.general, "alerts add", query="storm")
    message = await told(local, room.olive, room.general, "privacy delete")
    # as no client of Discord's would: the button with the id of another person
    message.buttons[0]["custom_id"] = f"forget:{room.alice.id}"
    refused = await local.click(room.olive, message, LABEL).final()
    assert refused.content.startswith("That button is somebody else's")
    assert len(await bot.memory.alerts.at_work()) == 2


@pytest.mark.usefixtures("bot")
async def test_what_cannot_be_deleted_is_said_to_be_there_still(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    await told(local, room.alice, room.general, "alerts add", query="storm")
    message = await told(local, room.alice, room.general, "privacy delete")
    await changed(data_dir / "bot.sqlite3", "DROP TABLE ratings")
    interaction = local.click(room.alice, message, LABEL)
    refused = await interaction.follow_up()
    assert refused.is_ephemeral
    assert "cannot be read just now" in refused.content
    assert "Delete all that I keep of you?" in message.text
    assert rows_with(data_dir, room.alice)


@pytest.mark.usefixtures("bot")
async def test_what_somebody_asked_and_searched_for_is_handed_over_and_deleted(
    local: LoopbackDiscord, room: Newsroom, data_dir: Path
):
    for person in (room.alice, room.olive):
        await local.slash(person, room.general, "ask", question=FED_QUESTION).final()
        await local.slash(person, room.general, "search", query="storm").final()
    whole = file_of(local, await told(local, room.alice, room.general, "privacy export"))
    assert [row["text"] for row in whole["questions"]] == [FED_QUESTION]
    assert [row["text"] for row in whole["searches"]] == ["storm"]
    message = await told(local, room.alice, room.general, "privacy delete")
    assert message.text.endswith("- 1 question\n- 1 search")
    click = await local.click(room.alice, message, LABEL).done()
    await click.edited()
    assert rows_with(data_dir, room.alice) == []
    assert len(rows_with(data_dir, room.olive)) == 2


@pytest.mark.usefixtures("bot")
async def test_whom_a_server_does_not_want_answered_sees_and_deletes_what_is_kept_all_the_same(
    local: LoopbackDiscord, room: Newsroom
):
    await local.slash(room.alice, room.general, "ask", question=FED_QUESTION).final()
    await local.slash(room.olive, room.general, "settings people", block=room.alice).final()
    refused = await local.slash(room.alice, room.general, "ask", question=FED_QUESTION).final()
    assert "have asked me not to answer you" in refused.text
    shown = await told(local, room.alice, room.general, "privacy show")
    assert "do not want you answered, of which there are 1 now" in shown.text
    message = await told(local, room.alice, room.general, "privacy delete")
    click = await local.click(room.alice, message, LABEL).done()
    await click.edited()
    assert message.text.endswith("that stays, as it is the server's.")
    refused = await local.slash(room.alice, room.general, "ask", question=FED_QUESTION).final()
    assert "have asked me not to answer you" in refused.text
