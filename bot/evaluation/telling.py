"""Everything that an evaluation has to say, for a program and for a person."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.evaluation import showing
from bot.evaluation.outside import measured_by_others
from bot.evaluation.report import differences, outcomes_of, report_on

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.evaluation.asking import Run
    from bot.evaluation.judgments import JudgedQuestion, QuestionId
    from bot.evaluation.replies import Reply
    from bot.views.terminal import Line
    from index import Passage


@dataclass(frozen=True, slots=True)
class Evaluated:
    """Questions, and what was said to them. `passages` are all there are, if they are wanted."""

    questions: Sequence[JudgedQuestion]
    run: Run
    passage_count: int
    passages: Sequence[Passage]


@dataclass(slots=True)
class Told:
    """The same as one JSON value and as lines of text."""

    value: dict[str, Any] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)


def tell(
    done: Evaluated,
    measures: Sequence[str],
    other: Mapping[QuestionId, Reply] | None,
    other_name: str,
) -> Told:
    """Return the figures, with those of ir_measures and another run's where they are wanted."""
    mine = outcomes_of(done.questions, done.run.replies, done.run.relevant)
    report = report_on(done.questions, mine)
    setting = showing.Setting.of(done.questions, done.run, done.passage_count)
    told = Told({**showing.setting_value(setting), **showing.report_value(report)})
    told.lines += [*showing.setting_lines(setting), *showing.report_lines(report)]
    if measures:
        outside = measured_by_others(measures, done.run, done.questions)
        told.value["ir_measures"] = outside
        told.lines += showing.outside_lines(outside)
    if other is not None:
        apart = differences(mine, outcomes_of(done.questions, other, done.run.relevant))
        told.value["against"] = showing.figures_value(apart)
        told.lines += showing.difference_lines(apart, other_name)
    return told
