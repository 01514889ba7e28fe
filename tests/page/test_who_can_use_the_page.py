"""The demo's page on a phone, by keyboard alone, for a screen reader, in light and in dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.page.reaching import findings, width_beyond_the_screen

if TYPE_CHECKING:
    from tests.page.browsing import Visit

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUESTION = "Who won the election?"
LIGHT, DARK = "rgb(255, 255, 255)", "rgb(49, 51, 56)"


async def ground(visit: Visit) -> str:
    return await visit.page.evaluate("getComputedStyle(document.body).backgroundColor")


@pytest.mark.parametrize("is_phone", [False, True], ids=["wide", "phone"])
async def test_nothing_keeps_anybody_out(visit, is_phone):
    olive = await visit(is_phone=is_phone)
    await olive.go_to("@ Pullquote")
    await olive.become("Olive")
    answer = await olive.command("ask", question=QUESTION)
    await olive.command("status")
    await olive.press(answer, "Context")
    await olive.composer.fill("/")
    await olive.expect(olive.page.get_by_role("listbox")).to_be_visible()
    await answer.click(button="right", position={"x": 60, "y": 30})
    await olive.expect(olive.page.get_by_role("menu")).to_be_visible()

    for theme in ("dark", "light"):
        await olive.page.emulate_media(color_scheme=theme)
        assert await findings(olive) == []


async def test_a_phone_shows_all_without_scrolling_sideways(visit):
    alice = await visit(is_phone=True)
    await alice.command("search", query="bridge")
    assert await width_beyond_the_screen(alice) == 0

    await alice.page.get_by_role("button", name="Channels and people").click()
    await alice.expect(alice.page.get_by_role("navigation")).to_be_visible()
    assert await width_beyond_the_screen(alice) == 0
    await alice.become("Olive")
    await alice.expect(alice.page.get_by_role("navigation")).to_be_hidden()

    await alice.composer.fill("/alerts add ")
    await alice.expect(alice.page.get_by_label("query")).to_be_focused()
    assert await width_beyond_the_screen(alice) == 0
    await alice.page.get_by_role("button", name="Members").click()
    await alice.expect(alice.page.get_by_role("complementary")).to_be_visible()
    assert await width_beyond_the_screen(alice) == 0


async def test_the_device_chooses_light_or_dark_until_a_person_does(visit):
    alice = await visit(theme="light")
    assert await ground(alice) == LIGHT

    await alice.page.get_by_label("Theme").select_option("dark")
    assert await ground(alice) == DARK
    await alice.page.reload()
    assert await ground(alice) == DARK

    await alice.page.get_by_label("Theme").select_option("")
    await alice.page.emulate_media(color_scheme="dark")
    assert await ground(alice) == DARK


async def test_everything_is_done_by_keyboard(visit):
    alice = await visit()
    keys = alice.page.keyboard
    await alice.expect(alice.composer).to_be_focused()

    await keys.type("/")
    await keys.press("ArrowDown")
    chosen = alice.page.get_by_role("listbox").get_by_role("option", selected=True)
    await alice.expect(chosen).not_to_contain_text("/ask ")
    await keys.press("Escape")
    await alice.expect(alice.page.get_by_role("listbox")).to_be_hidden()
    await alice.composer.fill("")
    await keys.type("/ask")
    await keys.press("Tab")
    await alice.expect(alice.page.get_by_label("question")).to_be_focused()
    await keys.type(QUESTION)
    answer = await alice.answer_to(keys.press("Enter"))
    await alice.expect(alice.composer).to_be_focused()

    await alice.page.get_by_role("log").focus()
    await keys.press("ArrowUp")
    await alice.expect(answer).to_be_focused()
    for _ in range(20):
        await keys.press("Tab")
        if await answer.get_by_role("button", name="Why this?").evaluate(
            "button => button === document.activeElement"
        ):
            break
    why = await alice.answer_to(keys.press("Enter"))
    await alice.expect(why).to_contain_text("Only you can see this")

    await answer.focus()
    await keys.press("Shift+F10")
    await alice.expect(alice.page.get_by_role("menuitem", name="Reply")).to_be_focused()
    await keys.press("ArrowDown")
    await alice.expect(alice.page.get_by_role("menuitem").nth(1)).to_be_focused()
    await keys.press("Escape")
    await alice.expect(answer).to_be_focused()
    await keys.press("Shift+F10")
    await keys.press("Enter")
    await alice.expect(alice.page.get_by_text("Replying to Pullquote")).to_be_visible()
    await alice.expect(alice.composer).to_be_focused()
    await keys.press("Escape")
    await alice.expect(alice.page.get_by_text("Replying to Pullquote")).to_be_hidden()


async def test_a_screen_reader_is_told_what_is_what(visit):
    alice = await visit()
    page = alice.page

    log = page.get_by_role("log", name="Messages")
    await alice.expect(log.get_by_role("list").first).to_be_visible()
    await alice.expect(page.get_by_role("navigation", name="Server and people")).to_be_visible()
    members = page.get_by_role("complementary", name="Members")
    await alice.expect(members.get_by_role("list", name="Admin – 1")).to_contain_text("Olive")
    await alice.expect(page.get_by_role("status").filter(has_text="online")).to_be_visible()
    await alice.expect(page.get_by_role("button", name="Alice (reader)")).to_have_attribute(
        "aria-current", "true"
    )

    await alice.expect(alice.composer).to_have_attribute("aria-expanded", "false")
    await alice.composer.fill("/")
    suggested = page.get_by_role("listbox", name="Suggestions").get_by_role("option")
    await alice.expect(suggested.first).to_have_attribute("aria-selected", "true")
    await alice.expect(alice.composer).to_have_attribute("aria-expanded", "true")
    await alice.expect(alice.composer).to_have_attribute("aria-activedescendant", "suggestion-0")


async def test_naming_a_member_writes_the_mention(visit):
    alice = await visit()

    await alice.page.get_by_role("button", name="Members").click()
    await alice.expect(alice.page.get_by_role("complementary")).to_be_hidden()
    await alice.page.get_by_role("button", name="Members").click()
    await alice.page.get_by_role("complementary").get_by_role("button", name="Pullquote").click()

    await alice.expect(alice.composer).to_have_value("@Pullquote ")
    await alice.expect(alice.composer).to_be_focused()
