"""What was asked, by an id that fits into a button. Knows not how it is answered."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.storage.keeping import Asker, new_id, oldest, utc_text

if TYPE_CHECKING:
    from index.storage.database import Database

ToldPlace = tuple[str, int, int]
"""An article's id, and from which to before which character of its text a quote stands."""
TimeRange = tuple[datetime | None, datetime | None]
"""From an aware time, inclusive, to another, exclusive; None is no limit."""

_INSERT = (
    "INSERT INTO questions (question_id, text, asked_at, rest, said, asked_by, asked_in) "
    "VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_FORGET = "DELETE FROM questions WHERE asked_at < ?"


@dataclass(frozen=True, slots=True)
class ShownQuote:
    """Where a quote stood: which characters of which article, and a digest of its words.

    `out_at` is when its article came out at the earliest, `out_by` the first time after that; None
    where its date is not known.
    """

    article_id: str
    start: int
    end: int
    digest: str
    out_at: datetime | None = None
    out_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class KeptQuestion:
    """What a person typed, when (aware, in their zone), and which articles might answer.

    `said` is whatever tells the answer from another one, `shown` are its quotes. `within` is the
    time that a person asked about, where `since` and `until` are only a part of that. `told` are
    quotes that were shown before those. `is_of_any_time`: dates in the text did not count. `meant`
    is what it may have been meant to say.
    """

    text: str
    asked_at: datetime
    since: datetime | None
    until: datetime | None
    publishers: frozenset[str]
    said: str
    shown: tuple[ShownQuote, ...] = ()
    within: TimeRange | None = None
    told: tuple[ToldPlace, ...] = ()
    is_of_any_time: bool = False
    meant: str | None = None


class Questions:
    """The table of questions; each is forgotten after `kept_days`."""

    def __init__(self, database: Database, kept_days: int):
        self._database = database
        self._kept = timedelta(days=kept_days)

    async def remember(self, question: KeptQuestion, asker: Asker | None = None) -> str:
        """Keep a question and return its id, at most 16 characters of base64url.

        `asker` may have it exported and deleted. Questions that are too old by then are forgotten
        on the way. Raises StorageError.
        """
        question_id = new_id()
        asked_at = question.asked_at
        row = (
            question_id,
            question.text,
            utc_text(asked_at),
            json.dumps(_rest(question)),
            question.said,
            asker and asker.user_id,
            asker and asker.server_id,
        )
        async with self._database.transaction() as connection:
            await connection.execute(_FORGET, (oldest(asked_at, self._kept),))
            await connection.execute(_INSERT, row)
        return question_id

    async def forget_old(self, now: datetime) -> None:
        """Forget the questions that are too old at an aware time. Raises StorageError."""
        async with self._database.transaction() as connection:
            await connection.execute(_FORGET, (oldest(now, self._kept),))

    async def find(self, question_id: str, now: datetime) -> KeptQuestion | None:
        """Return the question of an id; None for one that is unknown, or too old by `now`."""
        async with (
            self._database.snapshot() as connection,
            connection.execute(
                "SELECT text, rest, said FROM questions WHERE question_id = ? AND asked_at >= ?",
                (question_id, oldest(now, self._kept)),
            ) as cursor,
        ):
            row = await cursor.fetchone()
        if row is None:
            return None
        text, rest, said = row
        return _question(text, json.loads(rest), said)


def _rest(question: KeptQuestion) -> dict[str, Any]:
    return {
        "asked_at": question.asked_at.isoformat(),
        "since": question.since.isoformat() if question.since else None,
        "until": question.until.isoformat() if question.until else None,
        "publishers": sorted(question.publishers),
        "within": list(map(_written, question.within)) if question.within else None,
        "told": question.told,
        "is_of_any_time": question.is_of_any_time,
        "meant": question.meant,
        "shown": [
            [each.article_id, each.start, each.end, each.digest, *map(_written, _dates(each))]
            for each in question.shown
        ],
    }


def _dates(quote: ShownQuote) -> tuple[datetime | None, datetime | None]:
    return quote.out_at, quote.out_by


def _written(time: datetime | None) -> str | None:
    return time.isoformat() if time else None


def _range(texts: list[str | None] | None) -> TimeRange | None:
    return (_read(texts[0]), _read(texts[1])) if texts else None


def _read(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _question(text: str, rest: dict[str, Any], said: str) -> KeptQuestion:
    return KeptQuestion(
        text,
        asked_at=datetime.fromisoformat(rest["asked_at"]),
        since=datetime.fromisoformat(rest["since"]) if rest["since"] else None,
        until=datetime.fromisoformat(rest["until"]) if rest["until"] else None,
        publishers=frozenset(rest["publishers"]),
        said=said,
        # a question that an older version kept has nothing there
        shown=tuple(
            ShownQuote(article_id, start, end, digest, _read(out_at), _read(out_by))
            for article_id, start, end, digest, out_at, out_by in rest.get("shown", ())
        ),
        within=_range(rest.get("within")),
        told=tuple((article_id, start, end) for article_id, start, end in rest.get("told", ())),
        is_of_any_time=rest.get("is_of_any_time", False),
        meant=rest.get("meant"),
    )
