"""Folders that are watched: what changes in them, and what nobody should have put there."""

from __future__ import annotations

import os
import shutil
from datetime import timedelta

import pytest

from index.gathering.model import EventKind
from tests.integration.agreement import assert_finds_what_is_stored

OTTERS = "The otters of Foxglove Lane won a medal for patience on Saturday."
HERONS = "A heron stole the lunch of a surveyor beside the weir at Tarn."
GIGABYTE = 1 << 30


def write(folder, name, sentence, title="News of animals"):
    path = folder / name
    path.write_text(f"# {title}\n\n{sentence}\n", encoding="utf-8")
    return path


@pytest.fixture
async def watched(reader, folder):
    write(folder, "otters.md", OTTERS, "Otters")
    await reader.follow(str(folder))
    await reader.round()
    assert await reader.says(OTTERS)
    return reader


async def test_what_is_new_changed_or_gone_is_noticed(watched, folder, clock):
    clock.turn(seconds=30)
    assert await watched.round(everything=False) == {}
    herons = write(folder, "herons.md", HERONS, "Herons")
    clock.turn(seconds=30)
    assert await watched.round(everything=False) == {EventKind.POLLED: 1}
    assert watched.events[-1].count == 1
    assert await watched.says(HERONS)
    later = HERONS.replace("lunch", "theodolite")
    write(folder, "herons.md", later, "Herons")
    await watched.round()
    assert await watched.says(later)
    assert not await watched.says(HERONS)
    herons.unlink()
    await watched.round()
    assert not await watched.says(later)
    assert await watched.says(OTTERS)
    await assert_finds_what_is_stored(watched.news)


async def test_what_should_not_be_there_is_told_of_and_costs_nothing_else(
    watched, folder, tmp_path
):
    secret = write(tmp_path, "secret.md", "The password of the mayor is tulip.")
    with (folder / "huge.txt").open("wb") as huge:
        huge.truncate(5 * GIGABYTE)
    (folder / "link.md").symlink_to(secret)
    (folder / "elsewhere").symlink_to(tmp_path, target_is_directory=True)
    os.mkfifo(folder / "pipe.txt")
    (folder / "device.txt").symlink_to("/dev/zero")
    (folder / "holes.md").write_bytes(b"# Holes\n\nA h\0ole in \0every word.\n")
    write(folder, "two\nlines\u202emd.exe.md", HERONS, "Herons")
    await watched.round()
    assert await watched.says(OTTERS)
    assert await watched.says(HERONS)
    assert not await watched.says("The password of the mayor is tulip.")
    assert all("\0" not in passage.text for passage in await watched.news.passages())
    told = {
        name: reason
        for reason in watched.reasons(EventKind.REFUSED)
        for name in ("huge.txt", "link.md", "elsewhere", "pipe.txt", "device.txt", "holes.md")
        if f"{name}:" in reason
    }
    assert "larger than the limit" in told["huge.txt"]
    assert "not a regular file" in told["pipe.txt"]
    for name in ("link.md", "elsewhere", "device.txt"):
        assert "links inside a folder are not followed" in told[name]
    for reason in watched.reasons(EventKind.REFUSED):
        assert "\n" not in reason
        assert "\u202e" not in reason
    await assert_finds_what_is_stored(watched.news)


async def test_what_is_refused_is_told_when_it_appears_and_not_at_every_look(watched, folder):
    with (folder / "huge.txt").open("wb") as huge:
        huge.truncate(5 * GIGABYTE)
    assert (await watched.round())[EventKind.REFUSED] == 1
    assert (await watched.round())[EventKind.REFUSED] == 0
    write(folder, "huge.txt", HERONS, "Herons")
    assert (await watched.round())[EventKind.REFUSED] == 0
    assert await watched.says(HERONS)


@pytest.mark.parametrize("is_a_mount", [True, False])
async def test_a_folder_that_is_away_for_a_while_loses_nothing(
    watched, folder, tmp_path, clock, is_a_mount
):
    away = tmp_path / "away"
    shutil.move(folder, away)
    if is_a_mount:
        folder.mkdir()
    for number in (1, 2):
        clock.turn(hours=1)
        assert await watched.round(everything=False) == {EventKind.FAILED: 1}
        (feed,) = await watched.gathering.feeds.all()
        assert feed.failure_count == number
        assert ("empty" if is_a_mount else "No such file") in feed.failure
        assert await watched.says(OTTERS)
    if is_a_mount:
        folder.rmdir()
    shutil.move(away, folder)
    write(folder, "herons.md", HERONS, "Herons")
    clock.turn(hours=1)
    assert await watched.round(everything=False) == {EventKind.POLLED: 1}
    assert await watched.says(OTTERS)
    assert await watched.says(HERONS)
    (feed,) = await watched.gathering.feeds.all()
    assert feed.failure is None
    assert feed.next_poll_at - clock() < timedelta(minutes=1)


async def test_a_folder_may_be_empty_to_begin_with(reader, folder):
    await reader.follow(str(folder))
    for _ in range(2):
        assert EventKind.FAILED not in await reader.round()
    write(folder, "otters.md", OTTERS, "Otters")
    await reader.round()
    assert await reader.says(OTTERS)


async def test_a_folder_that_is_not_followed_any_more_goes_with_its_articles_or_without(
    watched, folder, tmp_path
):
    beside = tmp_path / "news of others"
    beside.mkdir()
    write(beside, "herons.md", HERONS, "Herons")
    await watched.news.ingest([beside])
    feeds = watched.gathering.feeds
    (feed,) = await feeds.all()
    assert await feeds.remove(feed) == 0
    assert await watched.says(OTTERS)
    feed = await watched.follow(str(folder))
    assert await feeds.remove(feed, with_articles=True) == 1
    await watched.news.refresh()
    assert not await watched.says(OTTERS)
    # nor does it come back when known folders are read again
    await watched.news.reindex(lambda _: None)
    assert not await watched.says(OTTERS)
    assert await watched.says(HERONS)
    await assert_finds_what_is_stored(watched.news)
