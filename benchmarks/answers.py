"""Answer quality on judged questions, and how long an answer takes.

    uv run python -m benchmarks.answers [CORPUS QUESTIONS]

CORPUS is a file or folder that `pullquote index` reads; QUESTIONS are JSON lines with `id`,
`question`, `date`?, `answers`, `evidence` (`article_id`, `text`) and `answerable`. Without them,
the sample news and its questions are taken.

quote@k: an answer, or an evidence sentence, is in one of the first k quotes.
passage@k: one of the first k passages is of an evidence's article and holds its text, white space
folded, or 40 % of its word 4-grams; MRR@10 is the mean of 1 / rank of the first such.
AUROC, balanced accuracy: confidence, and answering at all, against `answerable`.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean, median
from typing import TYPE_CHECKING, Any

from bot.answering.answerer import answer
from bot.answering.model import Question
from index import NewsIndex, Searcher
from index.analysis.analyzer import Analyzer
from index.engines.kernel_loading import KernelLoader
from index.engines.memory import engine_over
from index.ranking.formula import Model

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.answering.model import Answer

ROOT = Path(__file__).parents[1]
SAMPLE = (ROOT / "bot" / "demo" / "news", ROOT / "tests" / "relevance" / "sample_questions.jsonl")

Judged = dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """What one question came to. `ranks` are those of relevant passages, from 1."""

    answerable: bool | None
    answered: bool
    confidence: float
    quotes: Sequence[bool]
    ranks: Sequence[int]
    character_count: int
    seconds: float


def folded(text: str) -> str:
    """Return text without white space."""
    return "".join(text.split())


def grams(text: str) -> set[tuple[str, ...]]:
    """Return the word 4-grams of a text."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3))}


def holds(text: str, evidence: str) -> bool:
    """Whether a text holds an evidence sentence, or enough of it."""
    if folded(evidence) in folded(text):
        return True
    wanted = grams(evidence)
    return len(wanted & grams(text)) >= 0.4 * len(wanted)


def says(text: str, answers: Iterable[str]) -> bool:
    """Whether a text holds one of the answers as whole words."""
    told = (a for a in answers if a.lower() not in {"", "yes", "no"})
    return any(re.search(rf"(?<!\w){re.escape(a)}(?!\w)", text, re.IGNORECASE) for a in told)


def judge(judged: Judged, said: Answer, seconds: float) -> Outcome:
    """Compare an answer with what is known of its question."""
    evidence = [(each["article_id"], each["text"]) for each in judged["evidence"]]
    return Outcome(
        answerable=judged.get("answerable"),
        answered=said.answered,
        confidence=said.confidence,
        quotes=[
            says(quote.text, judged["answers"]) or any(holds(quote.text, e) for _, e in evidence)
            for quote in said.quotes
        ],
        ranks=[
            hit.rank
            for hit in said.hits
            if any(hit.passage.article.id == i and holds(hit.passage.text, e) for i, e in evidence)
        ],
        character_count=sum(len(quote.text) for quote in said.quotes),
        seconds=seconds,
    )


def ask(judged: Judged, searcher: Searcher) -> Outcome:
    """Ask one question on its date, and time it."""
    date = judged.get("date")
    asked_at = datetime.fromisoformat(date).replace(tzinfo=UTC) if date else datetime.now(UTC)
    started = time.perf_counter()
    said = answer(Question(judged["question"], asked_at=asked_at), searcher)
    return judge(judged, said, time.perf_counter() - started)


def area_under_curve(positives: Sequence[float], negatives: Sequence[float]) -> float:
    """Return the probability that a positive is above a negative, ties half (AUROC)."""
    pairs = [(p > n) + (p == n) / 2 for p in positives for n in negatives]
    return fmean(pairs)


def report(outcomes: Sequence[Outcome], judged: Sequence[Judged]) -> None:
    """Print the measures."""
    found = [o for o, q in zip(outcomes, judged, strict=True) if q["evidence"]]
    for k in (1, 3):
        print(f"quote@{k:<10} {fmean(any(o.quotes[:k]) for o in found):.3f}")
    for k in (1, 4, 10):
        print(f"passage@{k:<8} {fmean(any(r <= k for r in o.ranks) for o in found):.3f}")
    print(f"MRR@10           {fmean(1 / o.ranks[0] if o.ranks else 0.0 for o in found):.3f}")
    shown = [o.character_count for o in found if o.answered]
    print(f"characters shown {fmean(shown):.0f}")
    yes = [o for o in outcomes if o.answerable]
    no = [o for o in outcomes if o.answerable is False]
    if yes and no:
        area = area_under_curve([o.confidence for o in yes], [o.confidence for o in no])
        balance = (fmean(o.answered for o in yes) + fmean(not o.answered for o in no)) / 2
        print(f"AUROC            {area:.3f}")
        print(f"balanced acc.    {balance:.3f}  ({len(yes)} answerable, {len(no)} not)")
    times = sorted(o.seconds * 1000 for o in outcomes)
    print(f"ms a question    {median(times):.1f} median, {times[int(0.99 * len(times))]:.1f} p99")


async def searchers(corpus: Path) -> dict[str, Searcher]:
    """Index a corpus in a temporary place, and search it by each model."""
    with tempfile.TemporaryDirectory() as data_dir:
        async with await NewsIndex.open(Path(data_dir), searchable=False) as news:
            run = (await news.ingest([corpus])).run
            passages = await news.passages()
    print(f"{run.added_count:,} articles, {len(passages):,} passages")
    analyzer = Analyzer()
    kernel = KernelLoader()
    kernel.load()
    return {
        model.name: Searcher(engine_over(passages, analyzer, model, kernel.current), analyzer)
        for model in (Model.PLUS, Model.OKAPI)
    }


def main() -> None:
    """Measure BM25+, the default, and Okapi on the same questions."""
    corpus, questions = map(Path, sys.argv[1:3]) if len(sys.argv) > 1 else SAMPLE
    judged = [json.loads(line) for line in questions.read_text(encoding="utf-8").splitlines()]
    for name, searcher in asyncio.run(searchers(corpus)).items():
        print(f"\n{name}, {len(judged):,} questions")
        report([ask(each, searcher) for each in judged], judged)


if __name__ == "__main__":
    main()
