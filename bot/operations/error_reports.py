"""Errors that nobody foresaw, told to a Sentry where the operator wants it; off otherwise.

What leaves: the type of an error, where in the code it was raised and by whom it was called, the
name of the log line, its reference, the version. Nothing else does: no text of an error, which may
quote a question or an article, no value of a variable, no other log line, no name of a person, a
server or a machine. Knows no Discord. Sentry's own library comes with an extra.
"""

from __future__ import annotations

import logging
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from bot.setting_values import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sentry_sdk import Client

_LONGEST_GOODBYE_SECONDS = 2.0
# what an event may say, and each error and each frame in it
_OF_EVENT = {"event_id", "timestamp", "level", "platform", "release", "logger", "tags", "sdk"}
_OF_ERROR = {"type", "module"}
_OF_FRAME = {"filename", "function", "module", "lineno", "in_app", "context_line"}
_OURS = ("bot.", "index.")


class ErrorReports(logging.Handler):
    """Tells a Sentry of each log line with an error in it; never raises, and never waits."""

    def __init__(self, client: Client):
        super().__init__(logging.ERROR)
        self._client = client

    def emit(self, record: logging.LogRecord) -> None:
        """Hand the error of a log line on, if there is one."""
        error = _error_of(record)
        if error is None:
            return
        from sentry_sdk.utils import event_from_exception

        event, _ = event_from_exception(error, client_options=self._client.options)
        event["logger"] = record.name
        event["tags"] = _tags(record)
        self._client.capture_event(event)


@contextmanager
def error_reports(dsn: str | None, version: str) -> Iterator[list[logging.Handler]]:
    """Have what tells a Sentry of errors, for as long as a `with` block lasts; nothing without one.

    What is on its way is waited for at the end, two seconds at most. Raises SettingsError where the
    extra is not installed, or the address is none.
    """
    if dsn is None:
        yield []
        return
    client = _client(dsn, version)
    try:
        yield [ErrorReports(client)]
    finally:
        client.close(timeout=_LONGEST_GOODBYE_SECONDS)


def _client(dsn: str, version: str) -> Client:
    try:
        from sentry_sdk import Client
        from sentry_sdk.utils import BadDsn
    except ImportError:
        raise SettingsError(
            "PULLQUOTE_SENTRY_DSN is set, but what it needs is not installed; "
            "run pip install 'pullquote[sentry]', or remove the setting."
        ) from None
    try:
        return Client(
            dsn=dsn,
            release=f"pullquote@{version}",
            before_send=_only_what_may_leave,
            default_integrations=False,
            auto_enabling_integrations=False,
            include_local_variables=False,
            max_breadcrumbs=0,
            send_client_reports=False,
            auto_session_tracking=False,
            spotlight=False,
        )
    except BadDsn:
        # not shown: it is a key
        raise SettingsError(
            "PULLQUOTE_SENTRY_DSN is no address of a Sentry; copy the DSN of the project from its "
            "settings, such as https://KEY@sentry.example/1."
        ) from None


def _error_of(record: logging.LogRecord) -> BaseException | None:
    # structlog leaves it in its event, for the formatter to tell
    found = record.msg.get("exc_info") if isinstance(record.msg, dict) else record.exc_info
    if isinstance(found, BaseException):
        return found
    if isinstance(found, tuple):
        _, error, _ = found
        return error if isinstance(error, BaseException) else None
    return sys.exc_info()[1] if found else None


def _tags(record: logging.LogRecord) -> dict[str, str]:
    """Return the name of a log line of ours, which is the same whatever happens, and its reference.

    What other libraries say may quote anything.
    """
    if not record.name.startswith(_OURS):
        return {}
    if not isinstance(record.msg, dict):
        return {"event": str(record.msg)}
    told = {"event": str(record.msg.get("event", ""))}
    return told | ({"reference": str(record.msg["id"])} if "id" in record.msg else {})


def _only_what_may_leave(event: Mapping[str, Any], _hint: object) -> Any:
    errors = event.get("exception", {}).get("values", ())
    kept = {name: value for name, value in event.items() if name in _OF_EVENT}
    return kept | {"exception": {"values": [_stripped(each) for each in errors]}}


def _stripped(error: Mapping[str, Any]) -> dict[str, Any]:
    frames = (error.get("stacktrace") or {}).get("frames", ())
    kept = {name: value for name, value in error.items() if name in _OF_ERROR}
    return kept | {
        "stacktrace": {
            "frames": [{k: v for k, v in frame.items() if k in _OF_FRAME} for frame in frames]
        }
    }
