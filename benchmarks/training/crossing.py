"""How good are answers to questions that nothing was learned from? Fold by fold.

Questions that share an answer are in the same fold, in whichever set they are.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from typing import TYPE_CHECKING

from benchmarks.training.fitting import learn
from bot.answering.answerer import answer
from bot.answering.learned.files import Learned
from bot.answering.model import Question
from bot.evaluation.judging import CUTOFF
from bot.evaluation.replies import reply
from bot.evaluation.report import outcomes_of
from bot.evaluation.sampling import figures_of
from bot.views.machine import answer_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.training.examples import Example
    from bot.evaluation.judgments import QuestionId
    from bot.evaluation.replies import Reply

SHOWN = ("quote@1", "quote@3", "characters_shown", "passage_mrr@10", "auroc", "balanced_accuracy")


def cross_validate(examples: Sequence[Example], fold_count: int) -> None:
    """Print the figures of every set, each question answered by what others taught."""
    replies: defaultdict[str, dict[QuestionId, Reply]] = defaultdict(dict)
    for fold in range(fold_count):
        learned = Learned.of(learn([e for e in examples if e.fold(fold_count) != fold]))
        for each in examples:
            if each.fold(fold_count) == fold:
                replies[each.set_name][each.judged.id] = said(each, learned)
        print(f"fold {fold + 1} of {fold_count}", file=sys.stderr)
    for name, of_set in replies.items():
        questions = [each.judged for each in examples if each.set_name == name]
        figures = figures_of(outcomes_of(questions, of_set, {}))
        print(name, *(f"{key} {figures[key]:.3f}" for key in SHOWN if key in figures), sep="  ")


def said(example: Example, learned: Learned) -> Reply:
    """Answer one question."""
    asked = Question(example.judged.text, asked_at=example.now)
    value = answer_value(answer(asked, example.searcher, learned), example.judged.id, CUTOFF)
    return reply(value)[1]
