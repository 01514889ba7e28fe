"""Why an answer is as it is, in words and numbers. Pure; at most 2,000 units.

Where that is too long, fewer reasons are told, then fewer quotes, then not even the question.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.answering.abstaining import THRESHOLD
from bot.views import limits
from bot.views.attribution import told_publisher
from bot.views.escaping import one_line
from bot.views.message import MessageText
from bot.views.reading import reading_line
from bot.views.reasons import greatest
from bot.views.shortening import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.answering.model import Answer, Quote
    from bot.texts import Texts
    from index.model import Explanation

_LONGEST_REASON = 120


class _Detail(NamedTuple):
    """How many reasons are told for, and as many against: for all but a rank, and for that."""

    reasons: int
    of_rank: int


_DETAILS = (_Detail(3, 2), _Detail(3, 1), _Detail(2, 1), _Detail(1, 1), _Detail(1, 0))


def why_text(answer: Answer, texts: Texts, *, is_changed: bool = False) -> MessageText:
    """Say why; `is_changed` where the answer shown was another one."""
    text = limits.first_fitting(
        _texts(answer, texts, is_changed=is_changed),
        lambda text: text.length,
        limits.CONTENT_LENGTH,
    )
    if text is None:
        raise ValueError("even the shortest explanation is longer than a message")
    return text


def _texts(answer: Answer, texts: Texts, *, is_changed: bool) -> Iterator[MessageText]:
    changed = (_changed(texts),) if is_changed else ()
    asked = _asked(answer, texts)
    for count in range(len(answer.quotes), -1, -1):
        for detail in _DETAILS:
            sure = _sure(answer, detail, texts)
            quotes = (
                _quote(number, quote, detail, texts)
                for number, quote in enumerate(answer.quotes[:count], start=1)
            )
            yield MessageText((*changed, asked, sure, *quotes))
    yield MessageText((*changed, _sure(answer, _DETAILS[-1], texts)))


def _changed(texts: Texts) -> str:
    return texts.say(
        "The news I have, or how I read it, has changed since I answered: this is about the answer "
        "that I would give now, and its quotes may differ."
    )


def _asked(answer: Answer, texts: Texts) -> str:
    asked = texts.say("Asked: {question}", question=one_line(answer.question.text))
    understood = reading_line(answer.reading, texts)
    return f"-# {asked}\n{understood or '-# ' + texts.say('Understood as it was typed.')}"


def _sure(answer: Answer, detail: _Detail, texts: Texts) -> str:
    shown = texts.formats.decimal
    sure = texts.say(
        "{sure}: confidence {confidence} of 1, and {needed} is needed.",
        sure=_in_words(answer.confidence, texts),
        confidence=shown(answer.confidence, 2),
        needed=shown(THRESHOLD, 2),
    )
    lines = [f"**{sure}**"]
    explained = answer.explanation.details[0] if answer.explanation.details else None
    if explained and explained.details:
        lines += _reasons(explained.details[0], detail.reasons, texts)
    elif explained:
        lines.append(f"-# {_told(explained.description, texts)}")
    if answer.outside:
        elsewhere = shown(answer.explanation.details[-1].value, 2)
        of_any_time = texts.say(
            "With articles of any time, the confidence is {confidence}.", confidence=elsewhere
        )
        lines.append(f"-# {of_any_time}")
    return "\n".join(lines)


def _in_words(confidence: float, texts: Texts) -> str:
    share = (confidence - THRESHOLD) / (1 - THRESHOLD)
    if share >= 0.8:  # noqa: PLR2004 (where words change, here and below)
        return texts.say("Almost certain that the news answers")
    if share >= 0.4:  # noqa: PLR2004
        return texts.say("Fairly sure that the news answers")
    if share >= 0:
        return texts.say("Just sure enough that the news answers")
    if confidence >= THRESHOLD / 2:
        return texts.say("Not sure enough that the news answers")
    return texts.say("Far from sure that the news answers")


def _quote(number: int, quote: Quote, detail: _Detail, texts: Texts) -> str:
    name = told_publisher(quote.article, texts)
    heading = texts.say("Quote {number}, {publisher}:", number=number, publisher=name)
    percent = texts.formats.decimal(100 * quote.score, 0)
    lines = [f"**{heading}** {texts.say('{percent} % likely to answer', percent=percent)}"]
    sentence, rank = (*quote.explanation.details, None, None)[:2]
    if sentence:
        lines += _reasons(sentence, detail.reasons, texts)
    if rank:
        place = rank.description.removesuffix(", by the sum of")
        told = texts.say("Its passage: {rank}", rank=_told(place, texts))
        greatest_first = greatest(rank.details, detail.of_rank)
        reasons = "; ".join(_reason(each, texts) for each in greatest_first)
        lines.append(f"-# {told}" + (f": {reasons}" if reasons else ""))
    return "\n".join(lines)


def _reasons(explanation: Explanation, most: int, texts: Texts) -> list[str]:
    return [f"- {_reason(each, texts)}" for each in greatest(explanation.details, most)]


def _reason(explanation: Explanation, texts: Texts) -> str:
    value = texts.formats.decimal(explanation.value, 2, signed=True)
    return f"`{value}` {_told(explanation.description, texts)}"


def _told(description: str, texts: Texts) -> str:
    return one_line(shortened(texts.retold(description), _LONGEST_REASON))
