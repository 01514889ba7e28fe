"""How a connection to Discord ends, when nobody asked for it."""

from __future__ import annotations

from index.errors import PullquoteError


class StartError(PullquoteError):
    """Discord does not let the bot in, and will not however often it tries."""


class IntentsRefusedError(StartError):
    """The bot asks for privileged intents that nobody has switched on."""


class DisconnectedError(PullquoteError):
    """The connection failed for a reason that may pass, not before `retry_after_seconds`."""

    def __init__(self, message: str, *, retry_after_seconds: float = 0.0):
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds
