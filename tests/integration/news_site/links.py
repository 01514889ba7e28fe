"""Addresses of the news site, both ways: `http://daily.test/x` and `http://127.0.0.1:PORT/daily.test/x`.

The first takes a resolver that knows the names; the second needs nothing, which is what a command
in a process of its own is given. A document's links lead the way by which it was asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Links:
    """How addresses are written; `port` is None where hosts are known by name."""

    port: int | None = None

    def to(self, host: str, path: str) -> str:
        """Return the address of a path without its first slash."""
        if self.port is None:
            return f"http://{host}/{path}"
        return f"http://{LOOPBACK}:{self.port}/{host}/{path}"

    def rewritten(self, url: str) -> str:
        """Write an address by name this way."""
        parts = urlsplit(url)
        query = f"?{parts.query}" if parts.query else ""
        return self.to(parts.netloc, parts.path.lstrip("/") + query)


BY_NAME = Links()
