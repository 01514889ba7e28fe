"""Refuses pages that no reader would read, before a parser spends seconds on them.

Cheap looks at the text, in time linear in its length. What gets by is ended by its worker's limits.
"""

from __future__ import annotations

import re

from index.errors import ArticleRefusedError
from index.ingestion.limits import in_words
from index.ingestion.markup import Tag, tokens

MAX_BYTES = 4 << 20
MAX_ELEMENT_COUNT = 60_000
MAX_ATTRIBUTE_COUNT = 2_000

# an attribute takes at least two characters
_SUSPICIOUS_LENGTH = 2 * MAX_ATTRIBUTE_COUNT
_OPENING = re.compile(r"<[a-zA-Z]")
# Always matches where it may begin, so that no part of the page is looked at twice. No turn of the
# loop can fail once it has begun, so that Python before 3.11.5 gets it right, too.
_TAG = re.compile(r"""<[a-zA-Z](?:[^"'>]++|"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))*+(?:>|\Z)""")
_VALUE = re.compile(r""""[^"]*+"|'[^']*+'""")


def refuse_oversized(body: bytes) -> None:
    """Raise ArticleRefusedError for a body that is larger than any article's page."""
    if len(body) > MAX_BYTES:
        raise ArticleRefusedError(f"the page is larger than {in_words(MAX_BYTES)}")


def refuse_overgrown(page: str) -> None:
    """Raise ArticleRefusedError for more elements or attributes than any article's page has."""
    if len(_OPENING.findall(page)) > MAX_ELEMENT_COUNT:
        raise ArticleRefusedError(f"the page has more than {MAX_ELEMENT_COUNT} elements")
    if any(map(_is_suspicious, _TAG.finditer(page))) and _has_overgrown_tag(page):
        raise ArticleRefusedError(
            f"an element of the page has more than {MAX_ATTRIBUTE_COUNT} attributes"
        )


def _is_suspicious(found: re.Match[str]) -> bool:
    if found.end() - found.start() <= _SUSPICIOUS_LENGTH:
        return False
    return len(_VALUE.sub("", found[0])) > _SUSPICIOUS_LENGTH


def _has_overgrown_tag(page: str) -> bool:
    """Read the page as a browser does: what looked like one tag may be a script, or several."""
    return any(
        isinstance(token, Tag) and len(token.attributes) > MAX_ATTRIBUTE_COUNT
        for token in tokens(page)
    )
