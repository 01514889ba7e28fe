"""Whatever has happened to the segments, the news is found; and the next write mends them."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sqlite3
import struct
import zlib
from contextlib import closing
from importlib import resources
from typing import TYPE_CHECKING

import pytest

from index import NewsIndex, Query
from index.analysis.passages import split_passages
from index.errors import StorageError
from index.indexer.following import Follower
from index.indexer.run import RECIPE
from index.storage.article_store import FILE_NAME, ArticleStore
from index.storage.passage_store import START
from index.storage.segments.directory import SegmentDirectory
from index.storage.segments.segment_header import FORMAT_VERSION
from tests.integration.agreement import assert_finds_what_is_stored
from tests.integration.editions import articles_of, publish
from tests.integration.news_folder import BRIDGE, found, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from index.storage.segments.manifest import Manifest


@pytest.fixture
async def data_dir(folder, tmp_path) -> Path:
    """An index of two segments, one of them with passages that are gone."""
    data_dir = tmp_path / "data"
    async with await NewsIndex.open(data_dir, searchable=False) as news:
        for file in range(4):
            publish(folder, file, 1)
        await news.ingest([folder])
        publish(folder, 1, 2)
        await news.ingest([folder])
        await news.settled()
    assert len(manifest_in(data_dir).segments) == 2
    return data_dir


def segments_in(data_dir: Path) -> list[Path]:
    return sorted((data_dir / "segments").glob("*.segment"))


def manifest_in(data_dir: Path) -> Manifest:
    manifest = SegmentDirectory(data_dir / "segments").read()
    assert manifest is not None
    return manifest


async def last_change_id(store: ArticleStore) -> int:
    changes = await store.followed.changes_since(START)
    assert changes is not None
    return changes.point.change_id


def change_byte(path: Path, place: int, mask: int = 0x10) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= mask
    path.write_bytes(data)


def rewrite_manifest(data_dir: Path, **changed: object) -> None:
    """Let a manifest, with a good checksum, say something else."""
    path = data_dir / "segments" / "manifest.json"
    content = json.dumps(json.loads(path.read_text(encoding="utf-8"))["manifest"] | changed)
    checksum = hashlib.sha256(content.encode()).hexdigest()
    path.write_text(f'{{"sha256": "{checksum}", "manifest": {content}}}\n', encoding="utf-8")


# ── what may happen to the files ─────────────────────────────────────────────
def bit_flipped(data_dir: Path) -> None:
    path = segments_in(data_dir)[0]
    change_byte(path, path.stat().st_size - 1)


def header_changed(data_dir: Path) -> None:
    change_byte(segments_in(data_dir)[0], 60)


def of_another_format(data_dir: Path) -> None:
    path = segments_in(data_dir)[0]
    data = path.read_bytes()
    (version,) = struct.unpack_from("<I", data, 8)
    assert version == FORMAT_VERSION
    prefix = data[:8] + struct.pack("<I", version + 1) + data[12:28]
    path.write_bytes(prefix + struct.pack("<I", zlib.crc32(prefix)) + data[len(prefix) + 4 :])


def cut_short(data_dir: Path) -> None:
    path = segments_in(data_dir)[1]
    os.truncate(path, path.stat().st_size // 2)


def emptied(data_dir: Path) -> None:
    segments_in(data_dir)[0].write_bytes(b"")


def every_segment_flipped(data_dir: Path) -> None:
    for path in segments_in(data_dir):
        change_byte(path, path.stat().st_size // 2)


def one_deleted(data_dir: Path) -> None:
    segments_in(data_dir)[1].unlink()


def all_deleted(data_dir: Path) -> None:
    for path in segments_in(data_dir):
        path.unlink()


def manifest_of_garbage(data_dir: Path) -> None:
    (data_dir / "segments" / "manifest.json").write_bytes(os.urandom(400))


def manifest_cut_short(data_dir: Path) -> None:
    path = data_dir / "segments" / "manifest.json"
    os.truncate(path, path.stat().st_size - 10)


def manifest_empty(data_dir: Path) -> None:
    (data_dir / "segments" / "manifest.json").write_bytes(b"")


def manifest_of_another_version(data_dir: Path) -> None:
    rewrite_manifest(data_dir, version=7)


def of_another_recipe(data_dir: Path) -> None:
    rewrite_manifest(data_dir, recipe="other words")


def of_another_database(data_dir: Path) -> None:
    rewrite_manifest(data_dir, change_token="0123456789abcdef")


DAMAGE = {
    bit_flipped: "a segment is built anew: .* has changed",
    header_changed: "a segment is built anew: .* header has changed",
    of_another_format: "a segment is built anew: .* another version",
    cut_short: "a segment is built anew: .* bytes instead of",
    emptied: "a segment is built anew: .* empty",
    one_deleted: "not there; they are built anew",
    all_deleted: "not there; they are built anew",
    manifest_of_garbage: "built anew: .* no manifest",
    manifest_cut_short: "built anew: .* no manifest",
    manifest_empty: "built anew: .* no manifest",
    manifest_of_another_version: "built anew: .* another version",
    of_another_recipe: "another version; it is built anew",
    of_another_database: "of another database; it is built anew",
}


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda damage: damage.__name__)
async def test_damage_costs_a_line_in_the_log_until_the_next_write(
    damage: Callable[[Path], None], data_dir, folder, caplog
):
    damage(data_dir)
    caplog.set_level("INFO", "index")
    for _ in range(2):
        caplog.clear()
        async with await NewsIndex.open(data_dir) as news:
            assert await assert_finds_what_is_stored(news)
            assert not await news.refresh()
        assert_told_once(caplog, DAMAGE[damage])
    async with await NewsIndex.open(data_dir) as news:
        # nothing is new, and yet there is something to write
        await news.ingest([folder])
    await assert_is_mended(data_dir, caplog)


@pytest.mark.parametrize("is_searchable", [False, True])
async def test_every_segment_may_be_damaged(data_dir, folder, caplog, is_searchable):
    every_segment_flipped(data_dir)
    async with await NewsIndex.open(data_dir, searchable=is_searchable) as news:
        publish(folder, 2, 3)
        await news.ingest([folder])
    assert len(caplog.messages) == 2
    await assert_is_mended(data_dir, caplog)


async def test_the_whole_folder_of_segments_may_be_deleted(data_dir, folder, caplog):
    shutil.rmtree(data_dir / "segments")
    caplog.set_level("INFO", "index")
    async with await NewsIndex.open(data_dir) as news:
        assert await assert_finds_what_is_stored(news)
        await news.ingest([folder])
    # nothing is wrong with an index that has never been written
    await assert_is_mended(data_dir, caplog)


async def test_what_is_built_anew_is_merged_without_an_index_run(folder, tmp_path):
    texts = {f"{number:04}": f"The eel {number:04} is here." for number in range(6500)}
    write(folder, "eels.jsonl", **texts)
    directory = SegmentDirectory(tmp_path / "data" / "segments")
    async with await NewsIndex.open(tmp_path / "data", searchable=False) as news:
        await news.ingest([folder])
    shutil.rmtree(directory.path)
    async with await NewsIndex.open(tmp_path / "data", searchable=False) as news:
        # three segments, too large to be merged in memory
        small = Follower(news._store.followed, directory, 57_000)  # noqa: SLF001
        news._segments._follower, news._searchable = small, True  # noqa: SLF001 (as it is made, but small)
        await news.refresh()
        await news.save()
        assert len(segments_in(tmp_path / "data")) == 3
        await news.settled()
        assert len(segments_in(tmp_path / "data")) < 3
        assert news.searcher.passage_count == 6500


async def test_the_folder_may_be_deleted_while_the_index_is_open(data_dir, folder, caplog):
    async with await NewsIndex.open(data_dir) as reader, await NewsIndex.open(data_dir) as news:
        shutil.rmtree(data_dir / "segments")
        for each in (reader, news):
            await each.refresh()
            assert await assert_finds_what_is_stored(each)
        publish(folder, 2, 3)
        await news.ingest([folder])
        await reader.refresh()
        assert await assert_finds_what_is_stored(reader)
    await assert_is_mended(data_dir, caplog)


async def test_a_segment_may_be_deleted_while_the_index_is_open(data_dir, folder, caplog):
    async with await NewsIndex.open(data_dir) as news:
        segments_in(data_dir)[0].unlink()
        publish(folder, 2, 3)
        await news.ingest([folder])
        await news.settled()
        assert await assert_finds_what_is_stored(news)
    await assert_is_mended(data_dir, caplog)


async def test_merging_does_not_take_damage_into_a_new_segment(data_dir, folder, caplog):
    async with await NewsIndex.open(data_dir) as news:
        # another file in its place, since what is mapped must not change
        path = segments_in(data_dir)[0]
        damaged = path.with_name("damaged")
        shutil.copy(path, damaged)
        change_byte(damaged, path.stat().st_size - 1)
        damaged.replace(path)
        for edition in (3, 4):
            publish(folder, 2, edition)
            await news.ingest([folder])
            await news.settled()
        assert await assert_finds_what_is_stored(news)
    assert_told_once(caplog, "segments were not merged: .* has changed")
    caplog.clear()
    async with await NewsIndex.open(data_dir) as news:
        assert await assert_finds_what_is_stored(news)
        await news.ingest([folder])
        await news.settled()
    assert_told_once(caplog, "a segment is built anew")
    await assert_is_mended(data_dir, caplog)


async def test_an_index_without_passages_is_mended_too(folder, tmp_path, caplog):
    data_dir = tmp_path / "data"
    async with await NewsIndex.open(data_dir) as news:
        await news.ingest([folder])
    manifest_of_garbage(data_dir)
    async with await NewsIndex.open(data_dir) as news:
        await news.ingest([folder])
    assert len(caplog.messages) == 1
    await assert_is_mended(data_dir, caplog)


# ── what may happen to the database ──────────────────────────────────────────
def copy_database(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other)


async def test_a_backup_may_be_put_back_and_go_on_with_other_articles(
    data_dir, folder, tmp_path, caplog
):
    backup = tmp_path / "backup"
    copy_database(data_dir / FILE_NAME, backup)
    write(folder, "late.jsonl", late=BRIDGE * 9)
    async with await NewsIndex.open(data_dir) as news:
        await news.ingest([folder])
        assert await found(news, "bearing") == {"late"}
        late_ids = {hit.passage.id for hit in await news.search(Query("bearing"), 10)}
    shutil.copy(backup, data_dir / FILE_NAME)
    (folder / "late.jsonl").unlink()
    async with await NewsIndex.open(data_dir, searchable=False) as news:
        write(folder, "other.jsonl", other="The walrus has left the harbour of Pellmouth. " * 40)
        await news.ingest([folder])
    assert_told_once(caplog, "of another database; it is built anew")
    async with await NewsIndex.open(data_dir) as news:
        passages = await assert_finds_what_is_stored(news)
        used_again = {p.id for p in passages if p.article.id == "other"}
        assert used_again & late_ids, "no id was used again"
        assert await found(news, "bearing") == set()
    caplog.clear()
    await assert_is_mended(data_dir, caplog)


async def test_a_backup_may_be_put_back_while_a_reader_is_open(data_dir, folder, tmp_path):
    copy_database(data_dir / FILE_NAME, tmp_path / "backup")
    write(folder, "late.jsonl", late=BRIDGE * 9)
    async with await NewsIndex.open(data_dir) as news, await NewsIndex.open(data_dir) as writer:
        await writer.ingest([folder])
        await news.refresh()
        assert await found(news, "bearing") == {"late"}
        copy_database(tmp_path / "backup", data_dir / FILE_NAME)
        (folder / "late.jsonl").unlink()
        await news.refresh()
        assert await found(news, "bearing") == set()
        write(folder, "other.jsonl", other="The walrus has left the harbour of Pellmouth. " * 40)
        await writer.ingest([folder])
        for each in (news, writer):
            await each.refresh()
            assert await assert_finds_what_is_stored(each)


async def test_the_data_of_version_0_1_0_is_searched_and_followed(folder, tmp_path, caplog):
    """It has no journal of changes, and no segments."""
    data_dir = tmp_path / "data"
    data_dir.mkdir()
    caplog.set_level("INFO", "index")
    make_version_0_1_0(data_dir, publish(folder, 0, 1))
    async with await NewsIndex.open(data_dir) as news:
        assert await assert_finds_what_is_stored(news)
        assert (await news.statistics()).article_count == len(articles_of(0, 1))
        write(folder, "a.jsonl", bridge=BRIDGE)
        await news.ingest([folder])
        assert await found(news, "bearing") == {"bridge"}
        (folder / "0.jsonl").unlink()
        await news.ingest([folder], prune=True)
    async with await NewsIndex.open(data_dir) as news:
        assert {p.article.id for p in await assert_finds_what_is_stored(news)} == {"bridge"}
    await assert_is_mended(data_dir, caplog)


def make_version_0_1_0(data_dir: Path, file: Path) -> None:
    migration = resources.files("index.storage.migrations") / "0001_articles.sql"
    with closing(sqlite3.connect(data_dir / FILE_NAME)) as connection:
        connection.executescript(migration.read_text(encoding="utf-8"))
        connection.execute("PRAGMA user_version = 1")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("INSERT INTO roots VALUES (?)", (str(file.parent),))
        connection.execute("INSERT INTO files VALUES (1, ?, 'none', ?)", (str(file), RECIPE))
        for article in articles_of(0, 1):
            (number,) = connection.execute(
                "INSERT INTO articles (file_id, id, title, text) VALUES (1, ?, ?, ?)"
                " RETURNING article_id",
                (article["id"], article["title"], article["text"]),
            ).fetchone()
            connection.executemany(
                "INSERT INTO passages (article_id, start_offset, end_offset) VALUES (?, ?, ?)",
                [(number, *span) for span in split_passages(article["text"])],
            )
        connection.commit()


# ── where nothing can be written ─────────────────────────────────────────────
async def test_where_there_can_be_no_segments_they_are_held_in_memory(data_dir, folder, caplog):
    shutil.rmtree(data_dir / "segments")
    (data_dir / "segments").write_text("a file", encoding="utf-8")
    async with await NewsIndex.open(data_dir) as news:
        assert await assert_finds_what_is_stored(news)
        for _ in range(3):
            assert not await news.refresh()
        assert_told_once(caplog, "only in memory: .* cannot be used")
        publish(folder, 2, 3)
        with pytest.raises(StorageError, match="segments cannot be used"):
            await news.ingest([folder])
        # somebody puts it right
        (data_dir / "segments").unlink()
        await news.ingest([folder])
        assert await assert_finds_what_is_stored(news)
    caplog.clear()
    await assert_is_mended(data_dir, caplog)


async def test_segments_that_cannot_be_read_are_built_anew(data_dir, folder, caplog):
    # a folder in the place of a file: unlike permissions, it stops every user
    path = segments_in(data_dir)[0]
    path.unlink()
    path.mkdir()
    async with await NewsIndex.open(data_dir) as news:
        assert await assert_finds_what_is_stored(news)
        assert_told_once(caplog, "a segment is built anew: .* cannot be used")
        publish(folder, 2, 3)
        await news.ingest([folder])
    caplog.clear()
    await assert_is_mended(data_dir, caplog)


# ── who stays behind ─────────────────────────────────────────────────────────
async def test_a_reader_that_stays_behind_many_commits_catches_up(data_dir, folder, caplog):
    async with (
        await NewsIndex.open(data_dir) as reader,
        await NewsIndex.open(data_dir, searchable=False) as writer,
    ):
        for edition in range(10, 30):
            publish(folder, edition % 5, edition)
            await writer.ingest([folder])
            # segments and changes that the reader rests on are gone by now
            await writer.settled()
        assert await reader.refresh()
        assert await assert_finds_what_is_stored(reader)
        assert not await reader.refresh()
    assert caplog.messages == []


async def test_a_reader_goes_by_the_manifest_where_the_changes_it_lacks_are_forgotten(
    data_dir, folder, caplog
):
    async with (
        await NewsIndex.open(data_dir) as reader,
        await NewsIndex.open(data_dir, searchable=False) as writer,
    ):
        publish(folder, 1, 5)
        await writer.ingest([folder])
        store = writer._store  # noqa: SLF001 (no command forgets on its own)
        now = await last_change_id(store)
        await store.forget_changes(now)
        assert await reader.refresh()
        assert await assert_finds_what_is_stored(reader)
    assert caplog.messages == []


async def test_a_reader_is_built_anew_where_no_manifest_knows_what_it_lacks(
    data_dir, folder, caplog
):
    async with await NewsIndex.open(data_dir) as reader:
        async with await NewsIndex.open(data_dir, searchable=False) as writer:
            publish(folder, 1, 5)
            await writer.ingest([folder])
            store = writer._store  # noqa: SLF001
            manifest = data_dir / "segments" / "manifest.json"
            committed = manifest.read_bytes()
            publish(folder, 2, 5)
            await writer.ingest([folder])
            await writer.settled()
            await store.forget_changes(await last_change_id(store))
        manifest.write_bytes(committed)
        await reader.refresh()
        assert await assert_finds_what_is_stored(reader)
    assert caplog.messages


def assert_told_once(caplog, pattern: str) -> None:
    (message,) = caplog.messages
    assert re.search(pattern, message), message
    assert "\n" not in message


async def assert_is_mended(data_dir: Path, caplog) -> None:
    """Hold that the index on disk is whole, so that opening it builds nothing."""
    caplog.clear()
    async with await NewsIndex.open(data_dir) as news:
        assert not caplog.messages
        passages = await assert_finds_what_is_stored(news)
        assert news._segments.state.unsaved_count == 0  # noqa: SLF001 (nothing else tells)
    manifest = manifest_in(data_dir)
    live = sum(each.passage_count - len(each.dead) for each in manifest.segments)
    assert live == len(passages)
    files = {path.name for path in segments_in(data_dir) if path.is_file()}
    assert files == {each.name for each in manifest.segments}
