"""How a report looks: lines for a terminal, and one JSON value for programs.

The names of figures are the same in both, but for the marks between words.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any, Self

from bot.views.terminal import Line, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.evaluation.asking import Run
    from bot.evaluation.judgments import JudgedQuestion
    from bot.evaluation.report import Figure, Reliability, Report

_WIDTH = 26
# what is a share is below, what is a number of characters is above
_LEAST_LENGTH = 10
# what is shown of each type; a terminal has no room for more
_BY_TYPE = ("quote@1", "quote@3", "passage_mrr@10", "article_mrr@10", "article_ndcg@10")
_SHOWN_BY_TYPE = 3
_TYPE_WIDTH = 16
_WHAT_CAME_TRUE = {"answerable": "the news answers", "quoted": "a right quote was shown"}


@dataclass(frozen=True, slots=True)
class Setting:
    """What was asked of how much, and how long an answer took.

    `missing_count` is of questions whose evidence is in articles that are not there.
    """

    question_count: int
    passage_count: int
    missing_count: int
    median_milliseconds: float
    p99_milliseconds: float

    @classmethod
    def of(cls, questions: Sequence[JudgedQuestion], run: Run, passage_count: int) -> Self:
        """Look at a run of at least one question."""
        missing = sum(bool(each.evidence) and not run.judged[each.id] for each in questions)
        times = sorted(seconds * 1000 for seconds in run.seconds)
        last = times[int(0.99 * len(times))]
        return cls(len(questions), passage_count, missing, median(times), last)


def setting_lines(setting: Setting) -> Iterator[Line]:
    """Say what was asked."""
    yield Line(
        f"{setting.question_count:,} questions of {setting.passage_count:,} passages; an answer "
        f"takes {setting.median_milliseconds:.1f} ms (p99 {setting.p99_milliseconds:.1f})"
    )
    if setting.missing_count:
        yield Line(
            f"questions whose evidence is in articles that are not there: "
            f"{setting.missing_count:,}; they count as not found"
        )
    yield Line()


def setting_value(setting: Setting) -> dict[str, Any]:
    """Return the same as JSON."""
    return {
        "passages": setting.passage_count,
        "questions_without_their_articles": setting.missing_count,
        "milliseconds": {
            "median": round(setting.median_milliseconds, 3),
            "p99": round(setting.p99_milliseconds, 3),
        },
    }


def report_lines(report: Report) -> Iterator[Line]:
    """Show the figures, those of each type, and the reliability of the confidence."""
    yield from _table(report.figures, "value")
    if report.by_type:
        yield Line()
        yield from _type_lines(report)
    for name, came_true in _WHAT_CAME_TRUE.items():
        reliability: Reliability | None = getattr(report, name)
        if reliability is not None:
            yield Line()
            yield from _reliability_lines(reliability, came_true)


def difference_lines(differences: Mapping[str, Figure], other: str) -> Iterator[Line]:
    """Show how much higher each figure is than in another run."""
    yield Line()
    yield Line(f"More than {one_line(other)}, question by question:", "bold")
    yield from _table(differences, "more")


def outside_lines(measures: Mapping[str, Mapping[str, float]]) -> Iterator[Line]:
    """Show what ir_measures found, of passages and of articles."""
    for what, values in measures.items():
        yield Line()
        yield Line(f"ir_measures, {what}:", "bold")
        for name, value in values.items():
            yield Line(f"{one_line(name):{_WIDTH}}{value:8.3f}", wraps=False)


def _table(figures: Mapping[str, Figure], heading: str) -> Iterator[Line]:
    yield Line(f"{'':{_WIDTH}}{heading:>8}   {'95 % interval':17}questions", "bold", wraps=False)
    for name, figure in figures.items():
        label = name.replace("_", " ")
        yield Line(f"{label:{_WIDTH}}{_cell(figure)}{figure.count:9,}", wraps=False)


def _cell(figure: Figure) -> str:
    value, low, high = map(_number, (figure.value, figure.low, figure.high))
    return f"{value:>8}   {f'{low} to {high}':17}"


def _number(value: float) -> str:
    # `z` keeps a zero from having a sign; a length needs no fractions
    return f"{value:z.3f}" if abs(value) < _LEAST_LENGTH else f"{value:z.0f}"


def _type_lines(report: Report) -> Iterator[Line]:
    shown = [name for name in _BY_TYPE if name in report.figures][:_SHOWN_BY_TYPE]
    titles = "".join(f"{name.replace('_', ' '):>19}" for name in shown)
    yield Line(f"{'type':{_TYPE_WIDTH}}{'n':>5}{titles}", "bold", wraps=False)
    for kind, part in report.by_type.items():
        cells = "".join(f"{_short(part.figures.get(name)):>19}" for name in shown)
        label = one_line(kind)[: _TYPE_WIDTH - 1]
        yield Line(f"{label:{_TYPE_WIDTH}}{part.question_count:5,}{cells}", wraps=False)


def _short(figure: Figure | None) -> str:
    return f"{figure.value:.2f} ({figure.low:.2f}–{figure.high:.2f})" if figure else "–"


def _reliability_lines(reliability: Reliability, came_true: str) -> Iterator[Line]:
    yield Line(
        f"{'confidence':{_WIDTH}}{'n':>5}{'how sure':>11}   {came_true}", "bold", wraps=False
    )
    for each in reliability.bins:
        label = f"{each.low:.1f} to {each.high:.1f}"
        means = f"{each.confidence:11.3f}   {each.share_right:.3f}" if each.count else ""
        yield Line(f"{label:{_WIDTH}}{each.count:5,}{means}", wraps=False)
    yield Line(f"{'expected calibration error':29}{reliability.error:11.3f}", wraps=False)


def report_value(report: Report) -> dict[str, Any]:
    """Return a report as JSON: figures by name, then by type, then the reliability."""
    value: dict[str, Any] = {
        "questions": report.question_count,
        "figures": figures_value(report.figures),
        "types": {
            kind: {"questions": part.question_count, "figures": figures_value(part.figures)}
            for kind, part in report.by_type.items()
        },
    }
    value["reliability"] = {
        name: _reliability_value(getattr(report, name)) for name in _WHAT_CAME_TRUE
    }
    return value


def figures_value(figures: Mapping[str, Figure]) -> dict[str, Any]:
    """Return figures as JSON, rounded to six digits."""
    return {
        name: {
            "value": _rounded(figure.value),
            "low": _rounded(figure.low),
            "high": _rounded(figure.high),
            "questions": figure.count,
        }
        for name, figure in figures.items()
    }


def _reliability_value(reliability: Reliability | None) -> dict[str, Any] | None:
    if reliability is None:
        return None
    bins = [
        {
            "low": each.low,
            "high": each.high,
            "questions": each.count,
            "confidence": _rounded(each.confidence),
            "right": _rounded(each.share_right),
        }
        for each in reliability.bins
    ]
    return {"bins": bins, "expected_calibration_error": _rounded(reliability.error)}


def _rounded(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 6)
