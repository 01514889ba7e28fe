"""How often one person may ask, whichever way they ask."""

from __future__ import annotations

import math
import time
from collections import OrderedDict, deque
from typing import TYPE_CHECKING

from bot.texts import RefusedError, Saying, saying_counted

if TYPE_CHECKING:
    from collections.abc import Callable


class CooldownError(RefusedError):
    """Somebody asks too often. `is_first` says that this person was not told yet, this time."""

    def __init__(self, saying: Saying, *, is_first: bool):
        super().__init__(saying)
        self.is_first = is_first


class Cooldown:
    """`count` questions in any `per_seconds` for each person; what is refused does not count."""

    def __init__(
        self,
        count: int = 5,
        per_seconds: float = 10.0,
        clock: Callable[[], float] = time.monotonic,
    ):
        self._count = count
        self._per_seconds = per_seconds
        self._clock = clock
        # the person whose last question is oldest is first, and goes first
        self._asked: OrderedDict[int, deque[float]] = OrderedDict()
        self._told: dict[int, float] = {}

    def __len__(self) -> int:
        """Count the people that are remembered."""
        return len(self._asked)

    def change(self, count: int, per_seconds: float) -> None:
        """Let other limits hold from now on; whoever has asked already keeps that."""
        self._count = count
        self._per_seconds = per_seconds

    def take(self, user_id: int) -> None:
        """Count one question. Raises CooldownError when it is one too many."""
        now = self._clock()
        self._forget(now - self._per_seconds)
        asked = self._asked.setdefault(user_id, deque())
        while asked and asked[0] <= now - self._per_seconds:
            asked.popleft()
        if len(asked) >= self._count:
            self._refuse(user_id, asked[0] + self._per_seconds - now, now)
        asked.append(now)
        self._told.pop(user_id, None)
        self._asked.move_to_end(user_id)

    def _refuse(self, user_id: int, wait_seconds: float, now: float) -> None:
        is_first = user_id not in self._told
        self._told[user_id] = now
        refusal = saying_counted(
            "That is a lot of questions at once; please wait {count} second, then ask again.",
            "That is a lot of questions at once; please wait {count} seconds, then ask again.",
            count=max(1, math.ceil(wait_seconds)),
        )
        raise CooldownError(refusal, is_first=is_first)

    def _forget(self, before: float) -> None:
        while self._asked:
            user_id, asked = next(iter(self._asked.items()))
            if asked and asked[-1] > before:
                return
            del self._asked[user_id]
            self._told.pop(user_id, None)


class Uncounted(Cooldown):
    """Counts nothing: for commands of whom somebody else counts how often they are given."""

    def take(self, user_id: int) -> None:
        """Let it pass."""
