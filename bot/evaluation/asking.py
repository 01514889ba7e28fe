"""Asking judged questions of a searcher, each on its date; and which passages would have answered.

Works on what it is given: no file, no clock but the one of the processor.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.answering.answerer import answer
from bot.answering.model import Question
from bot.evaluation.judging import CUTOFF, answers
from bot.evaluation.replies import Excerpt, reply
from bot.views.machine import answer_value
from index.errors import InvalidQueryError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from bot.evaluation.judging import Span
    from bot.evaluation.judgments import JudgedQuestion, QuestionId
    from bot.evaluation.replies import Reply
    from index import Searcher


@dataclass(frozen=True, slots=True)
class Run:
    """What was said. `lines` are those of `ask --batch --json`; `replies` are the same, read.

    `relevant` are the passages that answer, and `judged` all those of the articles that do.
    """

    lines: list[dict[str, Any]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    replies: dict[QuestionId, Reply] = field(default_factory=dict)
    relevant: dict[QuestionId, list[Span]] = field(default_factory=dict)
    judged: dict[QuestionId, list[Span]] = field(default_factory=dict)


def ask_all(
    questions: Sequence[JudgedQuestion],
    searcher: Searcher,
    now: datetime,
    on_asked: Callable[[], None] = lambda: None,
) -> Run:
    """Ask every question on its date, or `now` where it has none.

    Raises InvalidQueryError, which names the question that cannot be understood.
    """
    run = Run()
    for judged in questions:
        asked = Question(judged.text, asked_at=judged.asked_at or now)
        began = time.perf_counter()
        try:
            said = answer(asked, searcher)
        except InvalidQueryError as error:
            raise InvalidQueryError(f"Question {judged.id!r}: {error}") from error
        run.seconds.append(time.perf_counter() - began)
        line = answer_value(said, judged.id, CUTOFF)
        run.lines.append(line)
        run.replies[judged.id] = reply(line)[1]
        run.judged[judged.id], run.relevant[judged.id] = _known_passages(judged, searcher)
        on_asked()
    return run


def _known_passages(question: JudgedQuestion, searcher: Searcher) -> tuple[list[Span], list[Span]]:
    """Return all passages of the evidence's articles, and those of them that hold it."""
    names = dict.fromkeys(each.article_id for each in question.evidence)
    passages = [
        Excerpt(name, passage.text, passage.start, passage.end)
        for name in names
        for passage in searcher.passages_of(name)
    ]
    spans = [(each.article_id, each.start or 0, each.end or 0) for each in passages]
    holding = [answers(passage, question) for passage in passages]
    return spans, [span for span, holds in zip(spans, holding, strict=True) if holds]
