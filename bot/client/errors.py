"""How a connection to Discord ends, when nobody asked for it."""

from __future__ import annotations

from index.errors import PullquoteError


class StartError(PullquoteError):
    """Discord does not let the bot in, and will not however often it tries."""


class DisconnectedError(PullquoteError):
    """The connection failed for a reason that may pass."""
