"""Many outlets in a process of their own, so that serving them is not measured as reading them.

    python -m benchmarks.ingestion.outlets COUNT STORIES FAILING

serves COUNT outlets with STORIES stories each, of which FAILING answer with errors; says its port,
then obeys lines on its standard input: `publish N` adds N stories to each outlet. It ends with its
input.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.integration.news_site.links import BY_NAME
from tests.integration.news_site.misbehaving import statuses
from tests.integration.news_site.outlet import EVERYTHING
from tests.integration.news_site.resolving import SiteResolver
from tests.integration.news_site.site import NewsSite

if TYPE_CHECKING:
    from collections.abc import Iterator

# long enough that a whole edition fits into a feed
FEED_LENGTH = 1000


class Outlets:
    """The process, from the outside."""

    def __init__(self, process: subprocess.Popen[str], count: int) -> None:
        self._process = process
        self.hosts = [host_of(number) for number in range(count)]
        self.port = int(self._line())

    def urls(self, path: str) -> list[str]:
        """Return the addresses of a path of each outlet."""
        return [BY_NAME.to(host, path) for host in self.hosts]

    def resolver(self) -> SiteResolver:
        """Return what leads to the outlets."""
        return SiteResolver(self.port)

    def publish(self, count: int) -> None:
        """Let each outlet publish more stories, and wait for it."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"publish {count}\n")
        self._process.stdin.flush()
        assert self._line() == "published"

    def _line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline().strip()
        if not line:
            raise RuntimeError("The outlets ended before they were asked to; see their error above")
        return line


@contextmanager
def outlets(count: int, story_count: int, failing_count: int = 0) -> Iterator[Outlets]:
    """Serve outlets for as long as a `with` block lasts."""
    command = [sys.executable, "-m", __spec__.name, *map(str, (count, story_count, failing_count))]
    with subprocess.Popen(  # noqa: S603 (our own program)
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield Outlets(process, count)
        finally:
            assert process.stdin is not None
            process.stdin.close()
            process.wait(timeout=30)


def host_of(number: int) -> str:
    """Name an outlet."""
    return f"outlet-{number}.test"


async def serve(count: int, story_count: int, failing_count: int) -> None:
    """Serve until the input ends."""
    async with NewsSite(seed="benchmark") as site:
        for number in range(count):
            outlet = site.outlet(host_of(number))
            outlet.room.feed_length = FEED_LENGTH
            if number >= count - failing_count:
                outlet.misbehaves(statuses.server_error(), at=EVERYTHING)
        publish(site, story_count)
        print(site.port, flush=True)
        while line := await asyncio.to_thread(sys.stdin.readline):
            publish(site, int(line.split()[1]))
            print("published", flush=True)


def publish(site: NewsSite, count: int) -> None:
    """Let each outlet publish."""
    for outlet in site.outlets.values():
        for _ in range(count):
            outlet.publish()


if __name__ == "__main__":
    asyncio.run(serve(*map(int, sys.argv[1:])))
