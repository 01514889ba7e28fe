"""Which addresses of articles are kept: web pages that anyone may open. Fetches nothing."""

from __future__ import annotations

from urllib.parse import urlsplit

_MAX_CHARACTERS = 2048


def web_address(text: str) -> str:
    """Give the address without the blanks around it.

    Raises ValueError, whose text is what is wrong with it ("is no http or https address", …).
    """
    address = text.strip()
    if len(address) > _MAX_CHARACTERS:
        raise ValueError(f"is longer than {_MAX_CHARACTERS} characters")
    if not address.isprintable() or " " in address or "\\" in address:
        raise ValueError("holds characters that no address has")
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port  # either may be malformed
    except ValueError:
        raise ValueError("is malformed") from None
    if parts.scheme not in {"http", "https"} or not host:
        raise ValueError("is no http or https address")
    if parts.username is not None or parts.password is not None:
        raise ValueError("holds a user name or password")
    return address
