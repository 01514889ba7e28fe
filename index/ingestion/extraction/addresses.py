"""The address that a page wants to be known by, as far as it may choose. Fetches nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin, urlsplit

from index.ingestion.links import web_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from index.ingestion.extraction.linked_data import Node
    from index.ingestion.extraction.trees import Tree


def canonical_url(tree: Tree, article: Node, named: Mapping[str, str], *, url: str) -> str | None:
    """Give the first address that the page states for itself and that is its publisher's to state.

    A page could take another's place by naming its address, so it must be of the same host or
    registered domain. A story that says it is the home page is mistaken.
    """
    for written in _stated(tree, article, named):
        address = _absolute(written, url)
        if address and is_same_publisher(address, url) and not _is_home_instead(address, url):
            return address
    return None


def is_same_publisher(address: str, other: str) -> bool:
    """Whether two addresses are of one host, or of hosts under one registered domain."""
    return host_of(address) == host_of(other) or (
        (domain := _registered_domain(address)) is not None and domain == _registered_domain(other)
    )


def host_of(url: str) -> str:
    """Give the host in lower case, without "www."; empty where there is none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.rstrip(".").removeprefix("www.")


def is_home(url: str) -> bool:
    """Whether an address is that of a home page."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.path.strip("/") in {"", "index.html", "index.php", "home"} and not parts.query


def _stated(tree: Tree, article: Node, named: Mapping[str, str]) -> Iterator[str]:
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href"):
            yield str(link.get("href"))
    yield named.get("og:url", "")
    page = article.get("mainEntityOfPage")
    for value in (article.get("url"), page.get("@id") if isinstance(page, dict) else page):
        if isinstance(value, str):
            yield value


def _absolute(written: str, url: str) -> str | None:
    if not written.strip():
        return None
    try:
        return web_address(urldefrag(urljoin(url, written.strip()))[0])
    except ValueError:
        return None


def _is_home_instead(address: str, url: str) -> bool:
    return is_home(address) and not is_home(url)


def _registered_domain(url: str) -> str | None:
    """Ask the public suffix list; people who share github.io or the like share no domain."""
    from tld import get_fld

    found = get_fld(url, fail_silently=True, search_private=True)
    return str(found) if found else None
