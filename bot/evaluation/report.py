"""The figures of a run, whole and by type of question, and how another run differs from it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bot.evaluation.abstention import Bin, calibration_error, reliability
from bot.evaluation.judging import judge
from bot.evaluation.naming import document_name
from bot.evaluation.replies import NO_REPLY, NOTHING_RANKED
from bot.evaluation.sampling import Outcomes, figures_of, interval, resampled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.evaluation.judging import Span
    from bot.evaluation.judgments import JudgedQuestion, QuestionId
    from bot.evaluation.replies import Reply


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, between which numbers it lies with 95 %, and of how many questions it is."""

    value: float
    low: float
    high: float
    count: int


@dataclass(frozen=True, slots=True)
class Reliability:
    """Confidence against what came true: in bins, and as one number (ECE)."""

    bins: Sequence[Bin]
    error: float


@dataclass(frozen=True, slots=True)
class Report:
    """What a run came to. Figures that no question has a value for are left out.

    `answerable` holds the confidence to whether the news answers, `quoted` to whether one of the
    first three quotes does.
    """

    question_count: int
    figures: Mapping[str, Figure]
    by_type: Mapping[str, Report]
    answerable: Reliability | None = None
    quoted: Reliability | None = None


def outcomes_of(
    questions: Sequence[JudgedQuestion],
    replies: Mapping[QuestionId, Reply],
    relevant: Mapping[QuestionId, Sequence[Span]],
) -> Outcomes:
    """Judge every question; one that the run does not know was answered by nothing."""
    only_ranks = any(each.only_ranks for each in replies.values())
    missing = NOTHING_RANKED if only_ranks else NO_REPLY
    # other tools name a question by a string without white space
    said = [replies.get(q.id) or replies.get(document_name(q.id), missing) for q in questions]
    judged = [
        judge(question, each, relevant.get(question.id, ()))
        for question, each in zip(questions, said, strict=True)
    ]
    sure = [math.nan if each.confidence is None else each.confidence for each in said]
    known = [math.nan if q.answerable is None else float(q.answerable) for q in questions]
    values = {name: np.array([each[name] for each in judged]) for name in judged[0]}
    return Outcomes(values, np.array(sure), np.array(known))


def report_on(questions: Sequence[JudgedQuestion], outcomes: Outcomes) -> Report:
    """Return the figures of all questions, and of each type if there are several."""
    kinds = np.array([question.kind for question in questions])
    parts = {str(kind): outcomes.some(kinds == kind) for kind in np.unique(kinds)}
    by_type = {kind: Report(len(part), _figures(part), {}) for kind, part in parts.items()}
    return Report(
        len(questions),
        _figures(outcomes),
        by_type if len(by_type) > 1 else {},
        _reliability(outcomes, outcomes.is_answerable),
        _reliability(outcomes, _is_quoted(outcomes)),
    )


def differences(mine: Outcomes, other: Outcomes) -> dict[str, Figure]:
    """Return how much higher the first run's figures are; of the same questions, in pairs."""
    own, others = figures_of(mine), figures_of(other)
    draws, other_draws = resampled(mine), resampled(other)
    return {
        name: Figure(
            own[name] - others[name],
            *interval(draws[name] - other_draws[name]),
            min(mine.count(name), other.count(name)),
        )
        for name in own
        if not math.isnan(own[name] - others[name])
    }


def _figures(outcomes: Outcomes) -> dict[str, Figure]:
    draws = resampled(outcomes)
    return {
        name: Figure(value, *interval(draws[name]), outcomes.count(name))
        for name, value in figures_of(outcomes).items()
        if not math.isnan(value)
    }


def _is_quoted(outcomes: Outcomes) -> np.ndarray:
    """Return whether a right quote was shown; never, where the news does not answer."""
    quoted = outcomes.values["quote@3"]
    return np.where(outcomes.is_answerable == 0, 0.0, quoted)


def _reliability(outcomes: Outcomes, came_true: np.ndarray) -> Reliability | None:
    is_known = ~np.isnan(came_true) & ~np.isnan(outcomes.confidences)
    if not is_known.any():
        return None
    bins = reliability(outcomes.confidences[is_known], came_true[is_known] > 0)
    return Reliability(bins, calibration_error(bins))
