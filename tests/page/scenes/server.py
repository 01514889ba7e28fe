"""Olive, who runs the server, looks after it: set-up, settings, the index."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.page.demo_at_work import ROOT, demo_at_work

if TYPE_CHECKING:
    from tests.page.browsing import Visit
    from tests.page.camera import Camera

_SAMPLE = ROOT / "bot" / "demo" / "news"
# so many of each article that one sees how they are read
_COPIES = 100
_CHANGES = {
    "settings set": {"language": "English", "zone": "Europe/London", "log": "#general"},
    "settings limits": {"person": "30"},
    "settings channels": {"allow": "#general"},
    "settings people": {"block": "Alice"},
    "settings publishers": {"allow": "Radio Pell"},
    "settings show": {},
    "settings reset": {"what": "blocked people"},
    "diagnose": {},
    "index status": {},
    "index verify": {},
}


async def scene(camera: Camera) -> None:
    """Play it."""
    with TemporaryDirectory() as home:
        news = Path(home) / "news"
        shutil.copytree(_SAMPLE, news)
        async with demo_at_work(str(news)) as url, camera.visiting_closely(url) as olive:
            await olive.become("Olive")
            await camera.close_up(olive, "setup", await olive.command("setup"))
            for name, options in _CHANGES.items():
                answer = await olive.command(name, **options)
                await camera.close_up(olive, name.replace(" ", "-"), answer)
            _write_more(news)
            await _reindex(olive, camera)


async def _reindex(olive: Visit, camera: Camera) -> None:
    begun = await olive.command("reindex")
    board = olive.messages.filter(has=olive.page.get_by_role("button", name="Cancel"))
    await olive.expect(board).to_contain_text("of")
    await camera.close_up(olive, "reindex", begun, board)
    await board.get_by_role("button", name="Cancel").click()
    await olive.expect(board).to_have_count(0)


def _write_more(folder: Path) -> None:
    for number in range(_COPIES):
        shutil.copytree(_SAMPLE, folder / f"{number}")
