"""The paragraphs around the quotes of an answer, in words. Pure; at most 4,000 units."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from bot.answering.context import around
from bot.answering.links import link_to
from bot.views import limits
from bot.views.attribution import attribution, heading, told_publisher
from bot.views.escaping import one_line, quoted
from bot.views.message import MessageText
from bot.views.shortening import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.texts import Texts
    from index.model import Article

Standing = Literal["there", "gone", "withdrawn", "revised"]
"""What has become of the words quoted since."""

_ROOM = limits.LAYOUT_TEXT_LENGTH - 100
_TITLE_LENGTH = 120


@dataclass(frozen=True, slots=True)
class QuotedPlace:
    """Where a quote stands, `article.text[start:end]`; no article where it is gone."""

    standing: Standing
    article: Article | None = field(default=None, repr=False)
    start: int = 0
    end: int = 0


def context_text(places: Sequence[QuotedPlace], texts: Texts) -> MessageText:
    """Say what stands around each quote; there is one at least."""
    share = _ROOM // len(places)
    blocks = []
    for place in places:
        block = limits.first_fitting(_told(place, texts), limits.length, share)
        if block is None:
            raise ValueError("a quote is longer than its share of a message")
        blocks.append(block)
    return MessageText(tuple(dict.fromkeys(blocks)))


def _told(place: QuotedPlace, texts: Texts) -> Iterator[str]:
    article = place.article
    if article is None or place.standing == "gone":
        yield texts.say("An article that I quoted is no longer in the news I have.")
        return
    if place.standing != "there":
        yield _lost(place.standing, article, texts)
        return
    words = article.text[place.start : place.end]
    for most in (1200, 900, 600, 400, 0):
        start, end = around(article.text, place.start, place.end, most)
        paragraph = quoted(article.text[start:end])
        for address in (link_to(article, words, longest_exact=0), article.url, None):
            source = attribution(article, address, texts)
            yield "\n".join(filter(None, (heading(article), paragraph, source)))
    yield f"{quoted(words)}\n{attribution(article, None, texts, author=False)}"


def _lost(standing: Standing, article: Article, texts: Texts) -> str:
    title = one_line(shortened(article.title, _TITLE_LENGTH)) or texts.say("Untitled")
    publisher = told_publisher(article, texts)
    if standing == "withdrawn":
        return texts.say(
            "“{title}” ({publisher}) was taken back by its publisher since I quoted it.",
            title=title,
            publisher=publisher,
        )
    return texts.say(
        "“{title}” ({publisher}) was revised since; the words I quoted are no longer in it.",
        title=title,
        publisher=publisher,
    )
