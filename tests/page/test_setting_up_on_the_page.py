"""What whoever runs a server chooses in the set-up, in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from tests.page.demo_at_work import demo_at_work

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def demo_without_feeds() -> AsyncIterator[str]:
    async with demo_at_work(PULLQUOTE_SERVER_FEEDS="0") as url:
        yield url


async def test_the_demo_lets_servers_add_as_many_feeds_as_it_is_told(visit, demo_without_feeds):
    olive = await visit(demo_without_feeds)
    await olive.become("Olive")
    answer = await olive.command("feeds add", address="https://paper.example")
    await olive.expect(answer).to_contain_text("does not let servers add feeds")


async def test_what_is_chosen_holds_and_is_shown_as_chosen(visit):
    olive = await visit()
    await olive.become("Olive")
    setup = await olive.command("setup")

    log = setup.get_by_label("none", exact=True)
    await log.select_option(label="#general")
    await olive.expect(setup).to_contain_text("Channel of the log: none →")
    await olive.expect(log.locator("option:checked")).to_have_text(["#general"])
    await log.select_option(label="none")
    await olive.expect(setup).to_contain_text("→ none")
