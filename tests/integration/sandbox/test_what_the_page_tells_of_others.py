"""What the page is told beyond the conversation in view: who types, and what is new elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.sandbox.page.showing import Viewpoint, shown
from bot.sandbox.page.typists import Typists
from tests.integration.sandbox.running import ask_rest, eventually

if TYPE_CHECKING:
    from bot.sandbox import Channel, LoopbackDiscord, Newsroom, User
    from tests.integration.sandbox.sample_bot import SampleBot


class Watch:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def typists(local: LoopbackDiscord, watch: Watch) -> Typists:
    typists = Typists(watch)
    local.world.subscribe(typists.hear)
    return typists


async def start_typing(local: LoopbackDiscord, channel: Channel) -> None:
    status, _ = await ask_rest(local, "POST", f"/channels/{channel.id}/typing")
    assert status == 204


async def test_who_types_is_told_for_ten_seconds(
    local: LoopbackDiscord, newsroom: Newsroom, typists: Typists, watch: Watch
):
    here = Viewpoint(newsroom.alice, newsroom.general)
    elsewhere = Viewpoint(newsroom.alice, local.world.dm(newsroom.alice))

    await start_typing(local, newsroom.general)
    assert typists.ids(here) == [str(local.world.bot.id)]
    assert typists.ids(elsewhere) == []

    watch.seconds = 10.1
    assert typists.ids(here) == []
    assert typists.count == 0


async def test_who_has_written_types_no_more(
    local: LoopbackDiscord, newsroom: Newsroom, typists: Typists
):
    await start_typing(local, newsroom.general)
    path = f"/channels/{newsroom.general.id}/messages"
    await ask_rest(local, "POST", path, {"content": "there"})

    assert typists.count == 0


async def test_the_bot_hears_of_typing(
    local: LoopbackDiscord, newsroom: Newsroom, sample_bot: SampleBot
):
    heard: list[int] = []

    @sample_bot.event
    async def on_raw_typing(payload) -> None:
        heard.append(payload.user_id)

    await start_typing(local, newsroom.general)
    await start_typing(local, local.world.dm(newsroom.alice))

    await eventually(lambda: len(heard) == 2)
    assert set(heard) == {local.world.bot.id}


async def test_the_newest_message_of_every_place_is_told(
    local: LoopbackDiscord, newsroom: Newsroom
):
    def seen_by(user: User) -> tuple[str | None, str | None]:
        state = shown(local, Viewpoint(user, newsroom.general), "1")
        return state["channels"][0]["newest"], state["direct"]["newest"]

    assert seen_by(newsroom.alice) == (None, None)
    public = local.say(newsroom.alice, newsroom.general, "to all")
    private = local.say(newsroom.alice, local.world.dm(newsroom.alice), "to the bot")

    assert seen_by(newsroom.alice) == (str(public.id), str(private.id))
    assert seen_by(newsroom.olive) == (str(public.id), None)
