"""Who is typing where: until the message is there, or for the ten seconds Discord shows it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.sandbox.page.showing import Viewpoint
    from bot.sandbox.world.world import Event

_SHOWN_SECONDS = 10.0


class Typists:
    """Hears of typing and of messages, and says who is at it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until: dict[tuple[str, str], float] = {}

    def hear(self, event: Event) -> None:
        """Note that somebody has begun, or is done."""
        if event.name == "TYPING_START":
            place = (event.payload["channel_id"], event.payload["user_id"])
            self._until[place] = self._clock() + _SHOWN_SECONDS
        elif event.name == "MESSAGE_CREATE" and event.message is not None:
            message = event.message
            self._until.pop((str(message.channel.id), str(message.author.id)), None)

    @property
    def count(self) -> int:
        """How many type now, anywhere."""
        now = self._clock()
        self._until = {place: until for place, until in self._until.items() if until > now}
        return len(self._until)

    def ids(self, view: Viewpoint) -> list[str]:
        """Return who types where this person looks, themselves left out."""
        now = self._clock()
        return [
            user
            for (channel, user), until in self._until.items()
            if channel == str(view.channel.id) and user != str(view.user.id) and until > now
        ]
