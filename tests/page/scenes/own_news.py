"""Somebody adds three articles of their own, and asks about one."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.page.demo_at_work import demo_at_work

if TYPE_CHECKING:
    from tests.page.camera import Camera

_NEWS = {
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


async def scene(camera: Camera) -> None:
    """Play it."""
    with TemporaryDirectory() as home:
        _write_news(Path(home) / "news")
        async with demo_at_work(HOME=home) as url, camera.visiting(url) as alice:
            await alice.page.get_by_role("button", name="Add your own news").click()
            await alice.page.keyboard.type("~/news")
            await alice.page.keyboard.press("Enter")
            dialog = alice.page.get_by_role("dialog", name="Add your own news")
            await alice.expect(dialog.get_by_role("status")).to_contain_text("Added 3 articles")
            await camera.take(alice, "own-news")
            await dialog.get_by_role("button", name="Close").click()
            answer = await alice.command("ask", question="Who bought the Foxglove Ferry?")
            await camera.show(alice, answer, "own-news-answer", "end")


def _write_news(folder: Path) -> None:
    folder.mkdir()
    for number, (title, text) in enumerate(_NEWS.items()):
        about = f"title: {title}\npublisher: The Harbour Gazette\npublished: 2026-03-0{4 - number}"
        (folder / f"{number}.md").write_text(f"---\n{about}\n---\n{text}\n", encoding="utf-8")
