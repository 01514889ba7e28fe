"""Options that several commands share, and how what is typed becomes a Question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.answering.model import Question

DataDir = Annotated[
    Path | None,
    typer.Option(
        "--data-dir",
        metavar="DIR",
        file_okay=False,
        help="Where the index is kept; otherwise PULLQUOTE_DATA_DIR, or the platform's place.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
Since = Annotated[
    str | None,
    typer.Option(
        metavar="D", help="Only articles since this date: 2026-03-04, 2026-03, yesterday, 2w."
    ),
]
Until = Annotated[
    str | None, typer.Option(metavar="D", help="Only articles until the end of this date.")
]
Publisher = Annotated[
    list[str] | None,
    typer.Option(metavar="P", help="Only articles of this publisher; may be given again."),
]
Now = Annotated[
    str | None,
    typer.Option(metavar="T", help="The time of asking, for `yesterday` and the like."),
]
Limit = Annotated[int, typer.Option(metavar="N", min=1, max=1000, help="Show at most this many.")]


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a question, as typed."""

    since: str | None = None
    until: str | None = None
    publishers: tuple[str, ...] = ()

    def question(self, text: str, now: datetime) -> Question:
        """Return the question asked. Raises InvalidQueryError."""
        from bot.answering.model import Question
        from index.query.dates import parse_range

        return Question(
            text,
            asked_at=now,
            since=parse_range(self.since, now).since if self.since is not None else None,
            until=parse_range(self.until, now).until if self.until is not None else None,
            publishers=frozenset(name for name in self.publishers if name.strip()),
        )


def moment(now: str | None) -> datetime:
    """Return the time of asking: what was typed, or the clock's. Raises InvalidQueryError."""
    from index.query.dates import parse_now

    return parse_now(now) if now else datetime.now(UTC)


def data_dir_of(option: Path | None) -> Path:
    """Return the data directory: the option, the setting, or the platform's place."""
    if option is not None:
        return option
    from bot.settings import Settings

    return Settings.read().data_dir
