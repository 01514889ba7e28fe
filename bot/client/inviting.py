"""The link that adds the bot to a server, and the permissions it asks for there. Asks nobody.

The numbers are those of https://discord.com/developers/docs/topics/permissions.
"""

from __future__ import annotations

import base64
import binascii
from urllib.parse import urlencode

PERMISSIONS = {
    "View Channels": 1 << 10,
    "Send Messages": 1 << 11,
    "Read Message History": 1 << 16,
    "Send Messages in Threads": 1 << 38,
}
_ADMINISTRATOR = 1 << 3
_AUTHORIZE = "https://discord.com/oauth2/authorize"


def invite_link(application_id: int) -> str:
    """Return the link that adds an application to a server, with all it needs."""
    asked = {
        "client_id": str(application_id),
        "permissions": str(sum(PERMISSIONS.values())),
        "integration_type": "0",
        "scope": "bot applications.commands",
    }
    return f"{_AUTHORIZE}?{urlencode(asked)}"


def missing(held: int) -> list[str]:
    """Return the permissions that are not among those held."""
    if held & _ADMINISTRATOR:
        return []
    return [name for name, bit in PERMISSIONS.items() if not held & bit]


def application_id_of(token: str) -> int | None:
    """Return the id that stands, in base64, before a token's first full stop; None without one."""
    first = token.partition(".")[0]
    try:
        decoded = base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)).decode("ascii")
    except (binascii.Error, ValueError):
        return None
    return int(decoded) if decoded.isdecimal() else None
