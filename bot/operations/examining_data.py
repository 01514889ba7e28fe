"""The part of `doctor` that looks at a data directory: whether it can be used, and is sound.

A database is only opened where no migration is due, since opening would apply it.
"""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from bot.operations.checks import Check, doubtful, fine, wrong
from bot.operations.data_files import NEWS, files_in
from bot.operations.upgrading import upgrade_steps
from bot.operations.verification import ADVICE, verify
from index.errors import NewerSchemaError, StorageError, WriterBusyError
from index.storage.article_store import ArticleStore
from index.storage.feed_store import FeedStore
from index.storage.locks import polling_lock

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from index.model import Feed

_LEAST_FREE_BYTES = 1 << 30
_MB = 1 << 20
_LATE = timedelta(hours=1)
_NAMED_COUNT = 3


async def examined_data(data_dir: Path, now: datetime) -> list[Check]:
    """Look at a directory, its disk, its databases and its feeds. `now` is an aware time."""
    place = examined_place(data_dir)
    if NEWS not in files_in(data_dir):
        nothing = doubtful(
            "news",
            f"there is none in {data_dir} yet",
            "add some with `pullquote index FOLDER` or `pullquote feeds add ADDRESS`",
        )
        return [*place, nothing]
    try:
        steps = upgrade_steps(data_dir)
    except NewerSchemaError as error:
        return [*place, wrong("news", str(error).rstrip("."), "upgrade Pullquote")]
    except StorageError as error:
        return [*place, wrong("news", str(error).rstrip("."), "restore a backup")]
    if steps:
        due = doubtful(
            "news",
            "the next start of this version changes what is stored",
            "take a backup first; `pullquote upgrade-check` says what changes",
        )
        return [*place, due]
    return [*place, *await _examined_news(data_dir), *await _examined_feeds(data_dir, now)]


def examined_place(data_dir: Path) -> list[Check]:
    """Look at whether a directory, or the one it would be made in, can be written, and how much."""
    there = next(each for each in (data_dir, *data_dir.absolute().parents) if each.exists())
    try:
        with tempfile.TemporaryFile(dir=there):
            pass
    except OSError as error:
        reason = error.strerror or str(error)
        return [wrong("data directory", f"{there} cannot be written ({reason})", "see who owns it")]
    is_new = "" if there == data_dir else ", which is not there yet"
    checks = [fine("data directory", f"{data_dir}{is_new}")]
    free = shutil.disk_usage(there).free
    held = sum(_size(data_dir / file.name) for file in files_in(data_dir))
    told = f"{free // _MB:,} MB are free, the news takes {held // _MB:,} MB"
    if free < max(_LEAST_FREE_BYTES, held):
        checks.append(
            doubtful("disk", told, "free some space: upgrades and backups take as much again")
        )
    else:
        checks.append(fine("disk", told))
    return checks


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


async def _examined_news(data_dir: Path) -> list[Check]:
    found = await verify(data_dir)
    if not found.findings:
        told = f"{found.passage_count:,} passages, {found.saved_count:,} of them on disk to search"
        return [fine("news and search index", told)]
    return [
        wrong(each.place, each.problem, f"`pullquote verify`: {ADVICE[each.remedy]}")
        for each in found.findings[:_NAMED_COUNT]
    ]


async def _examined_feeds(data_dir: Path, now: datetime) -> list[Check]:
    store = await ArticleStore.open(data_dir)
    try:
        feeds = await FeedStore(store.database).all()
    finally:
        await store.close()
    if not feeds:
        return [fine("feeds", "none are followed")]
    return _of_feeds(feeds, now, is_polling=_is_polling(data_dir))


def _is_polling(data_dir: Path) -> bool:
    try:
        with polling_lock(data_dir):
            return False
    except WriterBusyError:
        return True


def _of_feeds(feeds: Sequence[Feed], now: datetime, *, is_polling: bool) -> list[Check]:
    paused = [feed for feed in feeds if feed.paused_reason is not None]
    failing = [feed for feed in feeds if feed.failure is not None and feed not in paused]
    late = [
        feed
        for feed in feeds
        if feed not in paused
        and feed.next_poll_at is not None
        and feed.next_poll_at.astimezone(UTC) < now - _LATE
    ]
    checks = [fine("feeds", f"{len(feeds):,} are followed, {len(paused):,} of them paused")]
    if failing:
        names = ", ".join(feed.name for feed in failing[:_NAMED_COUNT])
        checks.append(
            doubtful(
                "feeds", f"{len(failing):,} failed last: {names}", "see `pullquote feeds list`"
            )
        )
    if late and not is_polling:
        checks.append(
            doubtful(
                "feeds",
                f"{len(late):,} should have been polled over an hour ago, and no process polls",
                "start `pullquote run` or `pullquote ingest`",
            )
        )
    return checks
