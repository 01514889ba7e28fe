"""Links that jump to the words quoted, by the text fragments of the URL.

The grammar is WICG's Scroll To Text Fragment (https://wicg.github.io/scroll-to-text-fragment/):
`#:~:text=exact` or `#:~:text=first,last`. An exact match may not cross a block of the page, so a
quote with a line break in it, or a long one, is named by its first and last words. 300 characters
is the limit up to which Chrome's own "copy link to highlight" writes a quote out in full.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote as percent_encode

if TYPE_CHECKING:
    from bot.answering.model import Quote
    from index.model import Article

_LONGEST_EXACT = 300
_EDGE_WORD_COUNT = 5


def link(quote: Quote, *, longest_exact: int = _LONGEST_EXACT) -> str | None:
    """Return the article's url, jumping to the quote; None where the article has no url."""
    return link_to(quote.article, quote.text, longest_exact=longest_exact)


def link_to(article: Article, words: str, *, longest_exact: int = _LONGEST_EXACT) -> str | None:
    """Return an article's url, jumping to some of its words; None where it has no url."""
    url = article.url
    if not url:
        return None
    directive = ":~:text=" + _fragment(words, longest_exact)
    base, hash_mark, fragment = url.partition("#")
    if ":~:" in fragment:
        fragment = fragment.partition(":~:")[0]
    return f"{base}#{fragment}{directive}" if hash_mark else f"{base}#{directive}"


def _fragment(text: str, longest_exact: int) -> str:
    words = text.split()
    if len(words) > 2 * _EDGE_WORD_COUNT and (len(text) > longest_exact or "\n" in text):
        first = " ".join(words[:_EDGE_WORD_COUNT])
        last = " ".join(words[-_EDGE_WORD_COUNT:])
        return f"{_encoded(first)},{_encoded(last)}"
    return _encoded(" ".join(words))


def _encoded(text: str) -> str:
    # "-" and "," are the directive's own punctuation, and quote() leaves "-" as it is
    return percent_encode(text, safe="").replace("-", "%2D")
