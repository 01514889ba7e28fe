"""The names of a story: two that have one in common are most likely one story. Pure.

A name is what a publisher says of a story, and publishers err: guids are used again, addresses
stand for many stories. So whoever finds a name in common asks `told_apart`, and looks at the texts
where that says so.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from index.analysis.phrases import folded_words
from index.analysis.story_names import GUID
from index.ingestion.addresses import is_front_page, normal_host, normal_url

if TYPE_CHECKING:
    from index.model import PublicationTime

_URL, _TITLE = "url:", "title:"
# a longer name is told by its digest
_MAX_CHARACTERS = 500


def identities(
    *,
    feed_key: str | None,
    guid: str | None,
    url: str | None,
    canonical_url: str | None,
    title: str,
    publisher_or_host: str,
    published: PublicationTime | None,
) -> tuple[str, ...]:
    """Return the names of a story, each once, the one to be believed first before the others.

    A guid counts within the host of its feed, if it is a URI; else within that very feed
    (`feed_key` is its address), since plain numbers are counted by many. A guid that is the
    story's address says no more than that. The title, with its day, is a name only where there is
    neither guid nor address, and a story without a day then has none.
    """
    own, canonical = _address(url), _address(canonical_url)
    names = [_guid(feed_key, guid, own), own, canonical]
    found = [_bounded(name) for name in dict.fromkeys(names) if name]
    if not found and (by_title := _by_title(title, publisher_or_host, published)):
        found = [by_title]
    return tuple(found)


def _guid(feed_key: str | None, guid: str | None, own: str | None) -> str | None:
    value = " ".join((guid or "").split())
    if not value or not feed_key:
        return None
    is_address = value.lower().startswith(("http://", "https://"))
    if is_address and (is_front_page(normal_url(value)) or _address(value) == own):
        return None
    is_uri = ":" in value
    key = normal_host(feed_key) if is_uri else normal_url(feed_key)
    return f"{GUID}{key.replace(' ', '')} {value}"


def _address(url: str | None) -> str | None:
    if not url or not url.strip():
        return None
    normal = normal_url(url)
    return None if is_front_page(normal) else f"{_URL}{normal}"


def _by_title(title: str, publisher_or_host: str, published: PublicationTime | None) -> str | None:
    words = " ".join(folded_words(title))
    if not words or published is None:
        return None
    place = " ".join(folded_words(publisher_or_host))
    return _bounded(f"{_TITLE}{place}:{published.at.date().isoformat()}:{words}")


def _bounded(name: str) -> str:
    if len(name) <= _MAX_CHARACTERS:
        return name
    digest = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return f"{name[: _MAX_CHARACTERS - len(digest) - 1]}~{digest}"
