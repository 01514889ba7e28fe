"""Learn from judged questions, and write what was learned beside the code that reads it."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.training import __doc__ as description
from benchmarks.training.ablation import ablation_lines, figure_lines, reliability_lines
from benchmarks.training.corpora import Corpora
from benchmarks.training.crossing import crossed
from benchmarks.training.examples import Example
from benchmarks.training.learning import learn
from benchmarks.training.sets import LATER, JudgedSet, Material, judged_sets
from bot.answering.learned.files import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.evaluation.judgments import JudgedQuestion

LEARNED = Path(__file__).parents[2] / "bot" / "answering" / "learned"


def examples_in(material: Material, corpora: Corpora) -> list[Example]:
    """Return the questions of all sets."""
    examples: list[Example] = []
    for judged in judged_sets(material):
        examples += examples_of(judged, corpora)
        print(f"{judged.name}: {len(judged.questions):,} questions", file=sys.stderr)
    return examples


def examples_of(judged: JudgedSet, corpora: Corpora) -> Iterator[Example]:
    """Yield the questions of a set, with equal shares of its weight."""
    searcher = corpora.searcher(judged.corpus, judged.keeps)
    with_evidence = sum(bool(each.evidence) for each in judged.questions) or 1
    for question in judged.questions:
        yield Example(
            set_name=judged.name,
            group=f"{judged.family}:{_answer(question)}",
            answering=judged.answering / with_evidence if question.evidence else 0.0,
            confidence=judged.confidence,
            judged=question,
            searcher=searcher,
            now=question.asked_at or LATER,
        )


def _answer(question: JudgedQuestion) -> str:
    told = [each for each in question.answers if each.lower() not in {"yes", "no"}]
    if question.evidence and not told:
        return question.evidence[0].article_id
    return min(told) if told else str(question.id)


def cross_validated_lines(examples: Sequence[Example], fold_count: int) -> Iterator[str]:
    """Yield the figures of every set."""
    outcomes = crossed(examples, fold_count)
    yield from figure_lines(outcomes)
    yield from reliability_lines(outcomes)


def main() -> None:
    """Read the arguments, learn, write."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("data", type=Path)
    parser.add_argument("--work", type=Path, help="keep the indexes of the corpora here")
    parser.add_argument("--folds", type=int, default=0, help="measure on held-out folds instead")
    parser.add_argument("--ablation", action="store_true", help="and what each measure brings")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        material = Material(options.data)
        with Corpora(material, options.work or Path(temporary)) as corpora:
            examples = examples_in(material, corpora)
            if options.folds:
                measure = ablation_lines if options.ablation else cross_validated_lines
                for line in measure(examples, options.folds):
                    print(line, flush=True)
                return
            for key, value in learn(examples).items():
                text = json.dumps(value, separators=(",", ":"))
                (LEARNED / NAMES[key]).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
