"""A reader asks and searches, by day and by night, on a desk and on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.page.demo_at_work import demo_at_work

if TYPE_CHECKING:
    from tests.page.camera import Camera


async def scene(camera: Camera) -> None:
    """Play it."""
    async with demo_at_work() as url:
        async with camera.visiting(url) as alice:
            await camera.take(alice, "answer")
        await _answer(url, camera)
        await _commands(url, camera)
        await _no_answer(url, camera)
        for theme in ("dark", "light"):
            async with camera.visiting(url, theme=theme, is_phone=True) as alice:
                answer = await alice.command("ask", question="Who won the election?")
                await camera.show(alice, answer, f"phone-{theme}")


async def _answer(url: str, camera: Camera) -> None:
    async with camera.visiting_closely(url, theme="light") as alice:
        answer = alice.messages.first
        for label in ("Context", "Newer", "More", "Why this?", "Helpful"):
            name = label.lower().rstrip("?").replace(" ", "-")
            await camera.close_up(alice, name, await alice.press(answer, label))
        await alice.speak("Deutsch")
        reasons = await alice.press(answer, "Why this?")
        await camera.close_up(alice, "german", reasons)
        await alice.speak("en-US")


async def _commands(url: str, camera: Camera) -> None:
    async with camera.visiting_closely(url) as alice:
        for name, options in {
            "search": {"query": "bridge repair"},
            "latest": {},
            "article": {"headline": "Lantern Bridge shut to all traffic"},
            "sources": {},
            "privacy show": {},
            "privacy export": {},
            "privacy delete": {},
        }.items():
            answer = await alice.command(name, **options)
            await camera.close_up(alice, name.replace(" ", "-"), answer)
        await alice.become("Olive")
        await camera.close_up(alice, "status", await alice.command("status"))


async def _no_answer(url: str, camera: Camera) -> None:
    async with camera.visiting_closely(url, theme="light") as alice:
        unknown = await alice.command("ask", question="When does the new hospital open?")
        await camera.close_up(alice, "abstention", unknown)
        wanted = await alice.press(unknown, "Tell me when it is in the news")
        await camera.close_up(alice, "tell-me", wanted)
        mistyped = await alice.command(
            "ask", question="Why did Nancy Gulick become the ferry skipper?"
        )
        await camera.close_up(alice, "meant", mistyped)
