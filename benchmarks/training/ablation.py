"""What each kind of measure brings: all of it learned anew without that kind, set by set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.training.crossing import crossed
from bot.evaluation.report import differences
from bot.evaluation.sampling import figures_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.training.examples import Example
    from bot.evaluation.report import Figure
    from bot.evaluation.sampling import Outcomes

SETS = ("multihop", "news", "selqa", "clapnq", "before 2023-07")
FIGURES = ("quote@1", "quote@3", "passage_mrr@10", "auroc", "balanced_accuracy")

KINDS: dict[str, tuple[str, ...]] = {
    "what passages have in common": (
        "voted_name", "voted_names", "voted_full_name", "relevance", "relevance_density",
    ),
    "words close together, in order": ("closeness", "in_order", "near"),
    "title": ("title_coverage", "title", "title_likeness"),
    "publisher named": ("publisher",),
    "newness and dates": ("recency", "when"),
    "kind of answer asked for": (
        "expected", "unexpected", "asks_who", "asks_when", "asks_where", "asks_how_many",
        "asks_why", "asks_name", "asks_speech", "asks_anything", "new_names", "new_numbers",
        "new_full_names",
    ),
    "other forms of words": ("derived", "derived_coverage"),
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
    shown = ("quote@1", "quote@3", "characters_shown", *FIGURES[2:])
    for name, of_set in outcomes.items():
        figures = figures_of(of_set)
        told = (f"{key} {figures[key]:.3f}" for key in shown if figures[key] == figures[key])
        yield "  ".join((f"{name:32}", *told))


def ablation_lines(examples: Sequence[Example], fold_count: int) -> Iterator[str]:
    """Yield a table in Markdown: what is lost without each kind, with 95 % intervals."""
    whole = crossed(examples, fold_count, SETS)
    yield from figure_lines(whole)
    yield f"| without | {' | '.join(SETS)} |"
    yield f"|---|{'---|' * len(SETS)}"
    for kind, names in KINDS.items():
        lesser = crossed(examples, fold_count, SETS, names)
        cells = (_cell(differences(lesser[name], whole[name])) for name in SETS)
        yield f"| {kind} | {' | '.join(cells)} |"


def _cell(lost: dict[str, Figure]) -> str:
    told = []
    for name in FIGURES:
        if name in lost:
            figure = lost[name]
            sure = "" if figure.low <= 0 <= figure.high else "*"
            told.append(f"{figure.value:+.3f}{sure}")
    return " ".join(told)
