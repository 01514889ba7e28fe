"""Whether only the beginning of an article is public."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.ingestion.extraction.linked_data import Node
    from index.ingestion.extraction.trees import Tree

# a text with at least so much in it is no teaser
_SHORT_CHARACTERS = 1200
_MAX_LOOKED_AT = 400_000
_ASKING = re.compile(
    r"\b(?:subscribe|log ?in|sign ?in|register|become a (?:member|subscriber)"
    r"|start your free trial)"
    r"\b[^<>.!?]{0,60}\b(?:to (?:continue|read|unlock|access|view|get full|keep)|for full access)\b"
    r"|\b(?:this|the (?:full|rest of this)) (?:article|story|content|post) is (?:only )?"
    r"(?:for|available to|reserved for|exclusive to) (?:\w+ )?(?:subscribers|members)\b"
    r"|\b(?:for|to) (?:subscribers|members) only\b"
    r"|\balready (?:a )?(?:subscriber|member)\b|\balready subscribed\b"
    r"|\b(?:continue|keep) reading (?:with|for) (?:a |your |\$|£|€)",
    re.IGNORECASE,
)


def is_partial(tree: Tree, article: Node, named: Mapping[str, str], lines: Sequence[str]) -> bool:
    """Whether the page says that it must be paid for, or is short and asks for a login."""
    stated = _is_free(article)
    if stated is None:
        stated = _tier_is_free(named)
    if stated is not None:
        return not stated
    size = sum(map(len, lines))
    return size < _SHORT_CHARACTERS and bool(_ASKING.search(_page_words(tree)))


def _is_free(article: Node) -> bool | None:
    own = _boolean(article.get("isAccessibleForFree"))
    if own is not None:
        return own
    parts = article.get("hasPart")
    for part in parts if isinstance(parts, list) else [parts]:
        if isinstance(part, dict) and _boolean(part.get("isAccessibleForFree")) is False:
            return False
    return None


def _tier_is_free(named: Mapping[str, str]) -> bool | None:
    tier = named.get("article:content_tier", "").lower()
    return {"free": True, "locked": False}.get(tier)


def _boolean(value: Any) -> bool | None:
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, bool):
        return value
    if not isinstance(value, str):
        return None
    name = value.strip().lower().rpartition("/")[2]
    return {"true": True, "yes": True, "false": False, "no": False}.get(name)


def _page_words(tree: Tree) -> str:
    pieces = []
    size = 0
    for element in tree.iter():
        is_hidden = element.tag in {"script", "style"}
        for text in (None if is_hidden else element.text, element.tail):
            if text and not text.isspace():
                pieces.append(text)
                size += len(text)
        if size > _MAX_LOOKED_AT:
            break
    return " ".join(" ".join(pieces).split())
