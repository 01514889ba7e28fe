"""Whether messages are to be read in which the bot is not mentioned: a privileged intent.

It is asked for only where somebody needs it, since Discord shuts out a bot that asks for what its
owner has not switched on. Knows no connection.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.storage.servers import Servers, ServerSettings

Policy: TypeAlias = Literal["auto", "always", "never"]
# Discord takes a thousand new connections a day
PAUSE_SECONDS = 600.0


def needs_messages(settings: ServerSettings) -> bool:
    """Whether a server has places in which every message is a question: a channel, or threads."""
    return settings.question_channel_id is not None or settings.opens_threads


class MessageContent:
    """Asks for the intent by `policy`: `auto` as long as a server needs it."""

    def __init__(self, policy: Policy = "auto", clock: Callable[[], float] = time.monotonic):
        self._policy = policy
        self._clock = clock
        self._tried_at: float | None = None
        self.is_refused = False

    @property
    def is_forbidden(self) -> bool:
        """Whether whoever runs the bot does not want it to be asked for."""
        return self._policy == "never"

    def asks(self, servers: Servers) -> bool:
        """Whether it is asked for at the next connection."""
        if self.is_refused or self.is_forbidden:
            return False
        decided = servers.decided().values()
        return self._policy == "always" or any(map(needs_messages, decided))

    def refuse(self) -> None:
        """Note that Discord does not allow it: it is not asked for any more."""
        self.is_refused = True
        self._tried_at = self._clock()

    def try_again(self) -> bool:
        """Ask for it after all, since it may have been switched on; at most every ten minutes."""
        now = self._clock()
        if self._tried_at is not None and now - self._tried_at < PAUSE_SECONDS:
            return False
        self._tried_at = now
        self.is_refused = False
        return True


class ReadsMessages(Protocol):
    """What a client must be able to do for a channel in which every message is a question."""

    @property
    def reads_messages(self) -> bool:
        """Whether it is told of what is written in messages that do not mention it."""
        ...

    def read_messages(self) -> bool:
        """Begin to be, by connecting anew. Returns whether that may do."""
        ...
