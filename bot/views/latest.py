"""The newest stories, perhaps about a topic, a page of them in words. Pure; at most 4,000 units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.views import limits
from bot.views.attribution import attribution, heading, told_publisher
from bot.views.elsewhere import told_places
from bot.views.escaping import one_line, safe_url
from bot.views.message import MessageText
from bot.views.shortening import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.texts import Texts
    from index.model import Article, CopyPlace

STORIES_PER_PAGE = 8
_HEADER_LENGTH = 600
_TOPIC_LENGTH = 200
_STORY_LENGTH = (limits.LAYOUT_TEXT_LENGTH - _HEADER_LENGTH) // STORIES_PER_PAGE - len("\n\n")


def latest_pages(story_count: int) -> int:
    """Count the pages; even no stories take one, to say so."""
    return max(1, -(-story_count // STORIES_PER_PAGE))


def latest_text(topic: str, stories: Sequence[Article], page: int, texts: Texts) -> MessageText:
    """Say page `page` (from 1) of all `stories`, the newest first; `topic` may be empty."""
    about = one_line(shortened(topic, _TOPIC_LENGTH))
    if not stories:
        return MessageText((_nothing(about, texts),))
    title = _title(about, texts)
    pages = latest_pages(len(stories))
    place = texts.say("page {page} of {page_count}", page=page, page_count=pages)
    first = (page - 1) * STORIES_PER_PAGE
    shown = stories[first : first + STORIES_PER_PAGE]
    return MessageText((f"{title} · {place}", *(_story(each, texts) for each in shown)))


def _title(about: str, texts: Texts) -> str:
    if not about:
        return texts.say("The newest stories")
    return texts.say("The newest stories about “{topic}”", topic=about)


def _nothing(about: str, texts: Texts) -> str:
    if not about:
        return texts.say("There is no news of a known date yet.")
    return texts.say("Nothing in the news I have is about “{topic}”.", topic=about)


def _story(article: Article, texts: Texts) -> str:
    text = limits.first_fitting(story_forms(article, texts), limits.length, _STORY_LENGTH)
    if text is None:
        raise ValueError("a story is longer than its share of a page")
    return text


def story_forms(article: Article, texts: Texts) -> Iterator[str]:
    """Yield ways to tell a story with its source, the fullest first."""
    title = heading(article) or f"**{texts.say('Untitled')}**"

    def linked(place: Article | CopyPlace) -> str:
        url = safe_url(place.url) if place.url else None
        name = told_publisher(place, texts)
        return f"[{name}](<{url}>)" if url else name

    def named(place: Article | CopyPlace) -> str:
        return told_publisher(place, texts)

    for address in (article.url, None):
        source = attribution(article, address, texts, author=False)
        for name in (linked, named):
            others = told_places(article, article.also_in, texts, name)
            yield "\n".join((title, source, f"-# {others}")) if others else f"{title}\n{source}"
        yield f"{title}\n{source}"
    yield attribution(article, None, texts, author=False)
