"""How good are answers to questions that nothing was learned from? Fold by fold.

Questions that share an answer are in the same fold, in whichever set they are.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from benchmarks.training.learning import learn
from bot.answering.answerer import answer
from bot.answering.learned.files import Learned
from bot.answering.model import Question
from bot.evaluation.judging import CUTOFF
from bot.evaluation.replies import reply
from bot.evaluation.report import outcomes_of
from bot.views.machine import answer_value

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from benchmarks.training.examples import Example
    from bot.evaluation.judgments import QuestionId
    from bot.evaluation.replies import Reply
    from bot.evaluation.sampling import Outcomes


def crossed(
    examples: Sequence[Example],
    fold_count: int,
    sets: Collection[str] | None = None,
    teach: Callable[[Sequence[Example]], dict[str, dict[str, Any]]] = learn,
) -> dict[str, Outcomes]:
    """Return how every set, or some, was answered by what the other folds taught."""
    asked = [each for each in examples if sets is None or each.set_name in sets]
    replies: defaultdict[str, dict[QuestionId, Reply]] = defaultdict(dict)
    for fold in range(fold_count):
        others = [each for each in examples if each.fold(fold_count) != fold]
        learned = Learned.of(teach(others))
        for each in asked:
            if each.fold(fold_count) == fold:
                replies[each.set_name][each.judged.id] = said(each, learned)
        print(f"fold {fold + 1} of {fold_count}", file=sys.stderr, flush=True)
    return {
        name: outcomes_of([e.judged for e in asked if e.set_name == name], of_set, {})
        for name, of_set in replies.items()
    }


def said(example: Example, learned: Learned) -> Reply:
    """Answer one question."""
    asked = Question(example.judged.text, asked_at=example.now)
    value = answer_value(answer(asked, example.searcher, learned), example.judged.id, CUTOFF)
    return reply(value)[1]
