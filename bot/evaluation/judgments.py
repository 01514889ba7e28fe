"""What is known of a question beforehand: who answers it, with which words, or that nobody does.

A judged question is one JSON object:

    {"id", "question", "date"?, "answers"?, "evidence"?, "answerable"?, "type"?}

`answers` are strings of which one is in a right quote; `evidence` is a list of `{"article_id",
"text"}`, a sentence that answers and the article it stands in; `date` is when the question was
asked. `usable_answer_string: false` says that the strings are no use for finding the answer.
Knows nothing of what Pullquote said.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.answering.expectation import expectation_of
from index.errors import InvalidQueryError, PullquoteError
from index.query.dates import parse_now

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

QuestionId = str | int


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that answers, and the article it stands in."""

    article_id: str
    text: str


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """A question with its judgments.

    `grades` says how relevant articles are, by id: those of the evidence by 1, unless others were
    given. `answerable` is None where nobody has judged it.
    """

    id: QuestionId
    text: str
    asked_at: datetime | None = None
    answers: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    answerable: bool | None = None
    type: str = ""
    grades: Mapping[str, int] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """Its type, or else the kind of answer that its words ask for."""
        return self.type or expectation_of(self.text).name.lower()


def judged_question(value: Any) -> JudgedQuestion:
    """Read a judged question. Raises PullquoteError, which says what is wrong with it."""
    if not isinstance(value, dict):
        raise PullquoteError("this is no JSON object; write one object a line.")
    evidence = tuple(map(_evidence, _list(value, "evidence")))
    return JudgedQuestion(
        id=_id(value),
        text=_question(value),
        asked_at=_asked_at(value.get("date")),
        answers=_answers(value),
        evidence=evidence,
        answerable=_boolean(value, "answerable"),
        type=_type(value),
        grades=dict.fromkeys((each.article_id for each in evidence), 1),
    )


def _id(value: dict[str, Any]) -> QuestionId:
    found = value.get("id")
    if isinstance(found, bool) or not isinstance(found, str | int) or found == "":
        raise PullquoteError('the question has no "id"; give it a string or a number.')
    if not _is_utf8(str(found)):
        raise PullquoteError('its "id" holds half of a surrogate pair; leave that out.')
    return found


def _question(value: dict[str, Any]) -> str:
    found = value.get("question")
    if not isinstance(found, str) or not found.strip():
        raise PullquoteError('there is no "question"; write one as a string.')
    return found


def _asked_at(date: object) -> datetime | None:
    if date is None or date == "":
        return None
    try:
        return parse_now(str(date))
    except InvalidQueryError as error:
        raise PullquoteError(f'its "date" cannot be read: {error}') from error


def _answers(value: dict[str, Any]) -> tuple[str, ...]:
    answers = _list(value, "answers")
    if not all(isinstance(each, str) for each in answers):
        raise PullquoteError('its "answers" are not all strings; write them as strings.')
    return () if _boolean(value, "usable_answer_string") is False else tuple(answers)


def _evidence(value: object) -> Evidence:
    if isinstance(value, dict):
        article_id, text = value.get("article_id"), value.get("text")
        if isinstance(article_id, str) and isinstance(text, str) and article_id and text.strip():
            if not _is_utf8(article_id):
                raise PullquoteError(
                    'its "article_id" holds half of a surrogate pair, as no id does.'
                )
            return Evidence(article_id, text)
    raise PullquoteError('its "evidence" is not understood; write {"article_id", "text"} for each.')


def _is_utf8(text: str) -> bool:
    """Whether it can be written to a file and looked up; half of a surrogate pair cannot."""
    return text.encode(errors="ignore").decode() == text


def _type(value: dict[str, Any]) -> str:
    found = value.get("type")
    if found is not None and not isinstance(found, str):
        raise PullquoteError('its "type" is no string; write a word, or leave it out.')
    return found or ""


def _boolean(value: dict[str, Any], name: str) -> bool | None:
    found = value.get(name)
    if found is not None and not isinstance(found, bool):
        raise PullquoteError(f'its "{name}" is neither true nor false; write one of them.')
    return found


def _list(value: dict[str, Any], name: str) -> list[Any]:
    found = value.get(name) or []
    if not isinstance(found, list):
        raise PullquoteError(f'its "{name}" is no list; write one, which may be empty.')
    return found
