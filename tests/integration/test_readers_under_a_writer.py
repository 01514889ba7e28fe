"""Processes that search while another one writes: each answer is of one moment, and of a late one.

A search is not one with the refresh before it: what is removed in between is not found, or, where
it was removed in part of the passages read, only in part. So an answer is held to what was stored
at some moment from when the refresh began until the search had ended.
"""

from __future__ import annotations

import asyncio
import json
import math
import os
import time
from bisect import bisect_left, bisect_right
from collections import defaultdict
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from random import Random
from typing import TYPE_CHECKING

from index import NewsIndex
from index.analysis.passages import split_passages
from tests.integration.editions import FILE_COUNT, articles_of, process_of, publish
from tests.integration.watching import watch_for_ever

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from index import IndexProgress

SOAK_SECONDS = float(os.environ.get("PULLQUOTE_SOAK_SECONDS", "5"))
IS_LONG = "PULLQUOTE_SOAK_SECONDS" in os.environ
SEED = os.environ.get("PULLQUOTE_SEED") or str(time.time_ns())
LONGEST_DELAY_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Change:
    """A file's new edition, None where it was withdrawn; stored between two moments."""

    edition: int | None
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, between two moments: of each file, its articles' editions and sizes."""

    began: float
    ended: float
    files: dict[int, dict[str, tuple[int, int]]]


async def test_readers_find_what_was_stored_at_some_moment_and_soon(folder, tmp_path):
    diaries = [tmp_path / "one.diary", tmp_path / "other.diary"]
    data_dir = tmp_path / "data"
    with ExitStack() as stack:
        async with await NewsIndex.open(data_dir, searchable=False) as news:
            readers = [
                stack.enter_context(
                    process_of(watch_for_ever, data_dir, diary, is_compiled=IS_LONG and not number)
                )
                for number, diary in enumerate(diaries)
            ]
            while not all(diary.exists() and diary.stat().st_size for diary in diaries):
                assert all(reader.is_alive() for reader in readers)
                await asyncio.sleep(0.01)
            changes = await _write(news, folder, Random(SEED))
            # the last change is to be seen, too
            await asyncio.sleep(1)
        assert all(reader.is_alive() for reader in readers), "a reader ended by itself"
    delays = []
    for diary in diaries:
        answers = _answers(diary)
        for answer in answers:
            _assert_of_some_moment(answer, changes)
        delays += _delays(answers, changes)
        print(  # noqa: T201 (shown by pytest -s)
            f"{len(answers)} answers while {sum(map(len, changes.values()))} changes were made,"
            f" PULLQUOTE_SEED={SEED}"
        )
    print(  # noqa: T201
        f"{len(delays)} changes were seen after {max(delays):.3f} s at most,"
        f" {sorted(delays)[len(delays) // 2]:.3f} s half the time"
    )
    assert max(delays) < LONGEST_DELAY_SECONDS


async def _write(news: NewsIndex, folder: Path, chance: Random) -> dict[int, list[Change]]:
    """Change one file after the other; return the changes of each."""
    start = -math.inf
    changes = {file: [Change(None, start, start)] for file in range(FILE_COUNT)}
    end = time.monotonic() + SOAK_SECONDS
    while time.monotonic() < end:
        file = chance.randrange(FILE_COUNT)
        edition = None if chance.random() < 0.25 else chance.randrange(10**9)
        before = time.monotonic()
        if edition is None:
            (folder / f"{file}.jsonl").unlink(missing_ok=True)
        else:
            publish(folder, file, edition)
        stored: list[float] = []

        def note(progress: IndexProgress, stored: list[float] = stored) -> None:
            if progress.done_file_count == progress.file_count:
                stored.append(time.monotonic())

        await news.ingest([folder], prune=True, on_progress=note)
        changes[file].append(Change(edition, before, stored[0]))
        if chance.random() < 0.4:
            await news.settled()
        await asyncio.sleep(chance.choice([0, 0, 0.05]))
    return changes


def _answers(diary: Path) -> list[Answer]:
    answers = []
    # the last line may be cut short
    for line in diary.read_text(encoding="utf-8").split("\n")[:-1]:
        began, ended, seen = json.loads(line)
        files: defaultdict[int, dict[str, tuple[int, int]]] = defaultdict(dict)
        for name, (edition, count) in seen.items():
            files[int(name.partition("-")[0])][name] = edition, count
        answers.append(Answer(began, ended, files))
    return answers


def _assert_of_some_moment(answer: Answer, changes: dict[int, list[Change]]) -> None:
    for file, history in changes.items():
        found = answer.files.get(file, {})
        editions = {edition for edition, _ in found.values()}
        assert len(editions) <= 1, f"file {file} is found in two editions"
        possible = _possible(history, answer.began, answer.ended)
        if len(possible) > 1:
            assert editions <= set(possible), (file, editions, possible)
            continue
        (edition,) = possible
        expected = {} if edition is None else _sizes(file, edition)
        assert {name: count for name, (_, count) in found.items()} == expected, (file, possible)
        assert editions == ({edition} if expected else set())


def _possible(history: Sequence[Change], began: float, ended: float) -> list[int | None]:
    """Return the editions that may have been stored at some moment."""
    # the last one that was surely stored by then, and all that may have followed it
    first = bisect_left(history, began, key=attrgetter("after")) - 1
    last = bisect_right(history, ended, key=attrgetter("before"))
    return [change.edition for change in history[first:last]]


@cache
def _sizes(file: int, edition: int) -> dict[str, int]:
    return {
        article["id"]: len(split_passages(article["text"], title=article["title"]))
        for article in articles_of(file, edition)
    }


def _delays(answers: Sequence[Answer], changes: dict[int, list[Change]]) -> list[float]:
    """Return how long after each new edition was stored it was first found, where it was."""
    found: dict[tuple[int, int], float] = {}
    for answer in answers:
        for file, articles in answer.files.items():
            for edition, _ in articles.values():
                found.setdefault((file, edition), answer.ended)
    made = {
        (file, change.edition): change.after
        for file, history in changes.items()
        for change in history
        if change.edition is not None
    }
    assert found.keys() <= made.keys()
    return [max(0.0, moment - made[each]) for each, moment in found.items()]
