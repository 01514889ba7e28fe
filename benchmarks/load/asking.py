"""Many people who ask, each again as soon as the last answer is there."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from itertools import cycle
from random import random
from typing import TYPE_CHECKING

import numpy as np

from bot.sandbox.errors import CannotInvokeError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.load.bots import Place
    from bot.sandbox.world.model import Message, User

_PATIENCE_SECONDS = 60
_RETRY_SECONDS = 0.5
_FAILURES = ("Something went wrong on my side", "Discord did not take my answer")


@dataclass
class Asked:
    """What came of the questions so far, in seconds."""

    acknowledged: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    lost_count: int = 0
    asking_seconds: float = 0.0

    def figures(self) -> dict[str, float]:
        """Return what is told of them: times in milliseconds."""
        return {
            "questions a second": len(self.answered) / self.asking_seconds,
            "acknowledged, median ms": _milliseconds(self.acknowledged, 50),
            "acknowledged, p99 ms": _milliseconds(self.acknowledged, 99),
            "answered, median ms": _milliseconds(self.answered, 50),
            "answered, p99 ms": _milliseconds(self.answered, 99),
            "without an answer": self.lost_count,
        }


def _milliseconds(seconds: Sequence[float], percentile: float) -> float:
    return 1000 * float(np.percentile(seconds, percentile)) if seconds else float("nan")


async def ask_for(
    seconds: float,
    place: Place,
    questions: Sequence[str],
    asked: Asked,
    pause_seconds: float = 0.0,
) -> None:
    """Let everyone ask for so long, with a pause after each answer, and add what came of it."""
    until = time.perf_counter() + seconds
    began = time.perf_counter()
    turns = cycle(questions)
    await asyncio.gather(
        *(_keep_asking(until, place, each, turns, asked, pause_seconds) for each in place.people)
    )
    asked.asking_seconds += time.perf_counter() - began


async def _keep_asking(
    until: float,
    place: Place,
    person: User,
    questions: Iterator[str],
    asked: Asked,
    pause_seconds: float,
) -> None:
    # not all at once
    await asyncio.sleep(pause_seconds * random())  # noqa: S311 -- nothing is kept secret by it
    while time.perf_counter() < until:
        began = time.perf_counter()
        try:
            message, latency_seconds = await _answer(place, person, next(questions))
        except (CannotInvokeError, TimeoutError):
            asked.lost_count += 1
            # who is not answered does not ask again at once
            await asyncio.sleep(_RETRY_SECONDS)
        else:
            asked.lost_count += any(each in message.text for each in _FAILURES)
            asked.answered.append(time.perf_counter() - began)
            asked.acknowledged.append(latency_seconds)
        await asyncio.sleep(pause_seconds)


async def _answer(place: Place, person: User, question: str) -> tuple[Message, float]:
    """Return an answer, and the seconds until the question was acknowledged.

    Raises CannotInvokeError while the bot is offline, TimeoutError where it does not answer.
    """
    asking = place.discord.slash(person, place.room.general, "ask", question=question)
    message = await asking.final(_PATIENCE_SECONDS)
    return message, asking.latency_seconds or 0.0
