"""What discord.py logs of connections that break: news for operators, not tracebacks.

discord.py connects anew by itself, and logs the error that made it do so with a traceback, also
when the bot itself ends the connection. Knows nothing of how logs look.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

import discord.client
import discord.gateway
import discord.shard

from bot.client.endings import interruption, reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# a filter sees what is logged under its logger's own name alone
_MODULES = (discord.client, discord.shard, discord.gateway)


@contextmanager
def told_as_routine(is_ending: Callable[[], bool]) -> Iterator[None]:
    """Let connections that break for a known reason be warnings, and untold while the bot ends."""

    def keep(record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if error is None:
            return True
        if is_ending():
            return False
        if isinstance(error, Exception) and _is_routine(error):
            record.msg, record.args = f"{record.getMessage()} ({reason(error)})", ()
            record.exc_info = None
            record.levelno = logging.WARNING
            record.levelname = logging.getLevelName(logging.WARNING)
        return True

    loggers = [logging.getLogger(module.__name__) for module in _MODULES]
    for logger in loggers:
        logger.addFilter(keep)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeFilter(keep)


def _is_routine(error: Exception) -> bool:
    return isinstance(error, discord.gateway.ReconnectWebSocket) or interruption(error) is not None
