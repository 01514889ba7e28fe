"""Logs: what they look like, and what they never hold. Knows no Discord.

Everything that is logged, by Pullquote through structlog or by libraries through `logging`, leaves
as one line on one stream: for people on a terminal, as JSON otherwise.
"""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Literal, TextIO

import structlog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from structlog.typing import EventDict, Processor, WrappedLogger

# at debug, discord.py logs what people write and aiosqlite what they search for
_QUIET_LIBRARIES = {"discord": logging.INFO, "aiosqlite": logging.WARNING}
_PRIVATE_KEYS = ("question",)


def configure(
    level: Literal["debug", "info", "warning", "error"] = "info",
    log_format: Literal["auto", "console", "json"] = "auto",
    *,
    questions: bool = False,
    stream: TextIO | None = None,
    also: Sequence[logging.Handler] = (),
) -> None:
    """Send all logs to `stream` (standard error, if not given), and to others `also`.

    `auto` is `console` on a terminal and `json` elsewhere. Without `questions`, what people asked
    is left out.
    """
    stream = stream or sys.stderr
    wants_json = log_format == "json" or (log_format == "auto" and not stream.isatty())
    shared = _shared(questions=questions)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.addFilter(_is_no_news_of_voice)
    handler.setFormatter(_formatter(shared, wants_json=wants_json, colours=stream.isatty()))
    root = logging.getLogger()
    root.handlers = [handler, *also]
    root.setLevel(level.upper())
    for name, lowest in _QUIET_LIBRARIES.items():
        logging.getLogger(name).setLevel(max(lowest, root.level))


def _is_no_news_of_voice(record: logging.LogRecord) -> bool:
    # discord.py warns at every start that it cannot speak, which this bot never does
    return "voice will NOT be supported" not in str(record.msg)


def _shared(*, questions: bool) -> list[Processor]:
    processors: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    return processors if questions else [*processors, _without_questions]


def _without_questions(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    return {key: value for key, value in event.items() if key not in _PRIVATE_KEYS}


def _formatter(
    shared: Sequence[Processor], *, wants_json: bool, colours: bool
) -> structlog.stdlib.ProcessorFormatter:
    last: list[Processor] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        if wants_json
        else [_console(colours=colours)]
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=list(shared),
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
    )


def _console(*, colours: bool) -> Processor:
    # plain tracebacks: the pretty ones show local variables, and the token is one
    return structlog.dev.ConsoleRenderer(
        colors=colours, exception_formatter=structlog.dev.plain_traceback
    )
