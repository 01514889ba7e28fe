"""Measures that others have written: any of ir_measures', over the same run and judgments.

The library is an extra of Pullquote's, loaded only when it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.evaluation import trec
from index.errors import PullquoteError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.evaluation.asking import Run
    from bot.evaluation.judgments import JudgedQuestion
    from bot.evaluation.trec import Judgment, Ranked


def measured_by_others(
    names: Sequence[str], run: Run, questions: Sequence[JudgedQuestion]
) -> dict[str, dict[str, float]]:
    """Return the measures of passages and of articles. Raises PullquoteError."""
    passages = _measured(names, trec.passage_ranking(run), trec.passage_judgments(run, questions))
    articles = _measured(names, trec.article_ranking(run), trec.article_judgments(questions))
    return {"passages": passages, "articles": articles}


def known_measures(names: Iterable[str]) -> list[Any]:
    """Return ir_measures' objects, by name. Raises PullquoteError if it or one is not there."""
    try:
        import ir_measures
    except ImportError as error:
        raise PullquoteError(
            "Measures of others need ir_measures, which is not installed; "
            "install it with `pip install 'pullquote[evaluate]'`."
        ) from error
    try:
        return [ir_measures.parse_measure(name) for name in names]
    except (NameError, ValueError, SyntaxError, TypeError, AssertionError) as error:
        raise _unknown(error) from error


def _measured(
    names: Sequence[str], ranking: Iterable[Ranked], judgments: Iterable[Judgment]
) -> dict[str, float]:
    wanted = known_measures(names)
    import ir_measures

    run = [ir_measures.ScoredDoc(*each) for each in ranking]
    qrels = [ir_measures.Qrel(*each) for each in judgments]
    try:
        found = ir_measures.calc_aggregate(wanted, qrels, run)
    except ValueError as error:  # a measure that needs yet another library
        raise _unknown(error) from error
    return {name: found[each] for name, each in zip(names, wanted, strict=True)}


def _unknown(error: Exception) -> PullquoteError:
    told = str(error).split("\n", 1)[0].rstrip(".")
    return PullquoteError(
        f"ir_measures cannot measure that ({told}); write names like AP@10 or P@5."
    )
