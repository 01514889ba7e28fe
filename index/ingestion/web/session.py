"""aiohttp, set up: guarded sockets, nothing from the environment, no cookies, short headers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
from aiohttp.resolver import ThreadedResolver

from index.ingestion.web.guard import guarded_sockets
from index.ingestion.web.unpacking import ACCEPTED_ENCODINGS

if TYPE_CHECKING:
    import ssl

    from aiohttp.abc import AbstractResolver

    from index.ingestion.web.options import WebOptions

# publishers send security policies of many kilobytes
_MAX_HEADER_BYTES = 1 << 15
_MAX_HEADERS = 200


def open_session(
    options: WebOptions,
    *,
    resolver: AbstractResolver | None = None,
    ssl_context: ssl.SSLContext | None = None,
) -> aiohttp.ClientSession:
    """Open a session that redirects nothing and unpacks nothing by itself.

    `resolver` looks names up instead of this machine; `ssl_context` says whom to trust.
    """
    connector = aiohttp.TCPConnector(
        socket_factory=guarded_sockets(options),
        resolver=resolver or ThreadedResolver(),
        ssl=ssl_context or True,
        use_dns_cache=False,  # a host that moves is found where it is
        limit=0,  # turns are handed out elsewhere
    )
    timeout = aiohttp.ClientTimeout(
        total=None,  # counted over all redirects
        connect=options.connect_seconds,
        sock_read=options.read_seconds,
    )
    return aiohttp.ClientSession(
        connector=connector,
        timeout=timeout,
        headers={"User-Agent": options.user_agent, "Accept-Encoding": ACCEPTED_ENCODINGS},
        cookie_jar=aiohttp.DummyCookieJar(),
        trust_env=False,
        auto_decompress=False,
        max_line_size=_MAX_HEADER_BYTES,
        max_field_size=_MAX_HEADER_BYTES,
        max_headers=_MAX_HEADERS,
    )
