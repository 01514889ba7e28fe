from __future__ import annotations

from datetime import UTC, datetime
from ipaddress import ip_network
from typing import TYPE_CHECKING, Any

import pytest

from index.ingestion.web.client import WebClient
from index.ingestion.web.model import FetchError, WebRequest, WebResponse
from index.ingestion.web.options import WebOptions
from tests.integration.web.servers import INSIDE, PUBLIC, Names, Server

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
CAP = 100_000


class Web:
    """A small internet: `news.example` is public, `inside` is what must not be reached."""

    def __init__(self, public: Server, inside: Server) -> None:
        self.public = public
        self.inside = inside
        self.names = Names()
        self.names.lead("news.example", public.place)

    def client(self, **options: Any) -> WebClient:
        chosen = {
            "allowed_networks": (ip_network(f"{PUBLIC}/32"),),
            "allowed_ports": frozenset({80, 443, self.inside.port, self.public.port}),
            "host_spacing_seconds": 0.0,
            **options,
        }
        return WebClient(
            WebOptions("Pullquote/test", **chosen), clock=lambda: NOW, resolver=self.names
        )


async def get(client: WebClient, url: str, **asked: Any) -> WebResponse:
    """Fetch what is named, by default without asking robots.txt."""
    return await client.get(WebRequest(url, **{"max_bytes": CAP, "obeys_robots": False, **asked}))


async def refusal(client: WebClient, url: str, **asked: Any) -> FetchError:
    """Fetch what must not be fetched, and check that the client works on."""
    with pytest.raises(FetchError) as caught:
        await get(client, url, **asked)
    fine = await get(client, "http://news.example/fine")
    assert (fine.status, fine.body) == (200, b"fine")
    said = str(caught.value)
    assert "\n" not in said
    assert len(said) < 300
    return caught.value


@pytest.fixture
async def web() -> AsyncIterator[Web]:
    public, inside = await Server(PUBLIC).start(), await Server(INSIDE).start()
    yield Web(public, inside)
    await public.stop()
    await inside.stop()
    assert inside.requests == []
    assert inside.connection_count == 0


@pytest.fixture
async def client(web: Web) -> AsyncIterator[WebClient]:
    async with web.client() as client:
        yield client
