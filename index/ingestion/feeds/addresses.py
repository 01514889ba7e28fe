"""Addresses as documents give them, made whole: relative ones, with blanks, of no use. Pure."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from index.ingestion.links import web_address

_LEFT_OUT = re.compile(r"[\t\r\n\x00]+")
_MAX_CHARACTERS = 4096


def absolute(address: object, base: str) -> str | None:
    """Give the web address that one in a document at `base` stands for; None where it is none."""
    if not isinstance(address, str) or len(address) > _MAX_CHARACTERS:
        return None
    text = _LEFT_OUT.sub("", address.strip()).replace(" ", "%20")
    if not text:
        return None
    try:
        return web_address(urljoin(base, text))
    except ValueError:
        return None
