"""A Sentry on this machine is told of errors, and of nothing that anybody has written."""

from __future__ import annotations

import gzip
import json
import logging
import queue
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
import structlog

from bot import telemetry
from bot.commands.failures import told
from bot.operations.error_reports import error_reports
from bot.setting_values import SettingsError
from bot.texts import Languages
from tests.integration.typed import pullquote

if TYPE_CHECKING:
    from collections.abc import Iterator

QUESTION = "who leaked the harbour plans?"
REFERENCE = 1234567890123456789
PATIENCE_SECONDS = 60


class Sentry:
    """Takes what is sent to it: a path, then an envelope, a line of JSON and items of two each."""

    def __init__(self, port: int, received: queue.Queue[str]):
        self.dsn = f"http://public@127.0.0.1:{port}/1"
        self.received = received

    def event(self) -> tuple[dict[str, Any], str]:
        """Return the next event, and all of the envelope that it came in."""
        envelope = self.received.get(timeout=PATIENCE_SECONDS)
        _, _, _, event, *_ = envelope.splitlines()
        return json.loads(event), envelope


@contextmanager
def listening() -> Iterator[Sentry]:
    received: queue.Queue[str] = queue.Queue()

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            received.put(self.path + "\n" + body.decode())
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Taking)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield Sentry(server.server_port, received)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def sentry():
    with listening() as sentry:
        yield sentry


@pytest.fixture
def _reporting(sentry: Sentry) -> Iterator[None]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    with error_reports(sentry.dsn, "1.2.3") as reports:
        telemetry.configure("info", "json", questions=True, also=reports)
        yield
    root.handlers[:], root.level = before
    structlog.reset_defaults()


def fail(question: str) -> None:
    """Raise what nobody foresaw, with a question in its text, its cause and its variables."""
    words = question.split()
    try:
        {}[question]
    except KeyError as error:
        raise RuntimeError(f"cannot answer {words}") from error


def failure(question: str) -> RuntimeError:
    try:
        fail(question)
    except RuntimeError as error:
        return error
    raise AssertionError


@pytest.mark.usefixtures("_reporting")
def test_an_unforeseen_error_is_told_without_a_word_that_was_written(sentry: Sentry):
    log = structlog.stdlib.get_logger("bot.commands.outcomes")
    log.info("interaction", command="ask", question=QUESTION, user="Olive", guild="The Gazette")
    error = failure(QUESTION)
    said = told(error, REFERENCE, Languages.shipped().english)
    assert str(REFERENCE) in said
    event, envelope = sentry.event()
    path, *_ = envelope.splitlines()
    assert path == "/api/1/envelope/"
    assert event["release"] == "pullquote@1.2.3"
    assert event["tags"] == {"event": "unforeseen error", "reference": str(REFERENCE)}
    cause, raised = event["exception"]["values"]
    assert (cause["type"], raised["type"]) == ("KeyError", "RuntimeError")
    # and where it was, by function and line
    last = raised["stacktrace"]["frames"][-1]
    assert last["function"] == "fail"
    assert last["lineno"] > 0
    for word in [*QUESTION.split()[1:], "Olive", "Gazette", "/home", str(sys.prefix)]:
        assert word not in envelope
    assert not {"server_name", "user", "request", "extra", "breadcrumbs", "modules"} & event.keys()


@pytest.mark.usefixtures("_reporting")
def test_what_a_library_says_of_an_error_is_not_told(sentry: Sentry):
    try:
        fail(QUESTION)
    except RuntimeError:
        logging.getLogger("asyncio").exception("future: <Task exception=%r>", QUESTION)
    event, envelope = sentry.event()
    assert event["logger"] == "asyncio"
    assert "harbour" not in envelope


@pytest.mark.usefixtures("_reporting")
def test_only_errors_are_told(sentry: Sentry):
    log = structlog.stdlib.get_logger("bot.commands.digesting")
    log.error("digest refused", digest=1)
    log.warning("digest lost", reason=QUESTION, exc_info=failure(QUESTION))
    try:
        fail(QUESTION)
    except RuntimeError:
        log.exception("nothing told")
    event, _ = sentry.event()
    assert event["tags"] == {"event": "nothing told"}
    assert event["level"] == "error"
    assert sentry.received.empty()


def test_without_an_address_nobody_is_told():
    with error_reports(None, "1.2.3") as reports:
        assert reports == []


def test_a_sentry_that_is_away_is_no_trouble():
    with error_reports("http://public@127.0.0.1:9/1", "1.2.3") as (report,):
        record = logging.LogRecord("bot.x", logging.ERROR, "", 0, "failed", (), None)
        record.exc_info = (RuntimeError, failure(QUESTION), None)
        report.handle(record)


def test_an_address_that_is_none_is_told_without_showing_it():
    with (
        pytest.raises(SettingsError, match="is no address of a Sentry") as raised,
        error_reports("s3cr3t", "1.2.3"),
    ):
        pass
    assert "s3cr3t" not in str(raised.value)


def test_a_missing_extra_is_told_with_what_to_do(monkeypatch):
    monkeypatch.setitem(sys.modules, "sentry_sdk", None)
    with (
        pytest.raises(SettingsError, match=r"pip install 'pullquote\[sentry\]', or remove"),
        error_reports("http://public@127.0.0.1:9/1", "1.2.3"),
    ):
        pass


def test_it_is_told_before_the_bot_starts(tmp_path):
    settings = {"DISCORD_TOKEN": "a.b.c", "PULLQUOTE_SENTRY_DSN": "s3cr3t"}
    # discord.py's own warnings are none of this
    done = pullquote("run", data_dir=tmp_path, PYTHONWARNINGS="ignore", **settings)
    assert done.returncode == 1
    assert "PULLQUOTE_SENTRY_DSN is no address of a Sentry" in done.stderr
    assert done.stderr.count("\n") == 1
    assert "s3cr3t" not in done.stderr
