"""Which web addresses are fetched at all, before anything is looked up. Pure.

Reads an address with the library that the HTTP client reads it with, so that both mean the same
host. What a host name leads to is only known when it is connected to: see `guard`.
"""

from __future__ import annotations

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import TYPE_CHECKING

from yarl import URL

from index.ingestion.web.networks import refusal

if TYPE_CHECKING:
    from index.ingestion.web.options import WebOptions

_MAX_CHARACTERS = 2048
_MAX_HOST_CHARACTERS = 253
_MAX_SHOWN_CHARACTERS = 80
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")


def web_url(text: str, options: WebOptions) -> URL:
    """Read an address that may be fetched, without its fragment.

    Raises ValueError, whose text is what is wrong with the address: "it holds a password", ….
    """
    text = text.strip()
    if len(text) > _MAX_CHARACTERS:
        raise ValueError(f"it is longer than {_MAX_CHARACTERS} characters")
    if not text.isprintable():
        raise ValueError("it holds characters that no address has")
    try:
        url = URL(text).with_fragment(None)
    except (ValueError, IndexError):  # the second where nothing is behind a user's "@"
        raise ValueError("it is malformed") from None
    if url.scheme not in {"http", "https"} or not url.raw_host:
        raise ValueError("it is no http or https address")
    if "@" in url.raw_authority:
        raise ValueError("it holds a user name or password")
    _check_host(url.raw_host, options)
    if not options.allow_private_networks and url.port not in options.allowed_ports:
        raise ValueError(f"it names port {url.port}, which is not one of the web's")
    return url


def host_of(url: URL) -> str:
    """Name the host that a request goes to, spelled in one way."""
    return (url.raw_host or "").removesuffix(".")


def shown(text: str) -> str:
    """Write an address, or anything in its place, short enough for a sentence."""
    text = "".join(sign for sign in text if sign.isprintable()).strip()
    cut = text[:_MAX_SHOWN_CHARACTERS]
    return cut if cut == text else f"{cut}…"


def _check_host(host: str, options: WebOptions) -> None:
    if ":" in host:
        try:
            IPv6Address(host)
        except AddressValueError:
            raise ValueError("its host is malformed") from None
    elif len(host) > _MAX_HOST_CHARACTERS or not _HOST.fullmatch(host):
        raise ValueError("its host is malformed")
    elif _NUMBER.fullmatch(host.removesuffix(".").rpartition(".")[2]):
        # some systems read 0x7f.1 and 2130706433 as 127.0.0.1: no publisher writes so
        try:
            IPv4Address(host)
        except AddressValueError:
            raise ValueError("its host is a number that is no IPv4 address") from None
    else:
        return
    if reason := refusal(host, options):
        raise ValueError(reason)
