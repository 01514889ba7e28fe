"""Title, publisher, authors and section: what a page says of its article, in an order of trust."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.ingestion.extraction.addresses import host_of
from index.ingestion.extraction.linked_data import names, words
from index.ingestion.extraction.trees import words_of
from index.ingestion.titles import MAX_TITLE_CHARACTERS, shortened, squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from index.ingestion.extraction.linked_data import Node
    from index.ingestion.extraction.trees import Tree

MAX_NAME_CHARACTERS = 200

_MAX_AUTHOR_COUNT = 12
_SEPARATOR = re.compile(r"\s+[|\-–—:·•»]+\s+|\s*[|»]\s*")
_BY = re.compile(r"(?:written |story |reported )?by:?\s+", re.IGNORECASE)
_NO_NAME = re.compile(
    r"https?:|www\.|\S@\S|^@?\w+\.\w+$|^(?:admin|author|none|null|undefined)$", re.IGNORECASE
)
_AUTHOR_METAS = (
    "author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "byl",
    "article:author",
)
_SECTION_METAS = ("article:section", "parsely-section", "cxenseparse:recs:category", "section")
_PUBLISHER_METAS = ("og:site_name", "application-name", "twitter:app:name:iphone")


def title_of(tree: Tree, article: Node, named: Mapping[str, str], *, publisher: str) -> str:
    """Give the title without the publisher's name at its end; empty where the page has none."""
    for written in _titles(tree, article, named):
        title = _without_publisher(squeezed(written), publisher)
        if title:
            return shortened(title, MAX_TITLE_CHARACTERS)
    return ""


def publisher_of(article: Node, named: Mapping[str, str], *, url: str) -> str | None:
    """Give the publisher's name; its host where the page names none."""
    stated = [
        words(article.get("publisher")),
        *(named.get(name, "") for name in _PUBLISHER_METAS[:1]),
    ]
    for name in stated:
        if name and len(name) <= MAX_NAME_CHARACTERS and "://" not in name:
            return name.removeprefix("@")
    return host_of(url) or None


def author_of(article: Node, named: Mapping[str, str]) -> str | None:
    """Give the authors' names, separated by commas."""
    found = names(article.get("author")) or names(article.get("creator"))
    people = _people(found)
    for name in _AUTHOR_METAS:
        if people:
            break
        people = _people([named.get(name, "")])
    return shortened(", ".join(people), MAX_NAME_CHARACTERS) or None


def section_of(article: Node, named: Mapping[str, str]) -> str | None:
    """Give the section of the paper that the article stands in."""
    stated = [
        words(article.get("articleSection")),
        *(named.get(name, "") for name in _SECTION_METAS),
    ]
    return next((name for name in stated if name and len(name) <= MAX_NAME_CHARACTERS), None)


def _titles(tree: Tree, article: Node, named: Mapping[str, str]) -> Iterator[str]:
    yield words(article.get("headline"))
    yield named.get("og:title", "")
    headings = [text for each in tree.iter("h1") if (text := words_of(each))]
    if len(headings) == 1:
        yield headings[0]
    for element in tree.iter("title"):
        yield words_of(element)
    yield named.get("twitter:title", "")
    yield from headings
    yield words(article.get("name"))


def _without_publisher(title: str, publisher: str) -> str:
    """Cut "... - BBC News" where that is the publisher's name or begins or ends with it."""
    parts = list(_SEPARATOR.finditer(title))
    if not parts or not publisher:
        return title
    last = parts[-1]
    tail, head = _folded(title[last.end() :]), title[: last.start()].strip()
    name = _folded(publisher)
    is_name = tail and (
        tail == name or tail in name or (name in tail and len(tail) < 2 * len(name))
    )
    return head if is_name and head else title


def _folded(text: str) -> str:
    return re.sub(r"[\W_]+|\b(?:the|com|co|uk|org)\b", "", text.casefold())


def _people(written: list[str]) -> list[str]:
    found: dict[str, None] = {}
    for each in written[:_MAX_AUTHOR_COUNT]:
        name = squeezed(_BY.sub("", each, count=1) if _BY.match(each) else each).strip(" ,;|")
        if name and len(name) <= MAX_NAME_CHARACTERS and not _NO_NAME.search(name):
            found[name] = None
    return list(found)
