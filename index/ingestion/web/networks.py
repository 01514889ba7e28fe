"""Which addresses of the internet belong to the public, and whose the others are.

Pure: a number in, a verdict out. Does not trust the tables of the standard library alone, which
differ between versions of Python.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ipaddress import IPv4Network

    from index.ingestion.web.options import WebOptions


class _Range(NamedTuple):
    """Addresses that are not the public's. Those of `is_private` an operator may open."""

    network: IPv4Network | IPv6Network
    belongs_to: str
    is_private: bool = False


def _ranges(belongs_to: str, *networks: str, is_private: bool = False) -> tuple[_Range, ...]:
    return tuple(_Range(ip_network(network), belongs_to, is_private) for network in networks)


# the first that holds an address counts
_SPECIAL = (
    # where clouds keep the credentials of their machines: never opened, though AWS, Google and
    # Alibaba chose addresses of private networks for some of them, as Azure did of the public
    *_ranges(
        "a cloud's own services",
        *("fd00:ec2::/32", "fd20:ce::254/128", "100.100.100.200/32", "168.63.129.16/32"),
    ),
    *_ranges("this machine", "127.0.0.0/8", "::1/128", is_private=True),
    *_ranges(
        "a private network",
        *("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"),
        is_private=True,
    ),
    *_ranges("a provider's own network", "100.64.0.0/10", is_private=True),
    *_ranges("a network for tests", "198.18.0.0/15", "2001:2::/48", is_private=True),
    *_ranges("the local link", "169.254.0.0/16", "fe80::/10"),
    *_ranges("no machine", "0.0.0.0/8", "::/128"),
    *_ranges("many machines at once", "224.0.0.0/4", "255.255.255.255/32", "ff00::/8"),
    *_ranges(
        "examples in documents",
        *("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20"),
    ),
    # tunnels: the address inside them could be any
    *_ranges("a tunnel", "192.88.99.0/24", "2001::/32", "2002::/16"),
    *_ranges("protocols", "192.0.0.0/24", "2001::/23"),
    *_ranges("nobody yet", "240.0.0.0/4"),
)
_PUBLIC_IPV6 = IPv6Network("2000::/3")  # all that has been given out
_OTHER_IPV6 = _Range(IPv6Network("::/0"), "nobody yet")
# networks without IPv4 reach it through these, so what counts is the address inside
_NAT64 = IPv6Network("64:ff9b::/96")


def refusal(text: str, options: WebOptions) -> str | None:
    """Say why an address (as sockets write it) is not connected to; None if it may be."""
    address = _innermost(ip_address(text.partition("%")[0]))
    if any(address in network for network in options.allowed_networks):
        return None
    found = _special_range(address)
    if found is None or (found.is_private and options.allow_private_networks):
        return None
    advice = "; allow private networks if it is meant" if found.is_private else ""
    return f"{address} is an address of {found.belongs_to}{advice}"


def _innermost(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Give the IPv4 address that some IPv6 addresses are another spelling of."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return address.ipv4_mapped
        if address in _NAT64:
            return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def _special_range(address: IPv4Address | IPv6Address) -> _Range | None:
    for special in _SPECIAL:
        if address in special.network:
            return special
    if isinstance(address, IPv6Address):
        return None if address in _PUBLIC_IPV6 else _OTHER_IPV6
    return None if address.is_global else _Range(ip_network(address), "nobody yet")
