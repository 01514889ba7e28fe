"""Takes the README's pictures anew, of the demo as it is.

uv run --group page python -m tests.page.screenshots
"""

from __future__ import annotations

import asyncio
import base64
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.page.browsing import opened_browser, visiting
from tests.page.demo_at_work import ROOT, demo_at_work

if TYPE_CHECKING:
    from playwright.async_api import Browser, Locator

    from tests.page.browsing import Visit

PICTURES = ROOT / "docs" / "screenshots"
_QUALITY = 80  # of WebP; letters stay clean, and no picture weighs 150 kB
_OWN_NEWS = {
    "Foxglove Ferry sold to the harbour trust": (
        "The Foxglove Ferry was sold on Tuesday to the harbour trust, its owner Ines Calloway "
        "said. The trust pays nine hundred thousand crowns, and keeps all eleven of the crew."
    ),
    "Corbel Viaduct opens to trains again": (
        "Trains cross the Corbel Viaduct again from Monday, after eleven weeks of repairs. A "
        "cracked pier had been found in December by a surveyor on her lunch break."
    ),
    "Wicker Mill gets its sails back": (
        "The Wicker Mill has its four sails back, which a storm had torn off in 1987. They were "
        "carved by pupils of the school of crafts."
    ),
}


async def take_all(folder: Path) -> None:
    """Have a conversation and take a picture of each thing worth seeing."""
    async with demo_at_work() as url, opened_browser() as browser:
        await _dark(browser, url, folder)
        await _light(browser, url, folder)
        await _phone(browser, url, folder)
    with TemporaryDirectory() as home:
        _write_news(Path(home) / "news")
        async with demo_at_work(HOME=home) as url, opened_browser() as browser:
            await _own_news(browser, url, folder)


async def _own_news(browser: Browser, url: str, folder: Path) -> None:
    async with visiting(browser, url, theme="dark", sharpness=1.5) as alice:
        await alice.page.get_by_role("button", name="Add your own news").click()
        await alice.page.keyboard.type("~/news")
        await alice.page.keyboard.press("Enter")
        dialog = alice.page.get_by_role("dialog", name="Add your own news")
        await alice.expect(dialog.get_by_role("status")).to_contain_text("Added 3 articles")
        await _take(alice, folder / "own-news.webp")
        await dialog.get_by_role("button", name="Close").click()
        answer = await alice.command("ask", question="Who bought the Foxglove Ferry?")
        await _show(alice, answer, folder / "own-news-answer.webp", "end")


def _write_news(folder: Path) -> None:
    folder.mkdir()
    for number, (title, text) in enumerate(_OWN_NEWS.items()):
        about = f"title: {title}\npublisher: The Harbour Gazette\npublished: 2026-03-0{4 - number}"
        (folder / f"{number}.md").write_text(f"---\n{about}\n---\n{text}\n", encoding="utf-8")


async def _dark(browser: Browser, url: str, folder: Path) -> None:
    async with visiting(browser, url, theme="dark", sharpness=1.5) as alice:
        answer = alice.messages.first
        await _take(alice, folder / "answer.webp")
        await _show(alice, await alice.press(answer, "Why this?"), folder / "why-this.webp")
        await _show(alice, await alice.press(answer, "More"), folder / "more.webp")
        found = await alice.command("search", query="bridge repair")
        await _show(alice, found, folder / "search.webp")
        await alice.become("Olive")
        await _show(alice, await alice.command("status"), folder / "status.webp")
        await _show(alice, await alice.command("setup"), folder / "setup.webp")


async def _light(browser: Browser, url: str, folder: Path) -> None:
    async with visiting(browser, url, theme="light", sharpness=1.5) as alice:
        await _show(
            alice, await alice.press(alice.messages.first, "Context"), folder / "context.webp"
        )
        unknown = await alice.command("ask", question="When does the new hospital open?")
        await _show(alice, unknown, folder / "abstention.webp")
        mistyped = await alice.command(
            "ask", question="Why did Nancy Gulick become the ferry skipper?"
        )
        await _show(alice, mistyped, folder / "meant.webp", "end")
        await _show(alice, await alice.command("latest"), folder / "latest.webp")
        await alice.speak("Deutsch")
        reasons = await alice.press(alice.messages.first, "Why this?")
        await _show(alice, reasons, folder / "german.webp")
        await alice.speak("en-US")


async def _phone(browser: Browser, url: str, folder: Path) -> None:
    for theme in ("dark", "light"):
        async with visiting(browser, url, is_phone=True, theme=theme, sharpness=1.5) as alice:
            answer = await alice.command("ask", question="Who won the election?")
            await _show(alice, answer, folder / f"phone-{theme}.webp")


async def _show(visit: Visit, message: Locator, path: Path, side: str = "start") -> None:
    """Take a picture with the start, or the end, of a message in view."""
    await message.evaluate("(message, side) => message.scrollIntoView({block: side})", side)
    await _take(visit, path)


async def _take(visit: Visit, path: Path) -> None:
    await visit.page.evaluate("document.activeElement.blur()")
    await visit.page.mouse.move(0, 0)
    chromium = await visit.page.context.new_cdp_session(visit.page)
    about = {"format": "webp", "quality": _QUALITY}
    taken = await chromium.send("Page.captureScreenshot", about)
    _write(path, base64.b64decode(taken["data"]))


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


if __name__ == "__main__":
    asyncio.run(take_all(PICTURES))
