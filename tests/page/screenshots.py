"""Takes the pictures of README.md and docs/commands.md anew, of the demo as it is.

uv run --group page python -m tests.page.screenshots [SCENE…]
"""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

from tests.page.browsing import opened_browser
from tests.page.camera import Camera
from tests.page.demo_at_work import ROOT
from tests.page.scenes import answers, following_up, news, own_news, server

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from pathlib import Path
    from typing import TypeAlias

    Scene: TypeAlias = Callable[[Camera], Awaitable[None]]

PICTURES = ROOT / "docs" / "screenshots"
SCENES: dict[str, Scene] = {
    "answers": answers.scene,
    "following-up": following_up.scene,
    "news": news.scene,
    "own-news": own_news.scene,
    "server": server.scene,
}


async def take_all(folder: Path, names: Sequence[str] = tuple(SCENES)) -> None:
    """Play scenes, and take a picture of each thing worth seeing."""
    async with opened_browser() as browser:
        for name in names:
            await SCENES[name](Camera(browser, folder))


if __name__ == "__main__":
    asyncio.run(take_all(PICTURES, sys.argv[1:] or tuple(SCENES)))
