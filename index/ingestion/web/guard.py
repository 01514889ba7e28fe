"""The last word on every connection: a socket is only made for an address that may be reached.

Whatever a name, a redirect or an answer of DNS led to, it is checked here, and the same address is
then connected to; between the check and the connection nothing is looked up again.
"""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

from index.ingestion.web.networks import refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.ingestion.web.options import WebOptions

AddressInfo = tuple[int | socket.AddressFamily, int | socket.SocketKind, int, str, tuple[Any, ...]]


class ForbiddenAddressError(OSError):
    """An address that is not connected to, for `reason`.

    All have the same text: of several that are refused for one host, the first is then raised.
    """

    def __init__(self, reason: str):
        super().__init__("the address may not be connected to")
        self.reason = reason


def guarded_sockets(options: WebOptions) -> Callable[[AddressInfo], socket.socket]:
    """Make the function that an HTTP client makes its sockets with."""

    def make_socket(info: AddressInfo) -> socket.socket:
        family, kind, protocol, _, place = info
        if reason := refusal(str(place[0]), options):
            raise ForbiddenAddressError(reason)
        made = socket.socket(family, kind, protocol)
        made.setblocking(False)
        return made

    return make_socket
