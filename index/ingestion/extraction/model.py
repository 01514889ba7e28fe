"""An article as its page gives it. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.model import PublicationTime


@dataclass(frozen=True, slots=True)
class LiveUpdate:
    """One update of a live blog: its own title, time and place in the page."""

    id: str
    title: str
    text: str
    url: str | None = None
    published: PublicationTime | None = None


@dataclass(frozen=True, slots=True)
class ExtractedPage:
    """What was found on a page. `text` is empty where there is no article on it.

    `canonical_url` is absolute, and only given where it is on the host of the page or of its
    registered domain. `is_partial`: only the beginning is there (a paywall). `may_be_quoted` is
    False where robots directives (`nosnippet`, `max-snippet:0`) ask for that. `updates` are those
    of a live blog, in the order of the page; `text` is then what stands before them.
    `line_hashes` are of the lines of the text, for noticing what a host repeats.
    """

    title: str
    text: str
    canonical_url: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: PublicationTime | None = None
    category: str | None = None
    is_partial: bool = False
    may_be_quoted: bool = True
    updates: tuple[LiveUpdate, ...] = ()
    line_hashes: tuple[int, ...] = ()
    method: str = ""
