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
    from bot.texts import Texts
    from index.model import Hit

_NEAREST_COUNT = 3
_SUGGESTION_COUNT = 4
_SUGGESTION_LENGTH = 200
_LONGEST_ADDRESS = 1000


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


def answer_text(answer: Answer, texts: Texts) -> MessageText:
    """Say the answer, or that there is none."""
    otherwise = () if answer.answered else _without_quotes(answer, texts)
    candidates = chain(_with_quotes(answer, texts), otherwise)
    text = limits.first_fitting(candidates, lambda text: text.length, limits.CONTENT_LENGTH)
    if text is None:
        raise ValueError("a quote is longer than a message")
    return text


def quotes_in(text: MessageText, answer: Answer) -> tuple[Quote, ...]:
    """Return the quotes of an answer that its text had room for."""
    return tuple(each for each in answer.quotes if quoted(each.text) in text.content)


def _with_quotes(answer: Answer, texts: Texts) -> Iterator[MessageText]:
    for count in range(len(answer.quotes), 0, -1):
        for detail in _details(answer, count):
            quotes = [_quote(quote, detail, texts) for quote in answer.quotes[:count]]
            yield MessageText((*_opening(answer, detail, texts), *quotes))


def _details(answer: Answer, count: int) -> tuple[_Detail, ...]:
    if count == 1:
        return (*_DETAILS, *_LEAST_DETAILS)
    # rather one quote less than not to say how a follow-up was read
    return tuple(each for each in _DETAILS if each.question or not answer.question.is_filled)


def _opening(answer: Answer, detail: _Detail, texts: Texts) -> list[str]:
    """Return the block above the quotes, if any."""
    asked = [_asked(answer, texts)] if detail.question else []
    if answer.answered:
        return asked
    told = ["\n".join([*asked, _verdict(answer, texts)])]
    if detail.suggestions and answer.suggestions:
        told.append(_suggestions(answer, texts))
    if not answer.outside:
        told.append(told_nearest(texts))
    return ["\n".join(told)]


def told_nearest(texts: Texts) -> str:
    """Say that what follows is no answer."""
    return texts.say("This comes nearest, and may well be about something else:")


def _asked(answer: Answer, texts: Texts) -> str:
    question = one_line(answer.question.text)
    if answer.question.told:
        told = texts.say("More in answer to: {question}", question=question)
    elif answer.question.is_filled:
        told = texts.say("Follow-up, read as: {question}", question=question)
    else:
        told = texts.say("In answer to: {question}", question=question)
    asked = f"-# {told}"
    understood = reading_line(answer.reading, texts)
    return f"{asked}\n{understood}" if understood else asked


def _verdict(answer: Answer, texts: Texts) -> str:
    return f"**{told_abstention(answer, texts)}**"


def _suggestions(answer: Answer, texts: Texts) -> str:
    suggestions = map(texts.retold, answer.suggestions[:_SUGGESTION_COUNT])
    return "\n".join(one_line(shortened(each, _SUGGESTION_LENGTH)) for each in suggestions)


def _quote(quote: Quote, detail: _Detail, texts: Texts) -> str:
    title = heading(quote.article) if detail.title else None
    source = attribution(quote.article, _address(quote, detail), texts, author=detail.author)
    others = None
    if detail.others is not _Others.UNTOLD:
        others = other_sources(quote, texts, linked=detail.others is _Others.LINKED)
    return "\n".join(filter(None, (title, quoted(quote.text), source, others)))


def _address(quote: Quote, detail: _Detail) -> str | None:
    if not detail.link or len(safe_url(quote.article.url or "") or "") > _LONGEST_ADDRESS:
        return None
    if detail.longest_exact is None:
        return quote.article.url
    return link(quote, longest_exact=detail.longest_exact)


def _without_quotes(answer: Answer, texts: Texts) -> Iterator[MessageText]:
    """Yield abstentions with passages in place of quotes, then bare ones."""
    told = f"{_asked(answer, texts)}\n{_verdict(answer, texts)}"
    if answer.suggestions:
        told += f"\n{_suggestions(answer, texts)}"
    for count in range(min(len(answer.hits), _NEAREST_COUNT), 0, -1):
        for longest in (200, 120):
            hits = (_hit(hit, longest, texts) for hit in answer.hits[:count])
            yield MessageText((f"{told}\n{told_nearest(texts)}", *hits))
    yield MessageText((told,))
    yield MessageText((_verdict(answer, texts),))


def _hit(hit: Hit, longest: int, texts: Texts) -> str:
    article = hit.passage.article
    source = attribution(article, article.url, texts, author=False)
    return f"{quoted(shortened(hit.passage.text, longest))}\n{source}"
