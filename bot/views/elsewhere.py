"""Who else says the same in the same words, and where an abstention's quotes come from. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.views.notes import told_time

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.answering.model import Answer, Outside, Quote
    from bot.texts import Texts
    from index.model import Article, CopyPlace

MOST_OTHERS = 3


def others(quote: Quote) -> list[Article | CopyPlace]:
    """Return where each other publisher says the same, in the order they came.

    First what was found to say it, then the copies of the story that the index knows.
    """
    return _others(quote.article, (*quote.also_in, *quote.article.also_in))


def told_others(
    quote: Quote, texts: Texts, named: Callable[[Article | CopyPlace], str]
) -> str | None:
    """`also in A, B, C and 2 more`, each as it is `named`; None where nobody else says it."""
    return _told(others(quote), texts, named)


def told_places(
    article: Article,
    places: Sequence[Article | CopyPlace],
    texts: Texts,
    named: Callable[[Article | CopyPlace], str],
) -> str | None:
    """Return the same of a whole article and the places where it is also found."""
    return _told(_others(article, places), texts, named)


def _others(article: Article, places: Sequence[Article | CopyPlace]) -> list[Article | CopyPlace]:
    publishers = {(article.publisher or "").strip().casefold(), ""}
    found: list[Article | CopyPlace] = []
    for place in places:
        publisher = (place.publisher or "").strip().casefold()
        if publisher not in publishers:
            publishers.add(publisher)
            found.append(place)
    return found


def _told(
    places: Sequence[Article | CopyPlace],
    texts: Texts,
    named: Callable[[Article | CopyPlace], str],
) -> str | None:
    if not places:
        return None
    names = ", ".join(map(named, places[:MOST_OTHERS]))
    rest = len(places) - MOST_OTHERS
    if rest > 0:
        return texts.say("also in {names} and {count} more", names=names, count=rest)
    return texts.say("also in {names}", names=names)


def told_abstention(answer: Answer, texts: Texts) -> str:
    """Return the one sentence that says how the news does not answer."""
    if answer.outside:
        articles = told_time(answer.reading.query, texts)
        # a sentence begins with it, which no language but by its first letter minds
        articles = articles[:1].upper() + articles[1:]
        return _told_outside(answer.outside, articles, texts)
    if not answer.quotes and not answer.hits:
        return texts.say("Nothing in the news I have is about that.")
    return texts.say("The news I have does not answer that.")


def _told_outside(side: Outside, articles: str, texts: Texts) -> str:
    if side == "earlier":
        return texts.say("{articles} do not say; earlier ones do:", articles=articles)
    if side == "later":
        return texts.say("{articles} do not say; later ones do:", articles=articles)
    return texts.say("{articles} do not say; earlier and later ones do:", articles=articles)
