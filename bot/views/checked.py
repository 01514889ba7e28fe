"""Whether a message quotes correctly, in words. Pure; at most 4,000 units, one layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answering.links import link_to
from bot.views import limits
from bot.views.attribution import attribution, heading, told_publisher
from bot.views.elsewhere import told_places
from bot.views.escaping import one_line, quoted
from bot.views.message import MessageText
from bot.views.shortening import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.answering.checking import Checked, Difference
    from bot.texts import Texts
    from index.model import Article, CopyPlace

_ROOM = limits.LAYOUT_TEXT_LENGTH - 100
_LONGEST_WORDS = 80
_MOST_DIFFERENCES = 6


def checked_text(found: Sequence[Checked], texts: Texts) -> MessageText:
    """Say of each quotation whether it is right, and where it stands; `found` is not empty."""
    share = _ROOM // len(found)
    blocks = []
    for each in found:
        block = limits.first_fitting(_told(each, texts), limits.length, share)
        if block is None:
            raise ValueError("a checked quotation is longer than its share of a message")
        blocks.append(block)
    return MessageText(tuple(blocks))


def _told(checked: Checked, texts: Texts) -> Iterator[str]:
    article = checked.article
    verdict = f"**{_verdict(checked, texts)}**"
    if article is None:
        note = texts.say("That is no proof that nobody published it: I know only the news I have.")
        for longest in (300, 100):
            yield "\n".join((verdict, quoted(shortened(checked.said, longest)), f"-# {note}"))
        return
    passage = article.text[checked.start : checked.end]
    for count in (_MOST_DIFFERENCES, 3, 1):
        differences = _differences(checked.differences, count, texts)
        for address in (link_to(article, passage), article.url, None):
            sources = _sources(checked, article, address, texts)
            yield "\n".join((verdict, quoted(passage), *differences, *sources))
    # too long to be shown as it is: then it is no quote, and does not look like one
    source = attribution(article, article.url, texts, author=False)
    yield f"{verdict}\n{source}"
    yield f"{verdict}\n{attribution(article, None, texts, author=False)}"


def _verdict(checked: Checked, texts: Texts) -> str:
    if checked.faith == "verbatim":
        return texts.say("Quoted correctly, word for word:")
    if checked.faith == "alike":
        return texts.say("The same words; only punctuation, spaces or capitals differ. Published:")
    if checked.faith == "nearly":
        return texts.say("Nearly, but not word for word. What was published:")
    return texts.say("I do not find that in the news I have:")


def _differences(found: Sequence[Difference], most: int, texts: Texts) -> Iterator[str]:
    for each in found[:most]:
        quoted_words, published = (one_line(shortened(word, _LONGEST_WORDS)) for word in each)
        if not each.quoted:
            told = texts.say("left out: “{published}”", published=published)
        elif not each.published:
            told = texts.say("added: “{quoted}”", quoted=quoted_words)
        else:
            told = texts.say(
                "“{quoted}” stands for “{published}”", quoted=quoted_words, published=published
            )
        yield f"- {told}"
    rest = len(found) - most
    if rest > 0:
        more = texts.say_counted(
            "and {count} more difference", "and {count} more differences", count=rest
        )
        yield f"- {more}"


def _sources(
    checked: Checked, article: Article, address: str | None, texts: Texts
) -> Iterator[str]:
    title = heading(article)
    if title:
        yield title
    yield attribution(article, address, texts)

    def named(place: Article | CopyPlace) -> str:
        return told_publisher(place, texts)

    others = told_places(article, (*checked.also_in, *article.also_in), texts, named)
    if others:
        yield f"-# {others}"
