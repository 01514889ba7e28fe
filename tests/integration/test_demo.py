"""The demo as a newcomer starts it."""

import asyncio
import os
import re
import signal
import sys
from pathlib import Path

import aiohttp
import pytest

from bot.demo import readable
from tests.integration.small_site import small_site

ROOT = Path(__file__).parents[2]


@pytest.fixture
async def start():
    """Start the demo; whatever a test leaves behind is ended after it."""
    started: list[asyncio.subprocess.Process] = []

    async def one(*arguments: str, **settings: str) -> asyncio.subprocess.Process:
        started.append(await start_demo(*arguments, **settings))
        return started[-1]

    yield one
    for process in started:
        if process.returncode is None:
            process.kill()
            await process.communicate()


async def start_demo(*arguments: str, **settings: str) -> asyncio.subprocess.Process:
    environment = {
        k: v for k, v in os.environ.items() if not k.startswith(("DISCORD", "PULLQUOTE"))
    }
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "demo", *arguments),
        cwd=ROOT,
        env=environment | {"PYTHONUNBUFFERED": "1"} | settings,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def test_once_it_asks_a_question_prints_the_exchange_and_ends(start):
    process = await start("--once")
    out, err = await asyncio.wait_for(process.communicate(), 60)
    said = out.decode()
    assert (process.returncode, err.decode()) == (0, "")
    assert "Indexed 36 sample articles" in said
    assert "Alice: /ask Why was the Lantern Bridge closed?" in said
    assert "> PELLMOUTH — The Lantern Bridge was closed to all traffic at 6 a.m." in said
    assert "The Pellmouth Courier · 3 March 2026" in said
    assert "https://courier.example/" in said


async def test_it_keeps_its_news_where_it_is_told_to(start, tmp_path):
    for _ in range(2):
        process = await start("--once", "--data-dir", str(tmp_path))
        out, _ = await asyncio.wait_for(process.communicate(), 60)
        assert process.returncode == 0
        assert "Indexed 36 sample articles" in out.decode()
    assert (tmp_path / "pullquote.sqlite3").exists()


async def test_a_folder_of_ones_own_takes_the_place_of_the_sample(start, tmp_path):
    (tmp_path / "ferry.md").write_text(
        "---\ntitle: Foxglove Ferry sold\npublished: 2026-03-04\n---\n"
        "The Foxglove Ferry was sold on Tuesday to the harbour trust.\n"
    )
    process = await start(str(tmp_path), "--once")
    out, err = await asyncio.wait_for(process.communicate(), 60)
    said = out.decode()
    assert (process.returncode, err.decode()) == (0, "")
    assert "Indexed 1 article, 1 passage" in said
    assert "Alice: /latest\n" in said
    assert "  Foxglove Ferry sold" in said
    assert "Lantern Bridge" not in said


async def test_a_feed_of_ones_own_takes_the_place_of_the_sample(start, tmp_path):
    with small_site() as site:
        site.stories = {"bridge": "Lantern Bridge", "ferry": "Foxglove Ferry"}
        for _ in range(2):  # what is followed already is no trouble
            process = await start(
                site.url("/feed.xml"),
                *("--once", "--data-dir", str(tmp_path)),
                PULLQUOTE_ALLOW_PRIVATE_NETWORKS="true",
            )
            out, err = await asyncio.wait_for(process.communicate(), 60)
            assert (process.returncode, err.decode()) == (0, "")
    said = out.decode()
    assert f"2 articles from {site.url('/feed.xml')}" in said
    assert "  Foxglove Ferry" in said


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("nothing-here", "There is no article to quote (nothing-here: "),
        ("http://127.0.0.1:9/feed.xml", "http://127.0.0.1:9/feed.xml"),
    ],
)
async def test_where_nothing_can_be_quoted_it_says_why(start, named, told):
    process = await start(named, "--once")
    _, err = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 1
    assert told in err.decode()
    assert err.decode().count("\n") == 1


async def until_line(process: asyncio.subprocess.Process, pattern: str) -> re.Match[str]:
    assert process.stdout is not None
    async with asyncio.timeout(60):
        while line := (await process.stdout.readline()).decode():
            if found := re.search(pattern, line):
                return found
    pytest.fail(f"no line with {pattern}")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_it_serves_a_page_until_it_is_asked_to_end(start, number):
    process = await start("--port", "0")
    url = (await until_line(process, r"(http://127\.0\.0\.1:\d+/)"))[1]
    async with aiohttp.ClientSession() as browser:
        async with browser.get(url) as page:
            assert page.status == 200
        async with browser.get(url + "state") as state:
            assert "Lantern Bridge" in await state.text()
    process.send_signal(number)
    _, err = await asyncio.wait_for(process.communicate(), 30)
    assert (process.returncode, err.decode()) == (0, "")


async def test_a_port_in_use_is_told_in_one_line(start):
    server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        process = await start("--port", str(port))
        _, err = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 1
    assert f"cannot be served on port {port}" in err.decode()
    assert "--port" in err.decode()
    assert "Traceback" not in err.decode()


def test_a_message_is_shown_as_discord_shows_it():
    message = "**A title**\n> Some \\*words\\*\n-# Courier · <t:1772561400:D> · [Read](<https://a.example>)"
    assert readable(message) == (
        "A title\n> Some *words*\nCourier · 3 March 2026 · https://a.example"
    )
