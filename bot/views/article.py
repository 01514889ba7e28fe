"""What is known of one article, in words. Pure; at most 4,000 units, one layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.views import limits
from bot.views.attribution import attribution, heading, told_publisher
from bot.views.elsewhere import told_places
from bot.views.escaping import quoted, safe_url
from bot.views.message import MessageText
from bot.views.wording import moment
from index.analysis.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.texts import Texts
    from index.model import Article, CopyPlace
    from index.storage.article_reader import ArticleFacts

_OPENING_LENGTH = 600


def article_text(facts: ArticleFacts, texts: Texts) -> MessageText:
    """Say what is known of an article; its words only where its publisher stands by them."""
    text = limits.first_fitting(
        _texts(facts, texts), lambda text: text.length, limits.LAYOUT_TEXT_LENGTH
    )
    if text is None:
        raise ValueError("what is known of an article is longer than a message")
    return text


def opening(text: str, most: int) -> str:
    """Return the first sentences of a text, byte for byte, in at most so many code points.

    Empty where even the first is longer.
    """
    start = len(text) - len(text.lstrip())
    # beyond its reach no sentence matters, and an article may be a book
    sentences = split_sentences(text, start, min(len(text), start + 4 * most))
    ends = [end for _, end in sentences if end - start <= most]
    return text[start : ends[-1]] if ends else ""


def _texts(facts: ArticleFacts, texts: Texts) -> Iterator[MessageText]:
    article = facts.article
    title = heading(article) or f"**{texts.say('Untitled')}**"
    told = list(_told(facts, texts))
    is_quoted = facts.withdrawn_at is None
    for address in (article.url, None):
        source = attribution(article, address, texts)
        for is_linked in (True, False):
            below = [source, *told, *_copies(article, texts, is_linked=is_linked)]
            for most in (_OPENING_LENGTH, 200) if is_quoted else ():
                words = opening(article.text, most)
                shown = [quoted(words)] if words else []
                yield MessageText(("\n".join([title, *shown]), "\n".join(below)))
            yield MessageText((title, "\n".join(below)))


def _told(facts: ArticleFacts, texts: Texts) -> Iterator[str]:
    """Yield what has become of it, a line each."""
    if facts.withdrawn_at is not None:
        withdrawn = texts.say(
            "Its publisher took it back, which I noticed on {date}; I quote it no more.",
            date=moment(facts.withdrawn_at),
        )
        yield f"**{withdrawn}**"
    if facts.revised_at is not None:
        yield texts.say_counted(
            "It was revised {count} time, on {date}.",
            "It was revised {count} times, last on {date}.",
            count=facts.revision_count,
            date=moment(facts.revised_at),
        )
    if facts.copy_of is not None:
        publisher = told_publisher(facts.copy_of, texts)
        yield texts.say("I quote it as {publisher} published it.", publisher=publisher)


def _copies(article: Article, texts: Texts, *, is_linked: bool) -> Iterator[str]:
    def named(place: Article | CopyPlace) -> str:
        name = told_publisher(place, texts)
        url = safe_url(place.url) if is_linked and place.url else None
        return f"[{name}](<{url}>)" if url else name

    others = told_places(article, article.also_in, texts, named)
    if others:
        yield f"-# {others}"
