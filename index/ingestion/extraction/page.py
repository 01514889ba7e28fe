"""From a page's bytes to its article. A plain function, meant for a worker that can be ended."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from index.ingestion.extraction.addresses import canonical_url
from index.ingestion.extraction.bodies import body_lines
from index.ingestion.extraction.decoding import cleaned, page_text
from index.ingestion.extraction.describing import author_of, publisher_of, section_of, title_of
from index.ingestion.extraction.directives import may_be_quoted
from index.ingestion.extraction.furniture import story_lines
from index.ingestion.extraction.guarding import refuse_overgrown, refuse_oversized
from index.ingestion.extraction.linked_data import linked_data
from index.ingestion.extraction.live_blogs import before_updates, live_updates
from index.ingestion.extraction.model import ExtractedPage
from index.ingestion.extraction.paywalls import is_partial
from index.ingestion.extraction.publication import printed_on_page, stated_on_page
from index.ingestion.extraction.recognising import Claims, is_article
from index.ingestion.extraction.repeated_lines import line_hashes
from index.ingestion.extraction.trees import attributes_of, metas, page_tree, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from index.ingestion.extraction.trees import Tree

# what a worker loads before it is given pages
IMPORTS = ("index.ingestion.extraction.page", "trafilatura", "htmldate", "tld")


def extract(
    body: bytes,
    *,
    url: str,
    charset: str | None,
    now: datetime,
    robots_header: str | None = None,
) -> ExtractedPage:
    """Find the article on a page that came from `url`.

    `charset` is the one of its Content-Type, `robots_header` its X-Robots-Tag. The text is empty
    where there is no article. Raises ArticleRefusedError for what is no readable page.
    """
    refuse_oversized(body)
    text = page_text(body, charset)
    refuse_overgrown(text)
    return _extracted(page_tree(text), url=url, now=now, robots_header=robots_header)


def _extracted(tree: Tree, *, url: str, now: datetime, robots_header: str | None) -> ExtractedPage:
    named = {name: cleaned(value) for name, value in metas(tree).items()}
    linked = linked_data(tree, [url, *attributes_of(tree, "link", "href")][:50])
    article = linked.article
    publisher = publisher_of(article, named, url=url)
    title = title_of(tree, article, named, publisher=publisher or "")
    author = author_of(article, named)
    story = partial(story_lines, tree=tree, titles=_headings(tree, title, named), author=author)
    lines, method = body_lines(tree, article, story)
    stated = stated_on_page(tree, article, named, now=now)
    updates = live_updates(article, now=now) if linked.is_live_blog else ()
    claims = Claims.of(linked, named, url=url, is_dated=stated is not None)
    if updates:
        lines = before_updates(lines, updates)
    elif not is_article(claims, title, lines, tree):
        lines = []
    return ExtractedPage(
        title=title,
        text="\n\n".join(lines),
        canonical_url=canonical_url(tree, article, named, url=url),
        publisher=publisher,
        author=author,
        published=stated or (printed_on_page(tree, url=url, now=now) if lines else None),
        category=section_of(article, named),
        is_partial=is_partial(tree, article, named, lines),
        may_be_quoted=may_be_quoted(tree, robots_header),
        updates=updates,
        line_hashes=line_hashes(lines),
        method=method if lines else "",
    )


def _headings(tree: Tree, title: str, named: Mapping[str, str]) -> list[str]:
    """Give every spelling of the title that may stand above the story as well."""
    return [title, named.get("og:title", ""), *(words_of(each) for each in tree.iter("h1"))]
