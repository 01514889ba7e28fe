"""The files of weights and trees that come with Pullquote, each read once a process."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from bot.answering import confidence_features, passage_features, sentence_features
from bot.answering.learned.linear import WeightedSum
from bot.answering.learned.trees import Trees

NAMES = {
    "passages": "passages.json",
    "sentences": "sentences.json",
    "confidence": "confidence.json",
}


@dataclass(frozen=True, slots=True)
class Learned:
    """How passages are ranked, which sentences answer, and whether anything does."""

    passages: WeightedSum
    sentences: Trees
    confidence: Trees

    @classmethod
    def of(cls, values: dict[str, dict[str, Any]]) -> Learned:
        """Read what the files hold. Raises ValueError where they are of other measures."""
        return cls(
            WeightedSum.of(values["passages"], passage_features.NAMES),
            Trees.of(values["sentences"], sentence_features.NAMES),
            Trees.of(values["confidence"], confidence_features.NAMES),
        )


@cache
def shipped() -> Learned:
    """Return what comes with Pullquote."""
    return Learned.of(shipped_values())


def shipped_values() -> dict[str, dict[str, Any]]:
    """Return what the files that come with Pullquote hold."""
    folder = files("bot.answering.learned")
    return {key: json.loads((folder / name).read_text("utf-8")) for key, name in NAMES.items()}
