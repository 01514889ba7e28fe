"""Who else says the same in the same words, and where an abstention's quotes come from. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.query.notes import told_time

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.answering.model import Answer, Quote
    from index.model import Article

MOST_OTHERS = 3
_SIDES = {"earlier": "earlier ones", "later": "later ones", "both": "earlier and later ones"}


def others(quote: Quote) -> list[Article]:
    """Return an article of each other publisher that says the same, in the order they came."""
    publishers = {(quote.article.publisher or "").casefold(), ""}
    found = []
    for article in quote.also_in:
        publisher = (article.publisher or "").strip().casefold()
        if publisher not in publishers:
            publishers.add(publisher)
            found.append(article)
    return found


def told_others(quote: Quote, named: Callable[[Article], str]) -> str | None:
    """`also in A, B, C and 2 more`, each as it is `named`; None where nobody else says it."""
    articles = others(quote)
    if not articles:
        return None
    names = ", ".join(map(named, articles[:MOST_OTHERS]))
    rest = len(articles) - MOST_OTHERS
    return f"also in {names}" + (f" and {rest} more" if rest > 0 else "")


def told_abstention(answer: Answer) -> str:
    """Return the one sentence that says how the news does not answer."""
    if answer.outside:
        time = told_time(answer.reading.query, answer.question.asked_at)
        return f"Articles {time} do not say; {_SIDES[answer.outside]} do:"
    if not answer.quotes and not answer.hits:
        return "Nothing in the news I have is about that."
    return "The news I have does not answer that."
