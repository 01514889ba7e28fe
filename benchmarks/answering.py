"""Where the time of an answer goes: search, terms, sentences, and the rest.

    uv run python -m benchmarks.answering [CORPUS QUESTIONS]

CORPUS is a file or folder that `pullquote index` reads; QUESTIONS are JSON lines with a `question`.
Without them, the sample news and its questions are taken. Every question is asked once.

Sentences of the passages quoted from are split once more by themselves, to be timed; what is left
of an answer without its search, terms and sentences is the rest.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean, median
from typing import TYPE_CHECKING, Any

from benchmarks.answers import SAMPLE, searchers
from bot.answering.answerer import answer
from bot.answering.evidence import READ_COUNT
from bot.answering.model import Question
from bot.answering.windows import sentences_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeVar

    T = TypeVar("T")

PARTS = ("search", "terms", "sentences", "the rest")


class Clock:
    """Seconds by what they were spent on."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def timed(self, part: str, call: Callable[..., T]) -> Callable[..., T]:
        """Return the call, with its time counted as one of the parts."""

        def watched(*arguments: object) -> T:
            began = time.perf_counter()
            try:
                return call(*arguments)
            finally:
                self.seconds[part] += time.perf_counter() - began

        return watched


class Watched:
    """Whatever it stands for, with the time of some of its methods counted."""

    def __init__(self, original: object, **methods: object):
        self._original = original
        self.__dict__.update(methods)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._original, name)


def watched(searcher: Any, clock: Clock) -> Any:
    """Return a searcher whose search and terms are timed."""
    analyzer = Watched(searcher.analyzer, terms=clock.timed("terms", searcher.analyzer.terms))
    return Watched(
        searcher,
        analyzer=analyzer,
        search=clock.timed("search", searcher.search),
        terms=clock.timed("terms", searcher.terms),
    )


def ask(question: str, searcher: Any) -> dict[str, float]:
    """Return the milliseconds that each part of an answer took."""
    clock = Clock()
    asked = Question(question, asked_at=datetime.now(UTC))
    said = clock.timed("all", answer)(asked, watched(searcher, clock))
    split = clock.timed("sentences", sentences_of)
    for hit in said.hits[:READ_COUNT]:
        split(hit.passage)
    seconds = clock.seconds
    seconds["the rest"] = seconds["all"] - sum(seconds[part] for part in PARTS)
    seconds["all but search"] = seconds["all"] - seconds["search"]
    return {part: spent * 1000 for part, spent in seconds.items()}


def report(spent: Sequence[dict[str, float]]) -> None:
    """Print a row a part."""
    print(f"{'ms a question':16}{'median':>8}{'mean':>8}{'p99':>8}")
    for part in (*PARTS, "all but search"):
        times = sorted(each.get(part, 0.0) for each in spent)
        last = times[int(0.99 * len(times))]
        print(f"{part:16}{median(times):8.2f}{fmean(times):8.2f}{last:8.2f}")


def main() -> None:
    """Ask every distinct question once, of the default engine."""
    corpus, questions = map(Path, sys.argv[1:3]) if len(sys.argv) > 1 else SAMPLE
    lines = questions.read_text(encoding="utf-8").splitlines()
    distinct = list(dict.fromkeys(json.loads(line)["question"] for line in lines))
    searcher = next(iter(asyncio.run(searchers(corpus)).values()))
    ask(distinct[0], searcher)
    print(f"{len(distinct):,} questions")
    report([ask(question, searcher) for question in distinct])


if __name__ == "__main__":
    main()
