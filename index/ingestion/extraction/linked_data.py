"""What a page says of itself in JSON-LD (schema.org), read with patience.

Publishers nest it as they like, break it and repeat it. Knows names of schema.org; what they mean
for an article is for others to say.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from index.ingestion.extraction.decoding import cleaned
from index.ingestion.markup import unescaped
from index.ingestion.titles import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from index.ingestion.extraction.trees import Tree

_MAX_SCRIPT_CHARACTERS = 2_000_000
_MAX_DEPTH = 6
_MAX_NODE_COUNT = 500
# where other descriptions stand within one; not those of articles that are only linked to
_INNER = ("@graph", "mainEntity", "mainEntityOfPage", "itemReviewed", "subjectOf")
_ARTICLE = re.compile(r"(?:\w*Article|\w*BlogPosting|Report|LiveBlogPosting|Review|\w*NewsArticle)")
_LIVE_BLOG = "LiveBlogPosting"
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*.*?\*/)|(?:-->|//\s*\]\]>|\]\]>)\s*$"
)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class LinkedData:
    """The page's own article, and the types of everything that it describes."""

    article: Node = field(default_factory=dict)
    types: frozenset[str] = frozenset()

    @property
    def is_article(self) -> bool:
        """Whether the page calls itself an article."""
        return bool(self.article)

    @property
    def is_live_blog(self) -> bool:
        """Whether it calls itself a live blog."""
        return _LIVE_BLOG in types_of(self.article)


def linked_data(tree: Tree, addresses: Iterable[str]) -> LinkedData:
    """Read all of it. Of several articles, one at the page's own addresses is meant.

    What was read is emptied: libraries that look for an article's text or date would take them
    from any article that is described, and dates that are refused here.
    """
    nodes: list[Node] = []
    for script in tree.iter("script"):
        kind = (script.get("type") or "").partition(";")[0].strip().lower()
        if kind == "application/ld+json" and script.text:
            value = _parsed(script.text)
            # what is no JSON may hold what lxml would not take back
            if value is not None:
                script.text = ""
            nodes += list(_nodes(value, _MAX_DEPTH))
            if len(nodes) > _MAX_NODE_COUNT:
                break
    articles = [node for node in nodes if any(map(_ARTICLE.fullmatch, types_of(node)))]
    types = frozenset(name for node in nodes for name in types_of(node))
    return LinkedData(_own(articles, set(addresses)), types)


def types_of(node: Node) -> list[str]:
    """Give the types of a node, without the address that they may stand at."""
    return [str(name).rpartition("/")[2] for name in _listed(node.get("@type"))]


def words(value: object) -> str:
    """Give the words of a value that may be a text, a list, or a node with a name."""
    for each in _listed(value):
        if isinstance(each, dict):
            each = each.get("name") or each.get("@value")  # noqa: PLW2901 the same, looked into
        if isinstance(each, str) and (text := squeezed(cleaned(unescaped(each)))):
            return text
    return ""


def names(value: object) -> list[str]:
    """Give the words of each of the values."""
    return [text for each in _listed(value) if (text := words(each))]


def _listed(value: object) -> list[Any]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def _parsed(text: str) -> object:
    """Parse a script, also where it is wrapped in comments or has commas too many."""
    if len(text) > _MAX_SCRIPT_CHARACTERS:
        return None
    text = _WRAPPING.sub("", text.strip()).strip().rstrip(";")
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            # raw line breaks within texts are common, and harmless
            value, _ = json.JSONDecoder(strict=False).raw_decode(attempt)
        except (ValueError, RecursionError):
            continue
        return value
    return None


def _nodes(value: object, depth: int) -> Iterator[Node]:
    if depth == 0:
        return
    if isinstance(value, list):
        for each in value[:_MAX_NODE_COUNT]:
            yield from _nodes(each, depth - 1)
    elif isinstance(value, dict):
        yield value
        for name in _INNER:
            if isinstance(value.get(name), dict | list):
                yield from _nodes(value[name], depth - 1)


def _own(articles: list[Node], addresses: set[str]) -> Node:
    """Choose the page's article, and add what others at the same address say."""
    if not articles:
        return {}
    known = {_plain(address) for address in addresses}
    own = [node for node in articles if _addresses(node) & known] or articles[:1]
    live = [node for node in own if _LIVE_BLOG in types_of(node)]
    first, *others = live + [node for node in own if node not in live]
    merged = dict(first)
    for other in others:
        for name, value in other.items():
            merged.setdefault(name, value)
    return merged


def _addresses(node: Node) -> set[str]:
    found = set()
    for name in ("url", "@id", "mainEntityOfPage"):
        for each in _listed(node.get(name)):
            address = each.get("@id") or each.get("url") if isinstance(each, dict) else each
            if isinstance(address, str) and address:
                found.add(_plain(address))
    return found


def _plain(address: str) -> str:
    """Leave out of an address what differs between spellings of the same."""
    start = address.strip().partition("#")[0].partition("?")[0]
    return start.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
