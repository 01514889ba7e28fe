"""Why an answer is as it is, in words and numbers. Pure; at most 2,000 units.

Where that is too long, fewer reasons are told, then fewer quotes, then not even the question.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.answering.abstaining import THRESHOLD
from bot.views import limits
from bot.views.escaping import one_line
from bot.views.message import MessageText
from bot.views.reading import reading_line
from bot.views.reasons import greatest
from bot.views.shortening import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.answering.model import Answer, Quote
    from index.model import Explanation

_CHANGED = (
    "The news I have, or how I read it, has changed since I answered: this is about the answer "
    "that I would give now, and its quotes may differ."
)
_TYPED = "-# Understood as it was typed."
_LONGEST_REASON = 120
_LONGEST_NAME = 60


class _Detail(NamedTuple):
    """How many reasons are told for, and as many against: for all but a rank, and for that."""

    reasons: int
    of_rank: int


_DETAILS = (_Detail(3, 2), _Detail(3, 1), _Detail(2, 1), _Detail(1, 1), _Detail(1, 0))


def why_text(answer: Answer, *, is_changed: bool = False) -> MessageText:
    """Say why; `is_changed` where the answer shown was another one."""
    text = limits.first_fitting(
        _texts(answer, is_changed=is_changed), lambda text: text.length, limits.CONTENT_LENGTH
    )
    if text is None:
        raise ValueError("even the shortest explanation is longer than a message")
    return text


def _texts(answer: Answer, *, is_changed: bool) -> Iterator[MessageText]:
    changed = (_CHANGED,) if is_changed else ()
    asked = f"-# Asked: {one_line(answer.question.text)}\n{reading_line(answer.reading) or _TYPED}"
    for count in range(len(answer.quotes), -1, -1):
        for detail in _DETAILS:
            sure = _sure(answer, detail)
            quotes = (
                _quote(number, quote, detail)
                for number, quote in enumerate(answer.quotes[:count], start=1)
            )
            yield MessageText((*changed, asked, sure, *quotes))
    yield MessageText((*changed, _sure(answer, _DETAILS[-1])))


def _sure(answer: Answer, detail: _Detail) -> str:
    value = answer.confidence
    sure = f"{_in_words(value)} that the news answers"
    lines = [f"**{sure}: confidence {value:.2f} of 1, and {THRESHOLD:.2f} is needed.**"]
    explained = answer.explanation.details[0] if answer.explanation.details else None
    if explained and explained.details:
        lines += _reasons(explained.details[0], detail.reasons)
    elif explained:
        lines.append(f"-# {_told(explained.description)}")
    if answer.outside:
        elsewhere = answer.explanation.details[-1].value
        lines.append(f"-# With articles of any time, the confidence is {elsewhere:.2f}.")
    return "\n".join(lines)


def _in_words(confidence: float) -> str:
    share = (confidence - THRESHOLD) / (1 - THRESHOLD)
    if share >= 0.8:  # noqa: PLR2004 (where words change, here and below)
        return "Almost certain"
    if share >= 0.4:  # noqa: PLR2004
        return "Fairly sure"
    if share >= 0:
        return "Just sure enough"
    return "Not sure enough" if confidence >= THRESHOLD / 2 else "Far from sure"


def _quote(number: int, quote: Quote, detail: _Detail) -> str:
    name = one_line(shortened(quote.article.publisher or "publisher unknown", _LONGEST_NAME))
    lines = [f"**Quote {number}, {name}:** {100 * quote.score:.0f} % likely to answer"]
    sentence, rank = (*quote.explanation.details, None, None)[:2]
    if sentence:
        lines += _reasons(sentence, detail.reasons)
    if rank:
        place = rank.description.removesuffix(", by the sum of")
        reasons = "; ".join(_reason(each) for each in greatest(rank.details, detail.of_rank))
        lines.append(f"-# Its passage: {_told(place)}" + (f": {reasons}" if reasons else ""))
    return "\n".join(lines)


def _reasons(explanation: Explanation, most: int) -> list[str]:
    return [f"- {_reason(each)}" for each in greatest(explanation.details, most)]


def _reason(explanation: Explanation) -> str:
    return f"`{explanation.value:+.2f}` {_told(explanation.description)}"


def _told(description: str) -> str:
    return one_line(shortened(description, _LONGEST_REASON))
