"""From a feed's entry, or its page, to stories that are ready to be stored.

Computing only, meant for a worker process: no network, no store, no clock.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urlsplit

from index.analysis.fingerprints import fingerprint
from index.analysis.passages import split_passages
from index.errors import ArticleRefusedError, SourceError
from index.ingestion.addresses import normal_url
from index.ingestion.extraction.addresses import is_same_publisher
from index.ingestion.extraction.page import extract
from index.ingestion.extraction.repeated_lines import without_lines
from index.ingestion.identity import identities
from index.ingestion.links import web_address
from index.ingestion.titles import MAX_TITLE_CHARACTERS, made_title, shortened, squeezed
from index.model import Article

if TYPE_CHECKING:
    from datetime import datetime

    from index.ingestion.extraction.model import ExtractedPage, LiveUpdate
    from index.ingestion.feeds.model import Entry
    from index.model import PublicationTime

# a shorter text in a feed is a summary, if there is a page to ask
FULL_CHARACTER_COUNT = 800


class NotToBeQuotedError(SourceError):
    """A page whose publisher asks that nothing of it be quoted, so neither is its summary."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a story comes from: a feed's address and title, and the publisher an operator named."""

    feed_url: str | None = None
    feed_title: str | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class PageAnswer:
    """A page as its server gave it, and the lines that its host is known to repeat."""

    url: str
    body: bytes
    charset: str | None = None
    robots_tag: str | None = None
    repeated_lines: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class PreparedStory:
    """An article with all that is computed of it."""

    article: Article
    spans: tuple[tuple[int, int], ...]
    identities: tuple[str, ...]
    shingles: tuple[int, ...]
    line_hashes: tuple[int, ...] = ()
    host: str = ""


def is_whole(entry: Entry, origin: Origin) -> bool:
    """Whether the feed itself holds the story, so that its page need not be fetched."""
    if entry.url is None:
        return True
    is_long = not entry.is_cut and len(entry.text) >= FULL_CHARACTER_COUNT
    return is_long and _speaks_for(origin, entry.url)


def _speaks_for(origin: Origin, url: str | None) -> bool:
    """Whether what a feed says of an address is its publisher's own word.

    Of another's pages a feed may tell; what they say, and that they are gone, only they can.
    """
    return url is None or origin.feed_url is None or is_same_publisher(url, origin.feed_url)


def prepare_entry(entry: Entry, origin: Origin, *, is_partial: bool) -> list[PreparedStory]:
    """Return the story that a feed's own text gives. Raises ArticleRefusedError without a text."""
    if not entry.text.strip():
        raise ArticleRefusedError("its feed gives no text, and neither does its page")
    url = _address(entry.url)
    is_own = _speaks_for(origin, entry.url)
    stated = (entry.publisher, origin.feed_title, _host(url))
    publisher = stated if is_own else (origin.feed_title, _host(origin.feed_url))
    text = _text(entry.text)
    article = Article(
        id=_id(url if is_own else None, entry, origin),
        title=_title(entry.title) or made_title(text),
        text=text,
        url=url,
        publisher=_line(next(filter(None, (origin.publisher, *publisher)), None)),
        author=_line(entry.author),
        published=entry.published,
        category=_line(entry.category),
        is_partial=is_partial or entry.is_cut,
    )
    # its words under another's address are a story of its own, never that story
    named = entry if is_own else replace(entry, url=None)
    return [_prepared(article, _identities(named, origin, article, is_own=is_own))]


def prepare_page(
    answer: PageAnswer,
    entry: Entry,
    origin: Origin,
    *,
    now: datetime,
    honours_nosnippet: bool,
) -> list[PreparedStory]:
    """Return the story of a page, or one a live blog's update; the feed's text where it has more.

    Raises ArticleRefusedError where there is no story, NotToBeQuotedError where there may be none.
    """
    if is_home(answer.url) and not is_home(entry.url):
        raise ArticleRefusedError("its page is gone: it leads to the home page")
    page = extract(
        answer.body,
        url=answer.url,
        charset=answer.charset,
        now=now,
        robots_header=answer.robots_tag,
    )
    if honours_nosnippet and not page.may_be_quoted:
        raise NotToBeQuotedError("its publisher asks that nothing of it be quoted")
    line_hashes = page.line_hashes
    page = without_lines(page, answer.repeated_lines)
    if not page.text.strip() and not page.updates:
        raise ArticleRefusedError("no article was found on its page")
    article = _article(page, answer, entry, origin)
    host = _host(answer.url) or ""
    names = _identities(entry, origin, article)
    stories = [_of_update(each, article, answer) for each in page.updates if each.text.strip()]
    if article.text.strip():
        stories.insert(0, _prepared(article, names))
    return [
        replace(each, line_hashes=line_hashes if number == 0 else (), host=host)
        for number, each in enumerate(stories)
    ]


def _article(page: ExtractedPage, answer: PageAnswer, entry: Entry, origin: Origin) -> Article:
    is_own = _speaks_for(origin, entry.url)
    has_more = not entry.is_cut and len(entry.text) > len(page.text) and not page.updates
    feed_has_more = is_own and has_more
    text = entry.text if feed_has_more else page.text
    url = _address(page.canonical_url)
    if url is None or is_home(url):
        url = _address(answer.url)
    text = _text(text)
    return Article(
        id=_id(url, entry, origin),
        title=_title(page.title or entry.title) or made_title(text),
        text=text,
        url=url,
        publisher=_line(_publisher(page, answer, entry, origin, is_own=is_own)),
        author=_line(page.author or entry.author),
        published=_published(page, entry, is_own=is_own),
        category=_line(page.category or entry.category),
        is_partial=page.is_partial and not feed_has_more,
    )


def _publisher(
    page: ExtractedPage, answer: PageAnswer, entry: Entry, origin: Origin, *, is_own: bool
) -> str | None:
    if origin.publisher:
        return origin.publisher
    if is_own:
        return entry.publisher or page.publisher or origin.feed_title
    return page.publisher or entry.publisher or _host(answer.url)


def _published(page: ExtractedPage, entry: Entry, *, is_own: bool) -> PublicationTime | None:
    if page.published and not is_own:
        return page.published
    # a feed gives times with their zone, and says when it was published there
    if entry.published and not (entry.published.is_day and page.published):
        return entry.published
    return page.published


def _of_update(update: LiveUpdate, blog: Article, answer: PageAnswer) -> PreparedStory:
    base = urldefrag(blog.url or answer.url).url
    anchor = f"{base}#{update.id}"
    # a page may not put its words under another publisher's address
    stated = _address(update.url)
    url = stated if stated and is_same_publisher(stated, answer.url) else _address(anchor)
    article = replace(
        blog,
        id=anchor,
        title=_title(update.title) or blog.title,
        text=_text(update.text),
        url=url,
        published=update.published or blog.published,
    )
    return _prepared(article, (f"update:{normal_url(base)}#{update.id}",))


def _prepared(article: Article, names: tuple[str, ...]) -> PreparedStory:
    spans = split_passages(article.text, title=article.title)
    return PreparedStory(article, tuple(spans), names, fingerprint(article.text))


def _identities(
    entry: Entry, origin: Origin, article: Article, *, is_own: bool = True
) -> tuple[str, ...]:
    url = article.url if is_own else None
    return identities(
        feed_key=origin.feed_url,
        guid=entry.guid,
        url=entry.url or url,
        # a feed's links may lead through somebody who counts clicks
        canonical_url=url,
        title=article.title,
        publisher_or_host=_host(url) or article.publisher or "",
        published=article.published,
    )


def withdrawn_names(entry: Entry, origin: Origin) -> tuple[str, ...]:
    """Return the names under which a story may be known that its publisher takes back."""
    is_own = _speaks_for(origin, entry.url)
    return identities(
        feed_key=origin.feed_url,
        guid=entry.guid,
        url=entry.url if is_own else None,
        canonical_url=None,
        title=entry.title if is_own else "",
        publisher_or_host=_host(entry.url) or "",
        published=entry.published,
    )


def _id(url: str | None, entry: Entry, origin: Origin) -> str:
    if url:
        return url
    place = origin.feed_url or origin.publisher or "feed"
    if entry.guid:
        return f"{place}#{entry.guid}"[:500]
    day = entry.published.isoformat() if entry.published else ""
    digest = hashlib.sha256(f"{entry.title}\n{day}\n{entry.text}".encode()).hexdigest()
    return f"{place}#{digest[:16]}"


def _title(title: str) -> str:
    return shortened(squeezed(_text(title)), MAX_TITLE_CHARACTERS)


def _line(words: str | None) -> str | None:
    return shortened(squeezed(_text(words or "")), MAX_TITLE_CHARACTERS) or None


def _text(text: str) -> str:
    """Leave out what is no text: NUL, and halves of surrogate pairs, which UTF-8 cannot hold."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode()


def _address(url: str | None) -> str | None:
    try:
        return web_address(url) if url else None
    except ValueError:
        return None


def is_home(url: str | None) -> bool:
    """Whether an address is that of a site as a whole."""
    parts = urlsplit(url or "")
    return parts.path in {"", "/"} and not parts.query


def _host(url: str | None) -> str | None:
    return (urlsplit(url).hostname or None) if url else None
