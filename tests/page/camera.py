"""Pictures of what a visit shows, as files of a folder. Knows nothing of what is worth one."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.page.browsing import visiting

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from playwright.async_api import Browser, FloatRect, Locator, ViewportSize

    from tests.page.browsing import Theme, Visit

_QUALITY = 70  # of WebP; letters stay clean, and no picture weighs 150 kB
_SHARPNESS = 1.5
# so high that no message is cut off, and no wider than a message is
_HIGH: ViewportSize = {"width": 1180, "height": 1500}


@dataclass(frozen=True)
class Camera:
    """Takes pictures of visits that were begun with it."""

    browser: Browser
    folder: Path

    def visiting(
        self,
        url: str,
        *,
        theme: Theme = "dark",
        is_phone: bool = False,
        size: ViewportSize | None = None,
    ) -> AbstractAsyncContextManager[Visit]:
        """Visit the page in a sharp window."""
        look = {"theme": theme, "is_phone": is_phone, "size": size}
        return visiting(self.browser, url, sharpness=_SHARPNESS, **look)

    def visiting_closely(
        self, url: str, *, theme: Theme = "dark"
    ) -> AbstractAsyncContextManager[Visit]:
        """Visit it in a window that is as high as close-ups need."""
        return self.visiting(url, theme=theme, size=_HIGH)

    async def show(self, visit: Visit, message: Locator, name: str, side: str = "start") -> None:
        """Take a picture of the window, with the start, or the end, of a message in view."""
        await message.evaluate("(message, side) => message.scrollIntoView({block: side})", side)
        await self.take(visit, name)

    async def close_up(self, visit: Visit, name: str, *parts: Locator) -> None:
        """Take a picture of nothing but some parts of the page, the last of them in view."""
        await _rest(visit)
        taken_of = None
        # what is edited meanwhile may move
        while (clip := await _place_of(parts)) != taken_of:
            await self._write(visit, name, {"clip": {**clip, "scale": _SHARPNESS}})
            taken_of = clip

    async def take(self, visit: Visit, name: str) -> None:
        """Take a picture of the window."""
        await _rest(visit)
        await self._write(visit, name, {})

    async def _write(self, visit: Visit, name: str, about: dict[str, object]) -> None:
        chromium = await visit.page.context.new_cdp_session(visit.page)
        asked = {"format": "webp", "quality": _QUALITY, **about}
        taken = await chromium.send("Page.captureScreenshot", asked)
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / f"{name}.webp").write_bytes(base64.b64decode(taken["data"]))


async def _rest(visit: Visit) -> None:
    """Leave no caret to blink, and nothing below the mouse."""
    await visit.page.evaluate("document.activeElement.blur()")
    await visit.page.mouse.move(0, 0)


async def _place_of(parts: Sequence[Locator]) -> FloatRect:
    """Return where parts are once the end of the last is in view."""
    await parts[-1].evaluate("part => part.scrollIntoView({block: 'end'})")
    return _around([box for part in parts if (box := await part.bounding_box())])


def _around(boxes: list[FloatRect]) -> FloatRect:
    left, top = (min(box[side] for box in boxes) for side in ("x", "y"))
    right = max(box["x"] + box["width"] for box in boxes)
    bottom = max(box["y"] + box["height"] for box in boxes)
    return {"x": left, "y": top, "width": right - left, "height": bottom - top}
