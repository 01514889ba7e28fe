"""A question in, what is said to it out: the same for every route.

Knows neither the route nor how it is sent.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import structlog

from bot.answering.follow_ups import filled
from bot.answering.model import Question
from bot.commands.askers import community_of
from bot.commands.why import kept
from bot.commands.zones import in_zone
from bot.texts import RefusedError, saying
from bot.views.answer import answer_text, quotes_in
from bot.views.answer_buttons import answer_buttons
from bot.views.escaping import clean
from bot.views.limits import QUESTION_LENGTH
from index.errors import StorageError
from index.query.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.answering.model import Answer
    from bot.commands.outcomes import Outcome
    from bot.commands.ports import Answers
    from bot.storage.keeping import Asker
    from bot.storage.memory import Memory
    from bot.storage.questions import KeptQuestion, TimeRange
    from bot.texts import Texts
    from bot.views.answer_buttons import AnswerButton
    from bot.views.message import MessageText

_ALL = Limits()
_log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said, and the buttons below."""

    text: MessageText
    buttons: tuple[AnswerButton, ...] = ()


class Replying:
    """Answers questions, and keeps them for whoever wants to know why."""

    def __init__(self, answers: Answers, memory: Memory, clock: Callable[[], datetime]):
        self._answers = answers
        self._memory = memory
        self._clock = clock

    async def reply_to(
        self,
        text: str,
        texts: Texts,
        asker: Asker,
        outcome: Outcome | None = None,
        admitted: Limits = _ALL,
        *,
        after: str | None = None,
    ) -> Reply:
        """Return what to say, from the articles that are admitted.

        Dates in the question are understood in the zone of the server that it is asked in. `after`
        is the id of the question that this one may go on from: what it leaves out is filled in from
        that, and then the same articles are admitted.

        Raises RefusedError for a question without words or with too many of them, and
        InvalidQueryError for one that cannot be understood.
        """
        text = clean(text).strip()
        if not text:
            raise RefusedError(saying("There is no question in that; write one in words."))
        if len(text) > QUESTION_LENGTH:
            raise RefusedError(
                saying(
                    "That is {count} characters long, and a question may have {most}; "
                    "please ask it in fewer words.",
                    count=len(text),
                    most=QUESTION_LENGTH,
                )
            )
        zone = self._memory.servers.of(asker.server_id).zone
        question = Question(
            text,
            asked_at=in_zone(self._clock(), zone),
            since=admitted.since,
            until=admitted.until,
            publishers=admitted.publishers,
        )
        if after is not None and (before := await self._find(after)):
            question = going_on(question, before)
        answer = await self._answers.answer(question, community_of(asker.server_id))
        if outcome is not None:
            outcome.name = "answered" if answer.answered else "abstained"
            outcome.question = text
        return await self._reply(answer, texts, asker)

    async def _find(self, question_id: str) -> KeptQuestion | None:
        try:
            return await self._memory.questions.find(question_id, self._clock())
        except StorageError as error:
            # what stands alone can be answered all the same
            _log.warning("last question not read", reason=str(error))
            return None

    async def anything_to(self, question: Question, texts: Texts, asker: Asker) -> Reply:
        """Return what to say to a question, an answer or not. Raises InvalidQueryError."""
        answer = await self._answers.answer(question, community_of(asker.server_id))
        return await self._reply(answer, texts, asker)

    async def answer_of(
        self, question: Question, texts: Texts, asker: Asker, within: TimeRange | None
    ) -> Reply | None:
        """Return the answer to a question, None where there is none. Raises InvalidQueryError.

        `within` is the time that a person asked about, where it is about a part of that.
        """
        answer = await self._answers.answer(question, community_of(asker.server_id))
        return await self._reply(answer, texts, asker, within) if answer.answered else None

    async def _reply(
        self, answer: Answer, texts: Texts, asker: Asker, within: TimeRange | None = None
    ) -> Reply:
        text = answer_text(answer, texts)
        asked = kept(answer, within, quotes_in(text, answer))
        return Reply(text, await self._buttons(asked, answer, texts, asker))

    async def _buttons(
        self, asked: KeptQuestion, answer: Answer, texts: Texts, asker: Asker
    ) -> tuple[AnswerButton, ...]:
        if asked.meant is not None and len(asked.meant) > QUESTION_LENGTH:
            asked = replace(asked, meant=None)
        is_dated = answer.answered and any(each.out_at is not None for each in asked.shown)
        try:
            question_id = await self._memory.questions.remember(asked, asker)
        except StorageError as error:
            # an answer without its button is better than none
            _log.warning("question not kept", reason=str(error))
            return ()
        return answer_buttons(
            question_id,
            texts,
            has_quotes=bool(asked.shown),
            is_dated=is_dated,
            is_answered=answer.answered,
            can_widen=answer.has_elsewhere,
            meant=asked.meant,
        )


def going_on(question: Question, before: KeptQuestion) -> Question:
    """Return a question with what it leaves out filled in; as it is if it stands alone."""
    text = filled(question.text, before.text)
    if text == question.text or len(text) > QUESTION_LENGTH:
        return question
    since, until = before.within or (before.since, before.until)
    return replace(
        question,
        text=text,
        since=since,
        until=until,
        publishers=before.publishers,
        is_filled=True,
    )
