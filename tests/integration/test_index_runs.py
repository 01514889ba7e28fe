"""From files on disk to searchable passages, and what a second run makes of them."""

import asyncio
import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index import IndexingInProgressError, NewsIndex, Query
from index.analysis.passages import split_passages
from index.errors import PullquoteError
from index.indexer.run import RECIPE
from index.storage.article_store import FILE_NAME
from tests.integration.news_folder import BRIDGE, FERRY, counts, found, write

SAMPLE_NEWS = Path(__file__).parents[2] / "bot" / "demo" / "news"


async def test_articles_are_searchable_after_a_run(news, folder):
    write(folder, "a.jsonl", bridge=BRIDGE, ferry=FERRY)
    assert counts(await news.ingest([folder])) == (2, 0, 0, 0, 0)
    assert await found(news, "bridge bearing") == {"bridge"}


async def test_a_second_run_changes_nothing(news, folder):
    write(folder, "a.jsonl", bridge=BRIDGE, ferry=FERRY)
    await news.ingest([folder])
    searcher = news.searcher
    assert counts(await news.ingest([folder])) == (0, 0, 0, 2, 0)
    assert news.searcher is searcher


async def test_a_changed_article_replaces_its_passages(news, folder):
    write(folder, "a.jsonl", bridge=BRIDGE, ferry=FERRY)
    await news.ingest([folder])
    write(folder, "a.jsonl", bridge="The walrus has left the harbour of Pellmouth.", ferry=FERRY)
    assert counts(await news.ingest([folder])) == (0, 1, 0, 1, 0)
    assert await found(news, "walrus") == {"bridge"}
    assert await found(news, "bearing") == set()


async def test_files_of_other_kinds_are_counted(news, folder):
    write(folder, "a.jsonl", bridge=BRIDGE)
    (folder / "picture.png").write_bytes(b"png")
    report = await news.ingest([folder])
    assert report.ignored_file_count == 1
    assert report.refusals == ()


async def test_others_can_open_and_read_the_store_while_a_file_is_written(news, tmp_path):
    database = news._store._database  # noqa: SLF001 (the lock is what this is about)
    async with database.transaction() as connection:
        await connection.execute("INSERT INTO roots VALUES ('held')")
        async with await NewsIndex.open(tmp_path / "data") as other:
            assert (await other.statistics()).article_count == 0


@pytest.mark.parametrize("prune", [False, True])
async def test_a_name_that_no_file_can_have_is_refused_beside_what_is_read(news, folder, prune):
    write(folder, "a.jsonl", bridge=BRIDGE)
    report = await news.ingest([folder, Path("a\0b")], prune=prune)

    assert report.run.added_count
    assert "its name cannot be one of a file" in [each.reason for each in report.refusals]
    assert await news.roots() == [folder]


async def test_a_run_is_dated_by_its_end(news, folder):
    write(folder, "a.jsonl", bridge=BRIDGE)
    before = datetime.now(UTC)
    run = (await news.ingest([folder])).run
    assert (run.finished_at - before).total_seconds() >= run.duration_seconds


def test_the_recipe_changes_whenever_text_is_split_differently():
    """If this fails, passages changed: raise RECIPE, so that stored ones are made anew."""
    digest = hashlib.sha256()
    for path in sorted(SAMPLE_NEWS.glob("*.md")):
        digest.update(repr(split_passages(path.read_text(encoding="utf-8"))).encode())
    assert (RECIPE, digest.hexdigest()[:16]) == ("2", "ff6f7719ac5afc3e")


async def test_a_second_run_at_the_same_time_is_refused(news, folder):
    write(folder, "a.jsonl", bridge=BRIDGE)
    first = asyncio.create_task(news.ingest([folder]))
    await asyncio.sleep(0)
    assert news.is_indexing
    with pytest.raises(IndexingInProgressError, match="already at work"):
        await news.ingest([folder])
    assert counts(await first) == (1, 0, 0, 0, 0)
    assert not news.is_indexing


async def test_progress_is_told_and_ends_at_the_whole(news, folder):
    for number in range(3):
        write(folder, f"{number}.jsonl", **{f"a{number}": BRIDGE})
    told = []
    await news.ingest([folder], on_progress=told.append)
    assert told[0].done_file_count == 0
    assert told[-1].done_file_count == told[-1].file_count == 3
    assert told[-1].done_byte_count == told[-1].byte_count > 0
    assert told[-1].article_count == 3
    assert [p.article_count for p in told] == sorted(p.article_count for p in told)


async def test_progress_moves_inside_a_large_file(news, folder):
    write(folder, "many.jsonl", **{f"story-{n}": BRIDGE * 12 for n in range(400)})
    told = []
    await news.ingest([folder], on_progress=told.append)
    inside = [p.done_byte_count for p in told if not p.done_file_count]
    assert len(set(inside)) > 2
    assert inside == sorted(inside)
    assert all(count <= told[0].byte_count for count in inside)


async def test_another_process_run_is_taken_up_by_a_refresh(news, folder, tmp_path):
    write(folder, "a.jsonl", bridge=BRIDGE)
    async with await NewsIndex.open(tmp_path / "data", searchable=False) as other:
        await other.ingest([folder])
    assert await found(news, "bearing") == set()
    assert await news.refresh()
    assert await found(news, "bearing") == {"bridge"}
    assert not await news.refresh()


async def test_statistics_count_what_is_stored(news, folder):
    (folder / "a.jsonl").write_text(
        json.dumps({"id": "old", "text": BRIDGE, "publisher": "Post", "published": "2026-03-01"})
        + "\n"
        + json.dumps({"id": "new", "text": FERRY, "publisher": "Post", "published": "2026-03-09"})
        + "\n"
    )
    await news.ingest([folder])
    statistics = await news.statistics()
    assert statistics.article_count == 2
    assert statistics.passage_count >= 2
    assert dict(statistics.articles_by_publisher) == {"Post": 2}
    assert statistics.newest is not None
    assert statistics.newest.id == "new"
    assert statistics.last_run is not None
    assert statistics.last_run.added_count == 2
    assert (datetime.now(UTC) - statistics.last_run.finished_at).total_seconds() < 60


async def test_much_text_is_split_in_worker_processes_with_the_same_result(news, folder):
    articles = {f"story-{n}": (BRIDGE + f"Number {n} is here.\n") * 12 for n in range(140)}
    write(folder, "many.jsonl", **articles)
    report = await news.ingest([folder])
    assert counts(report) == (140, 0, 0, 0, 0)
    for hit in await news.search(Query("bearing"), 1000):
        passage = hit.passage
        assert articles[passage.article.id][passage.start : passage.end] == passage.text


async def test_a_killed_run_leaves_whole_files_only(folder, tmp_path):
    write(folder, "a.jsonl", bridge=BRIDGE)
    write(folder, "b.jsonl", ferry=FERRY)
    async with await NewsIndex.open(tmp_path / "data", searchable=False) as news:

        def stop_after_one_file(progress) -> None:
            if progress.done_file_count == 1:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            await news.ingest([folder], on_progress=stop_after_one_file)
        statistics = await news.statistics()
        assert statistics.article_count == 1
        assert not news.is_indexing


async def test_a_damaged_database_is_told_in_one_sentence(tmp_path):
    (tmp_path / FILE_NAME).write_bytes(b"no database" * 500)
    with pytest.raises(PullquoteError, match="restore it from a backup"):
        await NewsIndex.open(tmp_path)
