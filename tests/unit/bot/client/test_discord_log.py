from __future__ import annotations

import logging

import aiohttp
import discord
import pytest
from discord.gateway import ReconnectWebSocket

from bot.client.discord_log import told_as_routine


def log_failure(error: Exception) -> None:
    try:
        raise error
    except type(error):
        logging.getLogger("discord.shard").exception("Failed to connect for shard_id: %s.", 3)


@pytest.mark.parametrize(
    "error",
    [
        ReconnectWebSocket(3),
        OSError("100% of the network is down"),
        TimeoutError(),
        aiohttp.ClientConnectionError("Connector is closed."),
        discord.GatewayNotFound(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_connection_that_breaks_is_a_warning_with_its_reason(
    error: Exception, caplog: pytest.LogCaptureFixture
):
    with told_as_routine(lambda: False):
        log_failure(error)
    (record,) = caplog.records
    assert (record.levelname, record.exc_info) == ("WARNING", None)
    told = str(error) or type(error).__name__
    assert record.getMessage() == f"Failed to connect for shard_id: 3. ({told})"


def test_what_nobody_foresaw_keeps_its_traceback(caplog: pytest.LogCaptureFixture):
    with told_as_routine(lambda: False):
        log_failure(ValueError("unforeseen"))
    (record,) = caplog.records
    assert record.levelname == "ERROR"
    assert record.exc_info


@pytest.mark.parametrize("error", [RuntimeError("Session is closed"), OSError("reset")])
def test_what_breaks_because_the_bot_ends_is_not_told_and_all_else_is(
    error: Exception, caplog: pytest.LogCaptureFixture
):
    with told_as_routine(lambda: True):
        log_failure(error)
        logging.getLogger("discord.shard").warning("goodbye")
    assert [record.getMessage() for record in caplog.records] == ["goodbye"]


def test_afterwards_discord_py_logs_as_it_did(caplog: pytest.LogCaptureFixture):
    with told_as_routine(lambda: True):
        pass
    log_failure(OSError("reset"))
    assert caplog.records[0].exc_info
