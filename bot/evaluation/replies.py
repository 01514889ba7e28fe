"""What was said to a question, in the published shape: a line of `pullquote ask --batch --json`.

What is measured is what a program reads, so that a run from a file and one just made are the same.
Knows nothing of judgments.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.errors import PullquoteError

if TYPE_CHECKING:
    from bot.evaluation.judgments import QuestionId


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words of an article: a quote, or a passage found.

    `text` is None, and so are the offsets, where a run only ranks articles.
    """

    article_id: str
    text: str | None = None
    start: int | None = None
    end: int | None = None
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to one question. `confidence` is None where a run only ranks articles."""

    answered: bool = False
    confidence: float | None = 0.0
    quotes: tuple[Excerpt, ...] = ()
    hits: tuple[Excerpt, ...] = ()

    @property
    def only_ranks(self) -> bool:
        """Whether it tells nothing but which articles were found."""
        return self.confidence is None

    @property
    def article_ids(self) -> list[str]:
        """The articles of the hits, each where its best passage stands."""
        return list(dict.fromkeys(hit.article_id for hit in self.hits))


# for a question that a run does not know, the second in a run that only ranks
NO_REPLY = Reply()
NOTHING_RANKED = Reply(confidence=None)


def reply(value: Any) -> tuple[QuestionId, Reply]:
    """Read one line of a run. Raises PullquoteError, which says what is wrong with it."""
    try:
        return _id(value["id"]), Reply(
            answered=bool(value["answered"]),
            confidence=float(value["confidence"]),
            quotes=tuple(map(_excerpt, value["quotes"])),
            hits=tuple(map(_excerpt, value["hits"])),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise PullquoteError(
            "this is no answer of Pullquote; give what `pullquote ask --batch --json` prints."
        ) from error


def _id(found: object) -> QuestionId:
    if not isinstance(found, str | int):
        raise TypeError
    return found


def _excerpt(value: dict[str, Any]) -> Excerpt:
    text, article_id = value["text"], value["article"]["id"]
    if not isinstance(text, str) or not isinstance(article_id, str):
        raise TypeError
    return Excerpt(
        article_id, text, value.get("start"), value.get("end"), float(value.get("score") or 0.0)
    )
