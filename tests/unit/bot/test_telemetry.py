from __future__ import annotations

import io
import json
import logging

import pytest
import structlog

from bot import telemetry

pytestmark = pytest.mark.usefixtures("_logging_as_it_was")


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_every_log_is_one_line_of_json_whoever_wrote_it():
    stream = io.StringIO()
    telemetry.configure(stream=stream)
    structlog.get_logger("bot.ask").info("answered", command="ask", ms=12)
    logging.getLogger("discord.gateway").info("Shard %s connected", 0)
    try:
        int("two\nlines")
    except ValueError:
        structlog.get_logger("bot.ask").exception("failed")
    ours, theirs, failed = lines(stream)
    assert (ours["event"], ours["command"], ours["ms"]) == ("answered", "ask", 12)
    assert (ours["logger"], ours["level"]) == ("bot.ask", "info")
    assert (theirs["event"], theirs["logger"]) == ("Shard 0 connected", "discord.gateway")
    assert "ValueError: invalid literal" in str(failed["exception"])


def test_the_text_of_a_question_is_logged_only_on_request():
    for wanted in (False, True):
        stream = io.StringIO()
        telemetry.configure(questions=wanted, stream=stream)
        structlog.get_logger().info("asked", question="Who won?")
        assert ("Who won?" in stream.getvalue()) is wanted


def test_libraries_never_log_what_people_write():
    stream = io.StringIO()
    telemetry.configure("debug", stream=stream)
    logging.getLogger("discord.gateway").debug("MESSAGE_CREATE secret")
    logging.getLogger("aiosqlite").debug("executing secret")
    logging.getLogger("bot").debug("ours")
    assert [line["event"] for line in lines(stream)] == ["ours"]


def test_the_level_holds_for_libraries_too():
    stream = io.StringIO()
    telemetry.configure("error", stream=stream)
    logging.getLogger("discord").warning("no")
    assert stream.getvalue() == ""


def test_the_console_format_is_for_people():
    stream = io.StringIO()
    telemetry.configure(log_format="console", stream=stream)
    structlog.get_logger("bot").info("started", articles=3)
    assert "started" in stream.getvalue()
    assert "articles=3" in stream.getvalue()


@pytest.mark.parametrize("log_format", ["console", "json"])
def test_a_traceback_shows_no_values_since_the_token_is_one(log_format: str):
    stream = io.StringIO()
    telemetry.configure(log_format=log_format, stream=stream)

    def connect(token: str) -> None:
        int(token[:0])

    secret = "s3cr3t"
    try:
        connect(secret)
    except ValueError:
        structlog.get_logger("bot").exception("failed")
        logging.getLogger("discord").exception("failed")
    assert stream.getvalue().count("Traceback") == 2
    assert secret not in stream.getvalue()


def test_nobody_is_warned_that_the_bot_cannot_speak():
    stream = io.StringIO()
    telemetry.configure(stream=stream)
    logging.getLogger("discord.client").warning("%s is not installed, voice will NOT be supported")
    assert stream.getvalue() == ""
