"""Fetches one address in a process of its own, and prints what came of it and what memory it took.

Run as `python -m tests.integration.web.measured_fetch PORT PATH MAX_BYTES`.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from ipaddress import ip_network
from pathlib import Path

from index.ingestion.web.client import WebClient
from index.ingestion.web.model import FetchError, WebRequest
from index.ingestion.web.options import WebOptions
from tests.integration.web.servers import PUBLIC, Names

STATUS = Path("/proc/self/status")


def _most_memory() -> int:
    """Give the most memory that this process has had, in bytes.

    `getrusage` would count that of the process which started this one.
    """
    status = STATUS.read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


async def _fetch(port: int, path: str, max_bytes: int) -> None:
    names = Names()
    names.lead("news.example", (PUBLIC, port))
    options = WebOptions(
        "test",
        allowed_networks=(ip_network(PUBLIC),),
        host_spacing_seconds=0.0,
        total_seconds=3.0,
        read_seconds=5.0,
    )
    async with WebClient(options, clock=lambda: datetime.now(UTC), resolver=names) as client:
        url = "http://news.example"
        await client.get(WebRequest(f"{url}/fine", 100, obeys_robots=False))
        before = _most_memory()
        try:
            response = await client.get(WebRequest(url + path, max_bytes, obeys_robots=False))
            outcome = f"{response.status} {len(response.body)}"
        except FetchError as error:
            outcome = str(error)
    print(_most_memory() - before, outcome, sep="\t")  # noqa: T201 (the test reads it)


if __name__ == "__main__":
    asyncio.run(_fetch(int(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
