"""What is measured of passages, sentences and questions, as texts to be translated.

Derived from the descriptions that `bot.answering` has of its measures and from how it makes phrases
of them, so that a new measure is asked for in every language.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from bot.answering.confidence_features import DESCRIPTIONS as OF_QUESTIONS
from bot.answering.passage_features import DESCRIPTIONS as OF_PASSAGES
from bot.answering.phrases import phrase
from bot.answering.sentence_features import DESCRIPTIONS as OF_SENTENCES

if TYPE_CHECKING:
    from collections.abc import Iterator

COMPOSED = (
    "{measure}: {value}",
    "{measure} ({value})",
    "{measure}, beside the best passage's",
    "{measure}, missing to the best passage's",
    "{measure}, beside the best sentence's",
)


def measure_templates() -> tuple[str, ...]:
    """Return every phrase there may be about a measure, with `{share_count}` for percents."""
    descriptions = chain(OF_QUESTIONS.values(), OF_PASSAGES.values(), OF_SENTENCES.values())
    each = chain.from_iterable(map(_templates, descriptions))
    return (*dict.fromkeys(each), *COMPOSED)


def _templates(description: str) -> Iterator[str]:
    whole = phrase(description, 1.0)
    share, percent, _ = whole.partition(" % ")
    if percent and share.isdigit():
        yield f"{{share_count}} % {description}"
    elif whole != description:  # an amount, which is told behind it
        yield description
    else:
        yield description
        yield phrase(description, 0.0)
