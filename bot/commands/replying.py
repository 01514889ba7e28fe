"""A question in, what is said to it out: the same for every route.

Knows neither the route nor how it is sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from bot.answering.model import Question
from bot.commands.why import kept
from bot.views.answer import answer_text
from bot.views.escaping import clean
from bot.views.limits import QUESTION_LENGTH
from bot.views.why_button import WhyButton
from index.errors import InvalidQueryError, StorageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.answering.model import Answer
    from bot.commands.outcomes import Outcome
    from bot.commands.ports import Answers
    from bot.storage.questions import Questions
    from bot.views.message import MessageText

_log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said, and the buttons below."""

    text: MessageText
    buttons: tuple[WhyButton, ...] = ()


class Replying:
    """Answers questions, and keeps them for whoever wants to know why."""

    def __init__(self, answers: Answers, questions: Questions, clock: Callable[[], datetime]):
        self._answers = answers
        self._questions = questions
        self._clock = clock

    async def reply_to(self, text: str, outcome: Outcome | None = None) -> Reply:
        """Return what to say.

        Raises InvalidQueryError for a question without words or with too many of them.
        """
        text = clean(text).strip()
        if not text:
            raise InvalidQueryError("There is no question in that; write one in words.")
        if len(text) > QUESTION_LENGTH:
            raise InvalidQueryError(
                f"That is {len(text):,} characters long, and a question may have "
                f"{QUESTION_LENGTH}; please ask it in fewer words."
            )
        answer = await self._answers.answer(Question(text, asked_at=self._clock()))
        if outcome is not None:
            outcome.name = "answered" if answer.answered else "abstained"
            outcome.question = text
        return Reply(answer_text(answer), await self._buttons(answer))

    async def _buttons(self, answer: Answer) -> tuple[WhyButton, ...]:
        try:
            return (WhyButton(await self._questions.remember(kept(answer))),)
        except StorageError as error:
            # an answer without its button is better than none
            _log.warning("question not kept", reason=str(error))
            return ()
