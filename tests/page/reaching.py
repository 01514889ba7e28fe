"""What keeps people out of a page: what axe finds, and what does not fit on a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.page.browsing import Visit


async def width_beyond_the_screen(visit: Visit) -> int:
    """How many pixels can only be seen by scrolling sideways."""
    return await visit.page.evaluate(
        "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
    )


async def findings(visit: Visit) -> list[str]:
    """What axe finds that keeps people out; each with the first place where it is so."""
    from axe_playwright_python.async_playwright import Axe

    found = (await Axe().run(visit.page)).response["violations"]
    return [
        f"{each['id']}: {each['nodes'][0]['html']} {each['nodes'][0]['failureSummary']}"
        for each in found
        if each["impact"] in {"serious", "critical"}
    ]
