"""A person at the demo's page: a real browser, and the words for what one does there.

Knows nothing of how the page is made but what a screen reader is told of it.
"""

from __future__ import annotations

import os
import re
import shutil
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from playwright.async_api import async_playwright, expect

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable

    from playwright.async_api import Browser, Locator, Page, ViewportSize

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
_WIDE: ViewportSize = {"width": 1280, "height": 800}
_PHONE: ViewportSize = {"width": 390, "height": 844}
Theme = Literal["dark", "light"]
# what the system's Chromium would fetch by itself is not the page's doing, and not ours to want
_QUIETLY = ("--disable-background-networking", "--disable-component-update", "--no-first-run")
# until what does not come is given up; what comes is waited for no longer than it takes
_LONGEST_MILLISECONDS = 20_000
expect.set_options(timeout=_LONGEST_MILLISECONDS)


@asynccontextmanager
async def opened_browser() -> AsyncIterator[Browser]:
    """Start the system's Chromium; root, as in a container, has no sandbox to offer it."""
    arguments = [*_QUIETLY, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        await browser.close()


@dataclass
class Visit:
    """One look at the page, and all that the browser asked for and complained of meanwhile."""

    page: Page
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    # a look at what is to come, which waits for it
    expect = staticmethod(expect)

    @property
    def messages(self) -> Locator:
        """The messages that are shown, oldest first."""
        return self.page.get_by_role("log", name="Messages").locator("#messages > li")

    @property
    def composer(self) -> Locator:
        """Where a message is written."""
        return self.page.get_by_role("combobox", name="Message")

    @property
    def strangers_asked(self) -> list[str]:
        """Every address beyond this machine that the browser asked for."""
        own = urlsplit(self.page.url).netloc
        return [url for url in self.asked if urlsplit(url).netloc not in {own, ""}]

    async def arrive(self, url: str) -> None:
        """Open the page, and wait until the bot is there."""
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on(
            "console",
            lambda said: (
                self.complaints.append(said.text) if said.type in {"error", "warning"} else None
            ),
        )
        await self.page.goto(url)
        await self.page.locator("#status.online").wait_for(state="attached")

    async def become(self, name: str) -> None:
        """Be somebody else from now on."""
        await self.unfold("Channels and people")
        person = self.page.get_by_role(
            "button", name=re.compile(rf"^{name} \("), include_hidden=True
        )
        await person.click()
        await expect(person).to_have_attribute("aria-current", "true")

    async def speak(self, language: str) -> None:
        """Have one's Discord in another language from now on."""
        await self.unfold("Channels and people")
        choice = self.page.get_by_label("Language")
        async with self.page.expect_response(lambda response: "/state" in response.url):
            await choice.select_option(language)

    async def go_to(self, place: str) -> None:
        """Look into another channel, or the direct conversation."""
        await self.unfold("Channels and people")
        await self.page.get_by_role("button", name=place, exact=True).click()
        await expect(self.page.locator("#title")).to_have_text(place.replace(" ", ""))

    async def command(self, name: str, **options: str) -> Locator:
        """Type a command and its options, send it, and return what is answered."""
        await self._begin(name)
        for option, value in options.items():
            await self._offered(option)
            await self._fill_in(option, value)
        return await self.answer_to(self.page.get_by_role("button", name="Send").click())

    async def choosing(self, name: str, **options: str) -> Locator:
        """The same, but take what is offered first for a part of each option's value."""
        await self._begin(name)
        for option, value in options.items():
            await self._offered(option)
            await self._fill_in(option, value)
            suggestions = self.page.get_by_role("listbox", name="Suggestions")
            await suggestions.get_by_role("option").filter(has_text=value).first.click()
        return await self.answer_to(self.page.get_by_role("button", name="Send").click())

    async def _begin(self, name: str) -> None:
        await self.composer.fill(f"/{name}")
        await self.page.get_by_role("option", name=f"/{name} ").first.click()

    async def _offered(self, option: str) -> None:
        """Ask for an option that may be left out."""
        offer = self.page.get_by_role("button", name=f"+ {option}", exact=True)
        if await offer.count():
            await offer.click()

    async def _fill_in(self, option: str, value: str) -> None:
        # what can be chosen belongs to the text of a list's label
        label = self.page.locator("#fields label").filter(has_text=re.compile(rf"^{option}\b"))
        field = label.locator("input, select")
        if await field.evaluate("field => field instanceof HTMLSelectElement"):
            await field.select_option(label=value)
        else:
            await field.fill(value)

    async def say(self, text: str) -> Locator:
        """Write a message and return it."""
        await self.composer.fill(text)
        return await self.answer_to(self.composer.press("Enter"))

    async def press(self, message: Locator, label: str) -> Locator:
        """Press a button below a message and return what is answered."""
        return await self.answer_to(message.get_by_role("button", name=label, exact=True).click())

    async def answer_to(self, deed: Awaitable[None]) -> Locator:
        """Do something that is answered with a new message, and return it once it is whole."""
        before = await self.messages.count()
        await deed
        answer = self.messages.nth(before)
        await answer.wait_for()
        await answer.get_by_text("thinking…").wait_for(state="detached")
        return answer

    async def unfold(self, name: str) -> None:
        """Open the column of a button, where the screen is too narrow for it."""
        opener = self.page.get_by_role("button", name=name)
        if await opener.is_visible() and await opener.get_attribute("aria-expanded") == "false":
            await opener.click()


@asynccontextmanager
async def visiting(
    browser: Browser,
    url: str,
    *,
    is_phone: bool = False,
    size: ViewportSize | None = None,
    theme: Theme = "dark",
    sharpness: float = 1.0,
) -> AsyncIterator[Visit]:
    """Visit the page in a window of its own, which remembers nothing of earlier ones."""
    context = await browser.new_context(
        viewport=size or (_PHONE if is_phone else _WIDE),
        device_scale_factor=sharpness,
        color_scheme=theme,
        locale="en-GB",
        timezone_id="Europe/London",
        reduced_motion="reduce",
    )
    context.set_default_timeout(_LONGEST_MILLISECONDS)
    visit = Visit(await context.new_page())
    await visit.arrive(url)
    yield visit
    await context.close()
