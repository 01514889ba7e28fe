"""What each kind of measure brings: all of it learned anew without that kind, set by set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from benchmarks.training.crossing import crossed
from benchmarks.training.learning import (
    learn_answering,
    learn_confidence,
    sure_examples,
    sureness_table,
)
from benchmarks.training.tables import Table
from bot.answering.abstaining import THRESHOLD
from bot.answering.confidence_features import DESCRIPTIONS, NAMES
from bot.answering.learned.files import shipped_values
from bot.answering.learned.trees import Trees
from bot.evaluation.abstention import calibration_error, reliability
from bot.evaluation.report import differences
from bot.evaluation.sampling import AUROC, BALANCED, Outcomes, figures_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    import numpy.typing as npt

    from benchmarks.training.examples import Example
    from benchmarks.training.learning import Values
    from bot.evaluation.report import Figure

    Floats = npt.NDArray[np.float64]

ANSWERING_SETS = ("multihop", "news", "selqa", "clapnq")
SURENESS_SETS = ("multihop", "before 2023-07", "clapnq")
ANSWERING = ("quote@1", "quote@3", "passage_mrr@10")

KINDS: dict[str, tuple[str, ...]] = {
    "words close together, in order": ("closeness", "in_order", "near"),
    "title": ("title_coverage", "title", "title_likeness"),
    "publisher named": ("publisher",),
    "newness and dates": ("recency", "when"),
    "kind of answer asked for": (
        "expected", "unexpected", "asks_who", "asks_when", "asks_where", "asks_how_many",
        "asks_why", "asks_name", "asks_speech", "asks_anything", "new_names", "new_numbers",
        "new_full_names",
    ),
    "other forms of words": ("derived",),
    "clauses of the question": ("clause",),
    "neighbours": ("before", "after"),
    "place in article and passage": ("lead", "first", "last"),
    "look of the sentence": (
        "length", "term_count", "ends", "asking", "dangling", "listing", "capitals", "speech",
        "saying",
    ),
    "names and numbers of the question": ("names", "numbers", "rarest"),
    "rank of the article's best passage": ("article_score", "best_of_article"),
}  # fmt: skip


def figure_lines(outcomes: dict[str, Outcomes]) -> Iterator[str]:
    """Yield the figures of every set."""
    shown = ("quote@1", "quote@3", "characters_shown", "passage_mrr@10", AUROC, BALANCED)
    for name, of_set in outcomes.items():
        figures = figures_of(of_set)
        told = (f"{key} {figures[key]:.3f}" for key in shown if figures[key] == figures[key])
        yield "  ".join((f"{name:32}", *told))


def reliability_lines(outcomes: dict[str, Outcomes]) -> Iterator[str]:
    """Yield a table in Markdown: how sure, and how often the news answered, in ten steps."""
    chosen = [outcomes[name] for name in SURENESS_SETS if name in outcomes]
    sure = np.concatenate([each.confidences for each in chosen])
    known = np.concatenate([each.is_answerable for each in chosen])
    bins = reliability(sure, known > 0)
    yield f"| confidence | {' | '.join(f'{b.low:.1f}–{b.high:.1f}' for b in bins)} |"
    yield f"|---|{'---|' * len(bins)}"
    yield f"| questions | {' | '.join(str(b.count) for b in bins)} |"
    yield f"| how sure | {' | '.join(f'{b.confidence:.2f}' for b in bins)} |"
    yield f"| how often answered | {' | '.join(f'{b.share_right:.2f}' for b in bins)} |"
    yield f"expected calibration error {calibration_error(bins):.3f}"


def ablation_lines(examples: Sequence[Example], fold_count: int) -> Iterator[str]:
    """Yield two tables in Markdown: what is lost without each kind, with stars where it is sure.

    A star says that 0 is outside of the 95 % interval (paired bootstrap over questions).
    """
    yield from _answering_lines(examples, fold_count)
    yield ""
    yield from _sureness_lines(examples, fold_count)


def _answering_lines(examples: Sequence[Example], fold_count: int) -> Iterator[str]:
    asked = [each for each in examples if each.answering]
    whole = crossed(asked, fold_count, ANSWERING_SETS, _taught(()))
    yield f"| without (quote@1 / quote@3 / MRR@10) | {' | '.join(ANSWERING_SETS)} |"
    yield f"|---|{'---|' * len(ANSWERING_SETS)}"
    for kind, names in KINDS.items():
        lesser = crossed(asked, fold_count, ANSWERING_SETS, _taught(names))
        lost = [differences(lesser[name], whole[name]) for name in ANSWERING_SETS]
        yield f"| {kind} | {' | '.join(_cell(each, ANSWERING) for each in lost)} |"


def _taught(without: Collection[str]) -> Callable[[Sequence[Example]], Values]:
    sure = shipped_values()["confidence"]
    return lambda examples: learn_answering(examples, without) | {"confidence": sure}


def _sureness_lines(examples: Sequence[Example], fold_count: int) -> Iterator[str]:
    judged = sure_examples(examples)
    table = sureness_table(examples, learn_answering(examples))
    folds = np.array([each.fold(fold_count) for each in judged])
    sets = np.array([each.set_name for each in judged])
    whole = _sure(table, folds, ())
    yield f"| without (AUROC) | {' | '.join(SURENESS_SETS)} |"
    yield f"|---|{'---|' * len(SURENESS_SETS)}"
    for name in NAMES:
        lesser = _sure(table, folds, (name,))
        cells = []
        for chosen in SURENESS_SETS:
            part = sets == chosen
            both = [_outcomes(scores[part], table.labels[part]) for scores in (lesser, whole)]
            cells.append(_cell(differences(*both), (AUROC,)))
        yield f"| {DESCRIPTIONS[name]} | {' | '.join(cells)} |"


def _sure(table: Table, folds: npt.NDArray[np.int_], without: Collection[str]) -> Floats:
    """Return how sure each question is answered, by trees that learned from the other folds."""
    scores = np.zeros(len(folds))
    for fold in np.unique(folds):
        others, own = folds != fold, folds == fold
        some = Table(table.rows[others], table.labels[others], table.weights[others])
        scores[own] = Trees.of(learn_confidence(some, without), NAMES).scores(table.rows[own])
    return scores


def _outcomes(scores: Floats, labels: npt.NDArray[np.bool_]) -> Outcomes:
    sure = 1 / (1 + np.exp(-scores))
    nothing = np.full(len(scores), np.nan)
    answered = (sure >= THRESHOLD).astype(float)
    values = {
        "answered_if_answerable": np.where(labels, answered, nothing),
        "silent_if_not": np.where(labels, nothing, 1 - answered),
    }
    return Outcomes(values, sure, labels.astype(float))


def _cell(lost: dict[str, Figure], names: Sequence[str]) -> str:
    told = []
    for name in names:
        figure = lost[name]
        sure = "" if figure.low <= 0 <= figure.high else "*"
        told.append(f"{figure.value:+.3f}{sure}")
    return " / ".join(told)
