"""How often a person, and all of a server together, may ask there within an hour.

Those who run the server decide it; what holds everywhere is the cooldown. What was asked is held in
memory, so a restart counts anew. Knows no Discord.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict, deque
from typing import TYPE_CHECKING, TypeAlias

from bot.commands.cooldown import CooldownError
from bot.texts import Saying, saying_counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.storage.keeping import Asker
    from bot.storage.servers import Servers

HOUR_SECONDS = 3600.0
_Key: TypeAlias = tuple[int, int | None]


class HouseLimits:
    """Counts what is asked in each server that limits it; what is refused does not count."""

    def __init__(self, servers: Servers, clock: Callable[[], float] = time.monotonic):
        self._servers = servers
        self._clock = clock
        # whoever asked the longest ago is first, and goes first
        self._asked: OrderedDict[_Key, deque[float]] = OrderedDict()
        self._told: OrderedDict[_Key, float] = OrderedDict()

    def __len__(self) -> int:
        """Count the people and servers that are remembered."""
        return len(self._asked)

    def take(self, asker: Asker) -> None:
        """Count one question. Raises CooldownError when it is one too many, and says until when."""
        now = self._clock()
        self._forget(now)
        server_id = asker.server_id
        if server_id is None:
            return
        settings = self._servers.of(server_id)
        person, everyone = (server_id, asker.user_id), (server_id, None)
        limits = {person: settings.person_limit, everyone: settings.server_limit}
        for key, most in limits.items():
            if most is not None and (wait_seconds := self._wait_seconds(key, most, now)):
                self._refuse(person, now, _refusal(most, wait_seconds, is_of_person=key == person))
        for key, most in limits.items():
            if most is not None:
                self._asked.setdefault(key, deque()).append(now)
                self._asked.move_to_end(key)
        self._told.pop(person, None)

    def _wait_seconds(self, key: _Key, most: int, now: float) -> float:
        asked = self._asked.get(key, deque())
        while asked and asked[0] <= now - HOUR_SECONDS:
            asked.popleft()
        # the limit may have been another when they asked
        return 0.0 if len(asked) < most else asked[-most] + HOUR_SECONDS - now

    def _refuse(self, person: _Key, now: float, refusal: Saying) -> None:
        is_first = person not in self._told
        self._told.setdefault(person, now)
        raise CooldownError(refusal, is_first=is_first)

    def _forget(self, now: float) -> None:
        while self._told and next(iter(self._told.values())) <= now - HOUR_SECONDS:
            self._told.popitem(last=False)
        while self._asked and next(iter(self._asked.values()))[-1] <= now - HOUR_SECONDS:
            self._asked.popitem(last=False)


def _refusal(most: int, wait_seconds: float, *, is_of_person: bool) -> Saying:
    minutes = max(1, math.ceil(wait_seconds / 60))
    if is_of_person:
        return saying_counted(
            "You have asked {most} times in the last hour, as often as one may in this server; ask "
            "again in {count} minute, or write to me directly.",
            "You have asked {most} times in the last hour, as often as one may in this server; ask "
            "again in {count} minutes, or write to me directly.",
            count=minutes,
            most=most,
        )
    return saying_counted(
        "I was asked {most} times in the last hour, as often as all of this server may; ask again "
        "in {count} minute, or write to me directly.",
        "I was asked {most} times in the last hour, as often as all of this server may; ask again "
        "in {count} minutes, or write to me directly.",
        count=minutes,
        most=most,
    )
