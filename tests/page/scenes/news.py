"""News that comes in: a feed that a server follows, and who is told of what it brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.integration.small_site import small_site
from tests.page.demo_at_work import demo_at_work

if TYPE_CHECKING:
    from tests.integration.small_site import SmallSite
    from tests.page.browsing import Visit
    from tests.page.camera import Camera

_SETTINGS = {"PULLQUOTE_ALLOW_PRIVATE_NETWORKS": "true", "PULLQUOTE_SERVER_FEEDS": "10"}
# a feed is asked once a minute at most
_BETWEEN_POLLS_MILLISECONDS = 65_000
_LONGEST_MILLISECONDS = 90_000


async def scene(camera: Camera) -> None:
    """Play it."""
    with small_site() as site:
        site.stories = {"viaduct": "Corbel Viaduct"}
        async with demo_at_work(**_SETTINGS) as url, camera.visiting_closely(url) as olive:
            await _alerts(olive, camera)
            await olive.become("Olive")
            await _digests(olive, camera)
            await _feeds(olive, camera, site)
            # what a feed had when it was added is no news
            site.stories |= {"ferry": "Foxglove Ferry"}
            await _ask_the_feed(olive, camera)
            for name in ("pause", "resume", "remove"):
                done = await olive.choosing(f"feeds {name}", feed="Loopback")
                await camera.close_up(olive, f"feeds-{name}", done)


async def _alerts(alice: Visit, camera: Camera) -> None:
    quiet = {"quiet-from": "22:00", "quiet-until": "07:00", "zone": "Europe/London"}
    added = await alice.command("alerts add", query="Lantern Bridge", **quiet)
    await camera.close_up(alice, "alerts-add", added)
    await alice.command("alerts add", query='"Corbel Viaduct" -sport')
    await camera.close_up(alice, "alerts-list", await alice.command("alerts list"))
    removed = await alice.choosing("alerts remove", alert="Lantern")
    await camera.close_up(alice, "alerts-remove", removed)


async def _digests(olive: Visit, camera: Camera) -> None:
    begun = await olive.command("digest start", every="Monday", at="07:30", zone="Europe/London")
    await camera.close_up(olive, "digest-start", begun)
    await olive.command("digest start", every="Day", at="18:00", channel="#general")
    await camera.close_up(olive, "digest-list", await olive.command("digest list"))
    ended = await olive.command("digest stop", channel="#general")
    await camera.close_up(olive, "digest-stop", ended)


async def _feeds(olive: Visit, camera: Camera, site: SmallSite) -> None:
    await olive.command("alerts add", query="ferry", channel="#general")
    for name in ("test", "add"):
        answer = await olive.command(f"feeds {name}", address=site.url("/feed.xml"))
        await camera.close_up(olive, f"feeds-{name}", answer)
    await olive.page.wait_for_timeout(_BETWEEN_POLLS_MILLISECONDS)
    await camera.close_up(olive, "feeds-list", await olive.command("feeds list"))


async def _ask_the_feed(olive: Visit, camera: Camera) -> None:
    asked = await olive.choosing("reindex", feed="Loopback")
    told = olive.messages.filter(has_text="Foxglove Ferry")
    await olive.expect(told).to_be_visible(timeout=_LONGEST_MILLISECONDS)
    await camera.close_up(olive, "alert", told)
    board = olive.messages.filter(has_text="Loopback Courier").last
    await camera.close_up(olive, "reindex-feed", asked, board)
