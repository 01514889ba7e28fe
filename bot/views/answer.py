"""An answer in words: the quotes, or an honest "no". Pure; one text for every route.

At most 2,000 units, so that it fits a message's content. Whatever has to give way does so in this
order: the link of an article whose address alone would fill half of it, the long form of a link's
text fragment, the fragment, the repeated question with how it was understood, later quotes, the
title, the author, the link. A quote itself is shown whole or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answering.links import link
from bot.views import limits
from bot.views.attribution import attribution, heading
from bot.views.escaping import one_line, quoted, safe_url
from bot.views.message import MessageText
from bot.views.reading import reading_line
from bot.views.shortening import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.answering.model import Answer, Quote
    from index.model import Hit

NEAREST_COUNT = 3
_SUGGESTION_COUNT = 4
_SUGGESTION_LENGTH = 200
_LONGEST_ADDRESS = 1000
_NOT_ANSWERED = "**The news I have does not answer that.**"
_NEAREST = "Nearest passages, which may well be about something else:"


@dataclass(frozen=True, slots=True)
class _Detail:
    """How much is said around a quote; `longest_exact` None is a link without a fragment."""

    longest_exact: int | None = 300
    question: bool = True
    title: bool = True
    author: bool = True
    link: bool = True


_DETAILS = (
    _Detail(),
    _Detail(longest_exact=0),
    _Detail(longest_exact=None),
    _Detail(longest_exact=None, question=False),
)
_LEAST_DETAILS = (
    _Detail(longest_exact=None, question=False, title=False),
    _Detail(longest_exact=None, question=False, title=False, author=False),
    _Detail(longest_exact=None, question=False, title=False, author=False, link=False),
)


def answer_text(answer: Answer) -> MessageText:
    """Say the answer, or that there is none."""
    candidates = _answers(answer) if answer.answered else _abstentions(answer)
    text = limits.first_fitting(candidates, lambda text: text.length, limits.CONTENT_LENGTH)
    if text is None:
        raise ValueError("a quote is longer than a message")
    return text


def _answers(answer: Answer) -> Iterator[MessageText]:
    for count in range(len(answer.quotes), 0, -1):
        for detail in _DETAILS:
            yield _with_quotes(answer, count, detail)
    for detail in _LEAST_DETAILS:
        yield _with_quotes(answer, 1, detail)


def _with_quotes(answer: Answer, count: int, detail: _Detail) -> MessageText:
    question = (_asked(answer),) if detail.question else ()
    return MessageText((*question, *(_quote(quote, detail) for quote in answer.quotes[:count])))


def _asked(answer: Answer) -> str:
    asked = f"-# In answer to: {one_line(answer.question.text)}"
    understood = reading_line(answer.reading)
    return f"{asked}\n{understood}" if understood else asked


def _quote(quote: Quote, detail: _Detail) -> str:
    title = heading(quote.article) if detail.title else None
    source = attribution(quote.article, _address(quote, detail), author=detail.author)
    return "\n".join(([title] if title else []) + [quoted(quote.text), source])


def _address(quote: Quote, detail: _Detail) -> str | None:
    if not detail.link or len(safe_url(quote.article.url or "") or "") > _LONGEST_ADDRESS:
        return None
    if detail.longest_exact is None:
        return quote.article.url
    return link(quote, longest_exact=detail.longest_exact)


def _abstentions(answer: Answer) -> Iterator[MessageText]:
    for count in range(min(len(answer.hits), NEAREST_COUNT), 0, -1):
        for longest in (200, 120):
            yield _without_quotes(answer, answer.hits[:count], longest)
    yield _without_quotes(answer, (), 0)
    yield MessageText((_NOT_ANSWERED,))


def _without_quotes(answer: Answer, hits: tuple[Hit, ...], longest: int) -> MessageText:
    blocks = [f"{_asked(answer)}\n{_NOT_ANSWERED}"]
    if answer.suggestions:
        suggestions = answer.suggestions[:_SUGGESTION_COUNT]
        blocks.append("\n".join(one_line(shortened(s, _SUGGESTION_LENGTH)) for s in suggestions))
    if hits:
        nearest = [_nearest(hit, longest) for hit in hits]
        blocks += [f"{_NEAREST}\n{nearest[0]}", *nearest[1:]]
    return MessageText(tuple(blocks))


def _nearest(hit: Hit, longest: int) -> str:
    article = hit.passage.article
    source = attribution(article, article.url, author=False)
    return f"{quoted(shortened(hit.passage.text, longest))}\n{source}"
