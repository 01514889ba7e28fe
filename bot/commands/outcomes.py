"""One line in the log for everything that somebody did: what, how long it took, how it ended."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog
from discord.app_commands import CheckFailure

from index.errors import PullquoteError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.commands.measures import Measures

_log = structlog.stdlib.get_logger(__name__)


@dataclass(slots=True)
class Outcome:
    """How it ended, and for questions what was asked, which telemetry may leave out."""

    name: str = "done"
    question: str | None = None


def record(
    command: str, interaction_id: int, seconds: float, outcome: Outcome, measures: Measures
) -> None:
    """Write the line. `interaction_id` is the one that people are told as a reference."""
    measures.ended(command, outcome.name, seconds)
    asked = {} if outcome.question is None else {"question": outcome.question}
    _log.info(
        "interaction",
        command=command,
        id=str(interaction_id),
        ms=round(seconds * 1000, 1),
        outcome=outcome.name,
        **asked,
    )


@contextmanager
def recorded(
    command: str, interaction_id: int, measures: Measures, outcome: Outcome | None = None
) -> Iterator[Outcome]:
    """Record what happens inside, which may say more about its outcome."""
    started = time.perf_counter()
    outcome = outcome or Outcome()
    try:
        yield outcome
    except (PullquoteError, CheckFailure):
        outcome.name = "refused"
        raise
    except BaseException:
        outcome.name = "failed"
        raise
    finally:
        record(command, interaction_id, time.perf_counter() - started, outcome, measures)
