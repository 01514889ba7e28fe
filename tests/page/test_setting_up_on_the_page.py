"""What whoever runs a server chooses in the set-up, in a real browser."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.asyncio(loop_scope="session")


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
