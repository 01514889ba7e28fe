"""What a publisher allows to be shown of a page: robots directives, in its head or its headers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.ingestion.extraction.trees import Tree

OUR_NAMES = frozenset({"robots", "pullquote"})

_FORBIDDING = re.compile(r"(?:nosnippet|none|max-snippet\s*:\s*0)")
# in a header, a robot's name may stand before what is meant for it; these colons are no such name
_VALUED = frozenset({"max-snippet", "max-image-preview", "max-video-preview", "unavailable_after"})


def may_be_quoted(tree: Tree, header: str | None) -> bool:
    """Whether neither the page nor its X-Robots-Tag header asks not to be quoted."""
    return not any(
        _FORBIDDING.fullmatch(each) for each in (*_of_page(tree), *_of_header(header or ""))
    )


def _of_page(tree: Tree) -> Iterator[str]:
    for meta in tree.iter("meta"):
        if (meta.get("name") or "").strip().lower() in OUR_NAMES:
            yield from (part.strip().lower() for part in (meta.get("content") or "").split(","))


def _of_header(header: str) -> Iterator[str]:
    robot = "robots"
    for part in header.lower().split(","):
        name, colon, rest = (piece.strip() for piece in part.partition(":"))
        if colon and name not in _VALUED:
            robot, directive = name, rest
        else:
            directive = part.strip()
        if robot in OUR_NAMES:
            yield directive
