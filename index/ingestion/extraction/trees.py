"""A page as a tree, and small questions to it. Knows nothing of news."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from index.errors import ArticleRefusedError
from index.ingestion.markup import unescaped
from index.ingestion.titles import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator

Tree = Any  # lxml has no types of its own

# to control characters, or to what Windows-1252 has in their place: browsers read them so
# (WHATWG HTML §13.2.5.80), lxml does not, and one control character costs it the page
_CONTROL_REFERENCE = re.compile(
    r"&#(?:0*(?:[0-8]|1[14-9]|2\d|3[01]|12[7-9]|1[345]\d)(?!\d)"
    r"|[xX]0*(?:[0-8bBeEfF]|1[0-9a-fA-F]|7[fF]|[89][0-9a-fA-F])(?![0-9a-fA-F])"
    r"|[xX]0*[fF]{3}[eEfF](?![0-9a-fA-F])|0*6553[45](?!\d));?"
)


def page_tree(page: str) -> Tree:
    """Parse a page. Raises ArticleRefusedError where there is none, or none that can be read."""
    from lxml.etree import LxmlError
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        default_doctype=False,
    )
    page = _CONTROL_REFERENCE.sub(lambda found: unescaped(found[0]), page)
    try:
        # as bytes: a declaration of another charset in the page must not count any more
        tree = document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (LxmlError, ValueError, AssertionError):
        tree = None
    if tree is None or not len(tree):
        raise ArticleRefusedError("it is no web page that can be read")
    return tree


def metas(tree: Tree) -> dict[str, str]:
    """Give what the page's meta elements say, by name in lower case; the first of a name counts."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        value = squeezed(meta.get("content") or "")
        for attribute in ("property", "name", "itemprop"):
            name = (meta.get(attribute) or "").strip().lower()
            if name and value:
                found.setdefault(name, value)
    return found


def words_of(element: Tree) -> str:
    """Give all words within an element on one line."""
    return squeezed(str(element.text_content()))


def attributes_of(tree: Tree, name: str, attribute: str) -> Iterator[str]:
    """Yield what an attribute says, of all elements of a name that have it."""
    for element in tree.iter(name):
        if value := element.get(attribute):
            yield str(value)
