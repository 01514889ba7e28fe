"""What follows from a message: a further question, a thread, a search for it, a check of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.page.demo_at_work import demo_at_work

if TYPE_CHECKING:
    from playwright.async_api import Locator

    from tests.page.browsing import Visit
    from tests.page.camera import Camera

_MISQUOTED = (
    "“The longer of the two cracks measures 34 centimetres, and I would not drive my own mother "
    "across it,” said Dr. Solvang."
)


async def scene(camera: Camera) -> None:
    """Play it."""
    async with demo_at_work() as url:
        async with camera.visiting_closely(url) as alice:
            await _menu(alice, camera)
            await _form(alice, camera)
        async with camera.visiting_closely(url) as alice:
            await _thread(alice, camera)


async def _menu(alice: Visit, camera: Camera) -> None:
    said = await alice.say(_MISQUOTED)
    menu = await _open_menu(alice, said)
    await camera.close_up(alice, "message-menu", said, menu)
    await alice.page.keyboard.press("Escape")
    for item, name in (("Is this quoted correctly?", "checked"), ("Search the news", "searched")):
        menu = await _open_menu(alice, said)
        answer = await alice.answer_to(menu.get_by_role("menuitem", name=item).click())
        await camera.close_up(alice, name, answer)


async def _open_menu(alice: Visit, message: Locator) -> Locator:
    await message.scroll_into_view_if_needed()
    await message.click(button="right")
    menu = alice.page.get_by_role("menu")
    await menu.wait_for()
    return menu


async def _form(alice: Visit, camera: Camera) -> None:
    answer = await alice.command("ask", question="Why was the Lantern Bridge closed?")
    await answer.get_by_role("button", name="Follow up").click()
    form = alice.page.get_by_role("dialog", name="Follow up")
    await form.get_by_role("textbox").fill("when will it reopen?")
    await camera.close_up(alice, "follow-up-form", form)
    submit = form.get_by_role("button", name="Submit")
    await camera.close_up(alice, "follow-up", await alice.answer_to(submit.click()))


async def _thread(alice: Visit, camera: Camera) -> None:
    await alice.become("Olive")
    decided = await alice.command("settings set", threads="yes")
    await camera.close_up(alice, "settings-set", decided)
    await alice.become("Alice")
    await alice.say("@Pullquote Who is the new mayor of Pellmouth?")
    await alice.unfold("Channels and people")
    await alice.page.get_by_role("button", name="Who is the new mayor").click()
    await alice.expect(alice.messages).to_have_count(1)
    await alice.say("what did he drive?")
    await alice.expect(alice.messages).to_have_count(3)
    await camera.close_up(alice, "thread", alice.messages.first, alice.messages.last)
