"""An answer in words: the quotes, or an honest "no". Pure; one text for every route.

At most 2,000 units, so that it fits a message's content. Whatever has to give way does so in this
order: the link of an article whose address alone would fill half of it, the links to others that
say the same, the long form of a link's text fragment, the fragment, the names of those others, what
to try, the repeated question with how it was understood, later quotes, the title, the author, the
link. A quote itself is shown whole or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from itertools import chain
from typing import TYPE_CHECKING

from bot.answering.links import link
from bot.views import limits
from bot.views.attribution import attribution, heading, other_sources
from bot.views.elsewhere import told_abstention
from bot.views.escaping import one_line, quoted, safe_url
from bot.views.message import MessageText
from bot.views.reading import reading_line
from bot.views.shortening import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.answering.model import Answer, Quote
    from index.model import Hit

_NEAREST_COUNT = 3
_SUGGESTION_COUNT = 4
_SUGGESTION_LENGTH = 200
_LONGEST_ADDRESS = 1000
_NEAREST = "This comes nearest, and may well be about something else:"


class _Others(Enum):
    """How those that say the same are told."""

    LINKED = "linked"
    NAMED = "named"
    UNTOLD = "untold"


@dataclass(frozen=True, slots=True)
class _Detail:
    """How much is said around a quote; `longest_exact` None is a link without a fragment."""

    others: _Others = _Others.NAMED
    longest_exact: int | None = None
    suggestions: bool = True
    question: bool = True
    title: bool = True
    author: bool = True
    link: bool = True


_ALL = _Detail()
_NO_OTHERS = replace(_ALL, others=_Others.UNTOLD)
_NOTHING_TO_TRY = replace(_NO_OTHERS, suggestions=False)
_NO_QUESTION = replace(_NOTHING_TO_TRY, question=False)
_DETAILS = (
    replace(_ALL, others=_Others.LINKED, longest_exact=300),
    replace(_ALL, longest_exact=300),
    replace(_ALL, longest_exact=0),
    _ALL,
    _NO_OTHERS,
    _NOTHING_TO_TRY,
    _NO_QUESTION,
)
_LEAST_DETAILS = (
    replace(_NO_QUESTION, title=False),
    replace(_NO_QUESTION, title=False, author=False),
    replace(_NO_QUESTION, title=False, author=False, link=False),
)


def answer_text(answer: Answer) -> MessageText:
    """Say the answer, or that there is none."""
    candidates = chain(_with_quotes(answer), () if answer.answered else _without_quotes(answer))
    text = limits.first_fitting(candidates, lambda text: text.length, limits.CONTENT_LENGTH)
    if text is None:
        raise ValueError("a quote is longer than a message")
    return text


def _with_quotes(answer: Answer) -> Iterator[MessageText]:
    for count in range(len(answer.quotes), 0, -1):
        for detail in _DETAILS if count > 1 else (*_DETAILS, *_LEAST_DETAILS):
            quotes = [_quote(quote, detail) for quote in answer.quotes[:count]]
            yield MessageText((*_opening(answer, detail), *quotes))


def _opening(answer: Answer, detail: _Detail) -> list[str]:
    """Return the block above the quotes, if any."""
    asked = [_asked(answer)] if detail.question else []
    if answer.answered:
        return asked
    told = ["\n".join([*asked, _verdict(answer)])]
    if detail.suggestions and answer.suggestions:
        told.append(_suggestions(answer))
    if not answer.outside:
        told.append(_NEAREST)
    return ["\n".join(told)]


def _asked(answer: Answer) -> str:
    asked = f"-# In answer to: {one_line(answer.question.text)}"
    understood = reading_line(answer.reading)
    return f"{asked}\n{understood}" if understood else asked


def _verdict(answer: Answer) -> str:
    return f"**{told_abstention(answer)}**"


def _suggestions(answer: Answer) -> str:
    suggestions = answer.suggestions[:_SUGGESTION_COUNT]
    return "\n".join(one_line(shortened(each, _SUGGESTION_LENGTH)) for each in suggestions)


def _quote(quote: Quote, detail: _Detail) -> str:
    title = heading(quote.article) if detail.title else None
    source = attribution(quote.article, _address(quote, detail), author=detail.author)
    others = None
    if detail.others is not _Others.UNTOLD:
        others = other_sources(quote, linked=detail.others is _Others.LINKED)
    return "\n".join(filter(None, (title, quoted(quote.text), source, others)))


def _address(quote: Quote, detail: _Detail) -> str | None:
    if not detail.link or len(safe_url(quote.article.url or "") or "") > _LONGEST_ADDRESS:
        return None
    if detail.longest_exact is None:
        return quote.article.url
    return link(quote, longest_exact=detail.longest_exact)


def _without_quotes(answer: Answer) -> Iterator[MessageText]:
    """Yield abstentions with passages in place of quotes, then bare ones."""
    told = f"{_asked(answer)}\n{_verdict(answer)}"
    if answer.suggestions:
        told += f"\n{_suggestions(answer)}"
    for count in range(min(len(answer.hits), _NEAREST_COUNT), 0, -1):
        for longest in (200, 120):
            hits = (_hit(hit, longest) for hit in answer.hits[:count])
            yield MessageText((f"{told}\n{_NEAREST}", *hits))
    yield MessageText((told,))
    yield MessageText((_verdict(answer),))


def _hit(hit: Hit, longest: int) -> str:
    article = hit.passage.article
    source = attribution(article, article.url, author=False)
    return f"{quoted(shortened(hit.passage.text, longest))}\n{source}"
