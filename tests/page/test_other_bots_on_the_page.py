"""What ours does not use, with a small bot that does: modals, selects, typing, edits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from bot.sandbox import LoopbackDiscord, open_newsroom
from bot.sandbox.page import Page
from tests.integration.sandbox.running import running
from tests.integration.sandbox.sample_bot import SampleBot

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.sandbox import Newsroom

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def local() -> AsyncIterator[LoopbackDiscord]:
    async with LoopbackDiscord() as discord:
        yield discord


@pytest.fixture
def newsroom(local: LoopbackDiscord) -> Newsroom:
    return open_newsroom(local.world)


@pytest_asyncio.fixture(loop_scope="session")
async def sample(local: LoopbackDiscord, newsroom: Newsroom) -> AsyncIterator[SampleBot]:
    del newsroom  # the server is there before the bot is
    async with running(SampleBot(), local) as bot:
        yield bot


@pytest_asyncio.fixture(loop_scope="session")
async def page(
    local: LoopbackDiscord, newsroom: Newsroom, sample: SampleBot
) -> AsyncIterator[Page]:
    del sample
    async with Page(local, newsroom) as page:
        yield page


# `page` before `visit`: whoever visits has left before the page is gone
async def test_a_modal_is_a_dialog_that_is_filled_in_and_sent(page, visit):
    alice = await visit(page.url)
    await alice.composer.fill("/alert")
    await alice.page.keyboard.press("Enter")
    await alice.page.keyboard.press("Enter")
    dialog = alice.page.get_by_role("dialog", name="New alert")
    await alice.expect(dialog.get_by_label("Words *")).to_be_focused()
    await alice.page.keyboard.press("Escape")
    await alice.expect(dialog).to_be_hidden()

    await alice.composer.fill("/alert")
    await alice.page.keyboard.press("Enter")
    await alice.page.keyboard.press("Enter")
    await dialog.get_by_label("Words *").fill("rates")
    await dialog.get_by_label("How often *").select_option("Daily")
    answer = await alice.answer_to(dialog.get_by_role("button", name="Submit").click())

    await alice.expect(answer).to_contain_text("Alert on 'rates': day")


async def test_a_select_below_a_message_is_chosen_from(page, visit):
    alice = await visit(page.url)
    message = await alice.command("publisher")

    await message.get_by_role("combobox", name="A publisher").select_option("AP")

    await alice.expect(message).to_contain_text("$12bn merger")


async def test_who_types_is_told_until_the_message_is_there(page, visit, sample, newsroom):
    alice = await visit(page.url)
    channel = sample.get_partial_messageable(newsroom.general.id)

    await channel.typing()
    await alice.expect(alice.page.get_by_text("Pullquote is typing…")).to_be_visible()
    said = await channel.send("here it is")
    await alice.expect(alice.page.get_by_text("is typing…")).to_be_hidden()

    await said.edit(content="here it is, corrected")
    await alice.expect(alice.messages.last).to_contain_text("here it is, corrected")
    await alice.expect(alice.messages.last).to_contain_text("(edited)")
