"""The headers of an answer as plain text: what else of Pullquote reads, stores and sends. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# these may be given several times, and mean all that they say; of the others the first counts
_LISTS = {"cache-control", "content-language", "link", "vary", "x-robots-tag"}
_NOT_KEPT = {"set-cookie", "set-cookie2"}


def plain_headers(given: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Give each header once, its name in lower case. Cookies are left out."""
    kept: dict[str, str] = {}
    for raw_name, raw_value in given:
        name = raw_name.lower()
        if name in _NOT_KEPT:
            continue
        value = _plain(raw_value)
        if name not in kept:
            kept[name] = value
        elif name in _LISTS:
            kept[name] += f", {value}"
    return kept


def _plain(value: str) -> str:
    """Read bytes that are no UTF-8 as Latin-1, as HTTP once did: a database takes no half signs."""
    return value.encode("utf-8", "surrogateescape").decode("latin-1") if _is_torn(value) else value


def _is_torn(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return True
    return False
