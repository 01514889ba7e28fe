"""Names of the news site, for a client that is told how to resolve them."""

from __future__ import annotations

import socket

from aiohttp.abc import AbstractResolver, ResolveResult

from tests.integration.news_site.links import LOOPBACK


class SiteResolver(AbstractResolver):
    """Leads every `.test` name to the site's port, whatever port was asked for.

    `asked` are the names that were looked up, others included. `elsewhere` gives single names
    other addresses, for answers of DNS that lie. While `is_silent`, no name can be looked up.
    """

    def __init__(self, port: int) -> None:
        self._port = port
        self.asked: list[str] = []
        self.elsewhere: dict[str, str] = {}
        self.is_silent = False

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        del family  # the site listens on IPv4 alone
        self.asked.append(host)
        if self.is_silent:
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        if host in self.elsewhere:
            return [self._result(host, self.elsewhere[host], port)]
        if not host.endswith(".test"):
            raise OSError(socket.EAI_NONAME, "no such name on this network")
        return [self._result(host, LOOPBACK, self._port)]

    async def close(self) -> None:
        """Nothing is held."""

    @staticmethod
    def _result(name: str, address: str, port: int) -> ResolveResult:
        return ResolveResult(
            hostname=name,
            host=address,
            port=port,
            family=socket.AF_INET,
            proto=0,
            flags=socket.AI_NUMERICHOST,
        )
