"""Answer quality on judged questions: BM25+, the default, beside Okapi.

    uv run python -m benchmarks.answers [CORPUS QUESTIONS]

CORPUS is a file or folder that `pullquote index` reads; QUESTIONS are what `pullquote evaluate`
reads, which has the same measures and more of them for the default alone. Without both, the sample
news and its questions are taken.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from bot.evaluation.asking import ask_all
from bot.evaluation.files import read_questions
from bot.evaluation.report import differences, outcomes_of, report_on
from bot.evaluation.showing import Setting, difference_lines, report_lines, setting_lines
from bot.views.terminal import print_lines
from index import KernelLoader, NewsIndex, Searcher
from index.analysis.analyzer import Analyzer
from index.engines.memory import engine_over
from index.ranking.formula import Model

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.evaluation.judgments import JudgedQuestion
    from bot.evaluation.sampling import Outcomes

ROOT = Path(__file__).parents[1]
SAMPLE = (ROOT / "bot" / "demo" / "news", ROOT / "tests" / "relevance" / "sample_questions.jsonl")


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


def measure(name: str, judged: Sequence[JudgedQuestion], searcher: Searcher) -> Outcomes:
    """Ask every question, and print what the answers are worth."""
    run = ask_all(judged, searcher, datetime.now(UTC))
    outcomes = outcomes_of(judged, run.replies, run.relevant)
    print(f"\n{name}")
    setting = Setting.of(judged, run, searcher.passage_count)
    print_lines(Console(), setting_lines(setting))
    print_lines(Console(), report_lines(report_on(judged, outcomes)))
    return outcomes


def main() -> None:
    """Measure both models on the same questions, and how far they are apart."""
    corpus, questions = map(Path, sys.argv[1:3]) if len(sys.argv) > 1 else SAMPLE
    judged = read_questions(questions)
    found = asyncio.run(searchers(corpus))
    plus, okapi = (measure(name, judged, searcher) for name, searcher in found.items())
    print_lines(Console(), difference_lines(differences(plus, okapi), "Okapi"))


if __name__ == "__main__":
    main()
