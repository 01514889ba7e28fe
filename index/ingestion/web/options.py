"""How the web is used: who asks, what may be reached, how long and how often. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ipaddress import IPv4Network, IPv6Network

# what robots.txt files call us, and the first word of the User-Agent
PRODUCT = "Pullquote"


def user_agent(version: str, contact: str = "") -> str:
    """Say who asks and whom a publisher may write to: `Pullquote/0.1.0 (+mail@example.org)`.

    Characters of the contact that no header may hold, or that would end it, are left out.
    """
    kept = "".join(sign for sign in contact if "!" <= sign <= "~" and sign not in '()\\"')
    return f"{PRODUCT}/{version} (+{kept})" if kept else f"{PRODUCT}/{version}"


@dataclass(frozen=True, slots=True)
class WebOptions:
    """The operator's choices, and limits that few will change.

    `allow_private_networks` opens this machine, its local networks and every port;
    `allowed_networks` opens only what it names. `total_seconds` holds for one request with all its
    redirects, without the time spent waiting for a turn. `host_spacing_seconds` lie between the
    starts of two requests to one host, of which `host_request_count` may be under way at once, of
    all hosts `request_count`.
    """

    user_agent: str
    allow_private_networks: bool = False
    allowed_networks: tuple[IPv4Network | IPv6Network, ...] = ()
    allowed_ports: frozenset[int] = frozenset({80, 443})
    total_seconds: float = 30.0
    connect_seconds: float = 10.0
    read_seconds: float = 15.0
    max_redirects: int = 5
    host_spacing_seconds: float = 1.0
    host_request_count: int = 2
    request_count: int = 20
